// The buttons under the pad, and the keys that do the same.

/**
 * @typedef {"undo" | "redo" | "eraser" | "picture" | "clear" | "mnist" | "link" | "save"} Act
 */

/** @import { Sheet } from "./sheet.js" */

import { find } from "../shared/dom.js";

const NEED_INK = ["eraser", "clear", "link", "save"];

/**
 * Call `act` for each click on an element with data-act="NAME", and for each of the keys.
 *
 * @param {HTMLElement} element
 * @param {(name: Act) => void} act
 */
export function listenToTools(element, act) {
  /** @type {NodeListOf<HTMLElement>} */
  const buttons = element.querySelectorAll("[data-act]");
  for (const button of buttons) {
    button.addEventListener("click", () => act(/** @type {Act} */ (button.dataset.act)));
  }
  document.addEventListener("keydown", (event) => {
    const name = actOf(event);
    if (!name || isTyping(event)) return;
    event.preventDefault();
    act(name);
  });
}

/**
 * Disable the buttons that would do nothing.
 *
 * @param {HTMLElement} element
 * @param {Sheet} sheet
 */
export function enableTools(element, { isEmpty, canUndo, canRedo }) {
  /** @param {string} name @param {boolean} isEnabled */
  const enable = (name, isEnabled) => {
    find(element, `.tools .${name}`, HTMLButtonElement).disabled = !isEnabled;
  };
  enable("undo", canUndo);
  enable("redo", canRedo);
  for (const name of NEED_INK) enable(name, !isEmpty);
}

/**
 * @param {KeyboardEvent} event
 * @returns {Act | null}
 */
function actOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  const command = ctrlKey || metaKey;
  const pressed = key.toLowerCase();
  if (command && pressed === "z") return shiftKey ? "redo" : "undo";
  if (command && pressed === "y") return "redo";
  const clears = pressed === "delete" || pressed === "backspace";
  return clears && !command && !altKey ? "clear" : null;
}

/** @param {KeyboardEvent} event whose keys may be meant for a text */
const isTyping = ({ target }) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
