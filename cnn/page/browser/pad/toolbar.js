// The buttons under the pad, and the keys that do the same.

/**
 * @import { Word } from "../shared/i18n.js"
 * @import { Sheet } from "./sheet.js"
 */

import { decodeStrokes, encodeStrokes } from "../share/link.js";
import { addressWith, withoutText } from "../shared/address.js";
import { find } from "../shared/dom.js";
import { store } from "../shared/store.js";
import { beginning } from "./replay.js";

/**
 * @typedef {"undo" | "redo" | "eraser" | "picture" | "clear" | "mnist" | "link" | "save"} Act
 */

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

/** @param {KeyboardEvent} event that may be meant for a text field or a box over the page */
const isTyping = ({ target }) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog");

// A drawing's link and its picture leave the pad, and a link's drawing comes back onto it.

/**
 * Put the drawing that the page's address names onto the sheet, as a step after what is there.
 *
 * @param {string} text in the address, as returned by `textIn`
 * @param {Sheet} sheet
 * @returns {boolean} whether it could be read
 */
export function openLink(text, sheet) {
  // Once it is on the sheet, a reload must keep what is done to it.
  const { pathname, search, hash } = location;
  history.replaceState(history.state, "", pathname + search + withoutText(hash));
  const strokes = decodeStrokes(text);
  if (!strokes) return false;
  sheet.replace({ strokes, picture: null });
  return true;
}

/** @typedef {() => Promise<typeof import("../share/share.js")>} LoadShare fetches it, or rejects */

/**
 * Put a link to the drawing into the clipboard, and show it: where that is forbidden, to be copied by
 * hand.
 *
 * @param {Sheet} sheet
 * @param {LoadShare} load
 * @returns {Promise<Word | null>} what to say of it
 */
export async function shareLink({ drawing: { strokes, picture } }, load) {
  if (picture) return "link.picture";
  const text = encodeStrokes(strokes);
  if (text === null) return "link.too_long";
  const link = addressWith(text, location, document.referrer, store.get("lesson"));
  // Before anything is awaited: a browser lets only the click itself write to the clipboard.
  const isCopied = await copied(link);
  const problem = await using(load, ({ showLink }) => showLink(link, isCopied));
  return problem && isCopied ? "link.copied" : problem;
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text); // missing where the page is not secure
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Sheet} sheet
 * @param {LoadShare} load
 * @returns {Promise<Word | null>} what to say of it
 */
export function saveInk(sheet, load) {
  const { strokes, picture } = sheet.drawing;
  return using(load, ({ saveDrawing }) =>
    saveDrawing({
      paint: (canvas, color, some) => sheet.paintOn(canvas, color, some),
      upTo: picture ? null : (share) => beginning(strokes, share),
    }));
}

/**
 * @param {LoadShare} load
 * @param {(share: Awaited<ReturnType<LoadShare>>) => Promise<void>} act
 * @returns {Promise<Word | null>} what to say of it
 */
async function using(load, act) {
  try {
    await act(await load());
    return null;
  } catch (error) {
    console.error(error);
    return "share.missing";
  }
}
