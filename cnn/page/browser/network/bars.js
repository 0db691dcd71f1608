// A few values as bars from a line at zero, up or down, or right and left with their numbers.

/** @import { Acts } from "./picture.js" */

import { fillUp } from "../shared/bars.js";
import { create, showText } from "../shared/dom.js";
import { setLabel } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";

const DECIMALS = 2;

let lists = 0; // so far, for the ids of their rows

/** @typedef {import("./stages.js").Layout["sign"]} Sign on which side of zero the values are */

/**
 * Thin bars side by side, a digit below each. They are as long as the largest needs: none is cut
 * off.
 *
 * @param {number} count
 * @param {Sign} sign
 */
export function columnBars(count, sign) {
  const element = create("span", { className: "columns" });
  const bars = Array.from({ length: count }, (_, digit) => {
    const column = create("span");
    const track = create("span", { className: "track" });
    const bar = create("i");
    track.append(bar);
    column.append(track, create("small", { textContent: `${digit}` }));
    element.append(column);
    return { column, bar };
  });
  return {
    element,
    /** @param {Float32Array} values @param {number} scale */
    paint(values, scale) {
      const { low, high, top } = rangeOf(values, scale, sign);
      bars.forEach(({ column, bar }, digit) => {
        const value = values[digit];
        const from = share(Math.min(0, value), low, high);
        const length = share(Math.max(0, value), low, high) - from;
        fillUp(bar, from, length);
        bar.classList.toggle("below", value < 0);
        column.classList.toggle("top", digit === top);
      });
    },
  };
}

/**
 * A list of bars with their numbers, of which one can be pointed at.
 *
 * @param {number} count
 * @param {Sign} sign
 * @param {Acts} acts
 */
export function listBars(count, sign, { hover, pin, pinned }) {
  const element = create("ol", {
    className: "bars values",
    start: 0,
    tabIndex: 0,
    role: "listbox",
  });
  setLabel(element, "map.digits");
  const ids = `digit-${lists++}`;
  const rows = Array.from({ length: count }, (_, digit) => {
    const bar = create("i");
    const value = create("span", { className: "value" });
    const track = create("span", { className: "bar" });
    const row = create("li");
    track.append(bar);
    row.append(create("b", { textContent: `${digit}` }), track, value);
    row.role = "option";
    row.id = `${ids}-${digit}`;
    row.addEventListener("pointermove", () => hover(digit));
    row.addEventListener("click", () => pin(digit, false));
    element.append(row);
    return { row, bar, value };
  });
  element.addEventListener("pointerleave", () => hover(null));
  element.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = pinned();
    pin(at === null ? 0 : Math.max(0, Math.min(count - 1, at + step)), true);
  });
  return {
    element,
    /** @param {number | null} at */
    point(at) {
      rows.forEach(({ row }, digit) => row.ariaSelected = `${digit === at}`);
      if (at === null) element.removeAttribute("aria-activedescendant");
      else element.setAttribute("aria-activedescendant", rows[at].row.id);
    },
    /** @param {Float32Array} values @param {number} scale */
    paint(values, scale) {
      const { low, high, top } = rangeOf(values, scale, sign);
      rows.forEach(({ row, bar, value }, digit) => {
        const from = share(Math.min(0, values[digit]), low, high);
        const length = share(Math.max(0, values[digit]), low, high) - from;
        bar.style.transform = `translateX(${100 * from}%) scaleX(${length})`;
        bar.classList.toggle("below", values[digit] < 0);
        row.classList.toggle("top", digit === top);
        showText(value, decimal(values[digit], DECIMALS));
      });
      return values;
    },
  };
}

/**
 * The values at the ends of the bars, and which value is the largest.
 *
 * @param {Float32Array} values
 * @param {number} scale the largest, from zero either way
 * @param {Sign} sign
 */
function rangeOf(values, scale, sign) {
  return {
    low: sign === "above" ? 0 : -scale,
    high: sign === "below" ? 0 : scale,
    top: values.indexOf(Math.max(...values)),
  };
}

/** Where the value is from one end to the other. @param {number} value */
const share = (value, low = 0, high = 1) => (value - low) / (high - low);
