// The link, where it cannot be copied.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { closed, opened } from "../shared/address.js";
import { create } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";

/** @type {Words<Keys["share"]>} */
const { say, label } = wordsOf("share");

/** @param {string} link */
export function dialogOf(link) {
  const dialog = create("dialog", { className: "link-dialog" });
  const title = create("h2", { id: "link-title" });
  const field = document.createElement("input");
  Object.assign(field, { type: "text", readOnly: true, value: link });
  const close = create("button", { type: "button" });
  say(title, "link.by_hand");
  label(field, "link.field");
  say(close, "link.close");
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.append(title, field, close);
  const part = {
    open() {
      // Within the page, for its styles; a dialog gives the focus back to where it was.
      (document.querySelector(".page") ?? document.body).append(dialog);
      dialog.showModal();
      field.focus();
      field.select();
      opened(part);
    },
    close() {
      dialog.close();
      dialog.remove();
      closed(part);
    },
  };
  close.addEventListener("click", part.close);
  dialog.addEventListener("cancel", part.close); // by Escape
  part.open();
}
