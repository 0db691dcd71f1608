// The boxes for what is saved or shared, and their words.

/**
 * @import { Content } from "../shared/dialog.js"
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { openDialog } from "../shared/dialog.js";
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
 * Open a box for what is saved or shared.
 *
 * @param {Omit<Content, "close">} content
 * @returns {{ close: HTMLButtonElement }} its last button
 */
export function openShareDialog({ name, ...content }) {
  const close = create("button", { type: "button" });
  say(close, "share.close");
  openDialog({ name: `share-dialog ${name}`, ...content, close });
  return { close };
}
