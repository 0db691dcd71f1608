// The held-out digits that were misread last, as small pictures: each opens on the pad.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { Pixels } from "../shared/colors.js";
import { create, showText } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { percent } from "../shared/numbers.js";
import { store } from "../shared/store.js";

/**
 * A digit that was misread. digit: (28, 28), ink 1.
 *
 * @typedef {object} Misread
 * @property {Float32Array} digit
 * @property {number} label what it is
 * @property {number} read what it was read as
 * @property {ArrayLike<number>} probs
 */

/** @typedef {(digit: Float32Array, label: number) => void} OnOpen called for the digit to be opened */

const SIDE = 28;
const MAX_SHOWN = 10;

/** @type {Words<Keys["train/charts"]>} */
const { say, label } = wordsOf("train/charts");

/**
 * @param {object} options
 * @param {OnOpen} options.onOpen
 */
export function misreadOf({ onOpen }) {
  const element = create("section", { className: "misread" });
  const title = create("h3");
  const arrow = create("p", { className: "of-arrow" });
  const list = create("ul");
  const places = Array.from({ length: MAX_SHOWN }, () => placeOf(onOpen));
  list.append(...places.map(({ item }) => item));
  say(arrow, "misread.arrow");
  element.append(title, arrow, list);
  store.subscribe("theme", () => places.forEach((place) => place.paint()));

  return {
    element,
    /**
     * A digit that is still misread stays where it is, so that none moves away from a pointer.
     *
     * @param {readonly Misread[]} misread
     */
    paint(misread) {
      say(title, misread.length ? "misread" : "misread.none", { n: misread.length });
      arrow.hidden = !misread.length;
      const left = new Set(misread);
      for (const place of places) {
        const still = misread.find((each) => isSame(each, place.shown)) ?? null;
        if (still) left.delete(still);
        place.show(still);
      }
      const others = left.values();
      for (const place of places) if (!place.shown) place.show(others.next().value ?? null);
    },
  };
}

/** A button with one digit, and below it what it is and what it was read as. @param {OnOpen} onOpen */
function placeOf(onOpen) {
  const item = create("li", { hidden: true });
  const button = create("button", { type: "button" });
  const pixels = new Pixels(SIDE, SIDE);
  const text = create("span");
  /** @type {Misread | null} */
  let shown = null;
  text.ariaHidden = "true";
  button.append(pixels.canvas, text);
  item.append(button);
  button.addEventListener("click", () => shown && onOpen(shown.digit, shown.label));
  return {
    item,
    get shown() {
      return shown;
    },
    paint() {
      if (shown) pixels.paint(shown.digit, 1);
    },
    /** @param {Misread | null} misread */
    show(misread) {
      const isNew = misread !== null && !isSame(misread, shown);
      shown = misread;
      item.hidden = !misread;
      if (!misread) return;
      if (isNew) this.paint();
      const { label: is, read, probs } = misread;
      showText(text, `${is} → ${read}`);
      label(button, "misread.open", {
        label: `${is}`,
        read: `${read}`,
        sure: () => percent(probs[read]),
      });
    },
  };
}

/** Whether it is the same digit. @param {Misread} one @param {Misread | null} other */
const isSame = (one, other) =>
  one.label === other?.label && one.digit.every((ink, i) => ink === other.digit[i]);
