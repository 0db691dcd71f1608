// A box over the page, for what is saved or shared.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { closed, opened } from "../shared/address.js";
import { create } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";

/** @type {Words<Keys["share"]>} */
const words = wordsOf("share");
export const t = words.t;
export const say = words.say;
export const label = words.label;

/**
 * A button that says what it does.
 *
 * @param {Keys["share"]} word
 * @param {() => void} act
 */
export function buttonOf(word, act) {
  const button = create("button", { type: "button" });
  say(button, word);
  button.addEventListener("click", act);
  return button;
}

/**
 * Open a box, which Escape, Back and its last button close.
 *
 * @param {object} content
 * @param {string} content.name of its class
 * @param {HTMLElement} content.title
 * @param {HTMLElement} content.body
 * @param {() => void} content.begin called when it has opened, also again by Forward
 * @param {() => void} [content.end] called when it is closed
 * @returns {{ close: HTMLButtonElement }} its last button
 */
export function openDialog({ name, title, body, begin, end }) {
  const dialog = create("dialog", { className: `share-dialog ${name}` });
  title.id = `${name}-title`;
  dialog.setAttribute("aria-labelledby", title.id);
  const part = {
    open() {
      // Within the page, for its styles; a dialog gives the focus back to where it was.
      (document.querySelector(".page") ?? document.body).append(dialog);
      dialog.showModal();
      begin();
      opened(part);
    },
    close() {
      dialog.close();
      dialog.remove();
      end?.();
      closed(part);
    },
  };
  const close = buttonOf("share.close", () => part.close());
  close.classList.add("close");
  dialog.append(title, body, close);
  dialog.addEventListener("cancel", part.close); // by Escape
  part.open();
  return { close };
}
