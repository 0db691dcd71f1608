// A box over the page, which Escape, Back and its own button close.

import { closed, opened } from "./address.js";

/**
 * @typedef {object} Content
 * @property {string} name of its class, the last one also of its title's id
 * @property {HTMLElement} title
 * @property {HTMLElement} body
 * @property {HTMLButtonElement} close its last button, which closes it
 * @property {() => void} begin called when it has opened, also again by Forward
 * @property {() => void} [end] called when it is closed
 */

/** @param {Content} content */
export function openDialog({ name, title, body, close, begin, end }) {
  const dialog = document.createElement("dialog");
  dialog.className = name;
  title.id = `${name.split(" ").pop()}-title`;
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
  close.classList.add("close");
  close.addEventListener("click", part.close);
  dialog.append(title, body, close);
  dialog.addEventListener("cancel", part.close); // by Escape
  part.open();
}
