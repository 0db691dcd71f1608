// The held-out digits that were misread last, as small pictures: each opens on the pad.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 * @import { Misread } from "./worker.js"
 */

import { Pixels } from "../shared/colors.js";
import { create, showText } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { store } from "../shared/store.js";

/** @typedef {(misread: Misread) => void} OnOpen called with the digit that is to be opened */

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
     * @param {readonly Misread[]} misread some of them
     * @param {number} count how many there are
     */
    paint(misread, count) {
      say(title, count ? "misread" : "misread.none", { n: count });
      arrow.hidden = !count;
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
  const picture = new Pixels(SIDE, SIDE);
  const text = create("span");
  /** @type {Misread | null} */
  let shown = null;
  text.ariaHidden = "true";
  button.append(picture.canvas, text);
  item.append(button);
  button.addEventListener("click", () => shown && onOpen(shown));
  return {
    item,
    get shown() {
      return shown;
    },
    paint() {
      if (shown) picture.paint(shown.pixels, 1);
    },
    /** @param {Misread | null} misread */
    show(misread) {
      const isNew = misread !== null && !isSame(misread, shown);
      shown = misread;
      item.hidden = !misread;
      if (!misread) return;
      if (isNew) this.paint();
      const values = { label: `${misread.label}`, read: `${misread.read}` };
      showText(text, `${values.label} → ${values.read}`);
      label(button, "misread.open", values);
    },
  };
}

/** Whether it is the same digit. @param {Misread} one @param {Misread | null} other */
const isSame = (one, other) =>
  one.label === other?.label && one.pixels.every((ink, i) => ink === other.pixels[i]);
