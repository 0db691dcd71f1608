// A few values as bars from a line at zero, up or down, or right and left with their numbers.

/** @import { Acts } from "./picture.js" */

import { barInTrack, fillAcross, fillUp } from "../shared/bars.js";
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
        fillUp(bar, values[digit], low, high);
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
    const { track, bar } = barInTrack();
    const value = create("span", { className: "value" });
    const row = create("li");
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
        fillAcross(bar, values[digit], low, high);
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
