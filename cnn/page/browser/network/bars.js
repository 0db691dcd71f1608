// A few values as bars from a line at zero, up or down, or right and left with their numbers.

/**
 * @import { Sign } from "../shared/colors.js"
 * @import { Acts } from "./map-card.js"
 */

import { argmax } from "../engine/probabilities.js";
import { classRows, fillAcross, fillUp } from "../shared/bars.js";
import { create, showText } from "../shared/dom.js";
import { setLabel } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";

const DECIMALS = 2;

let lists = 0; // so far, for the ids of their rows

/**
 * Thin bars side by side, a name below each.
 *
 * @param {readonly string[]} classes
 * @param {Sign} sign
 */
export function columnBars(classes, sign) {
  const element = create("span", { className: "columns" });
  const bars = classes.map((name) => {
    const column = create("span");
    const track = create("span", { className: "track" });
    const bar = create("i");
    track.append(bar);
    column.append(track, create("small", { textContent: name }));
    element.append(column);
    return { column, bar };
  });
  return {
    element,
    /** @param {Float32Array} values @param {number} end */
    paint(values, end) {
      const { low, high, top } = rangeOf(values, end, sign);
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
 * @param {readonly string[]} classes
 * @param {Sign} sign
 * @param {Acts} acts
 */
export function listBars(classes, sign, { hover, pin, pinned }) {
  const element = create("ol", { className: "bars values", tabIndex: 0, role: "listbox" });
  setLabel(element, "map.digits");
  const ids = `digit-${lists++}`;
  const rows = classRows(element, classes);
  rows.forEach(({ row }, digit) => {
    row.role = "option";
    row.id = `${ids}-${digit}`;
    row.addEventListener("pointermove", () => hover(digit));
    row.addEventListener("click", () => pin(digit, false));
  });
  element.addEventListener("pointerleave", () => hover(null));
  element.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    pin(Math.max(0, Math.min(rows.length - 1, pinned() + step)), true);
  });
  return {
    element,
    /** @param {number} at */
    point(at) {
      rows.forEach(({ row }, digit) => row.ariaSelected = `${digit === at}`);
      element.setAttribute("aria-activedescendant", rows[at].row.id);
    },
    /** @param {Float32Array} values @param {number} end */
    paint(values, end) {
      const { low, high, top } = rangeOf(values, end, sign);
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
 * @param {number} end of their scale
 * @param {Sign} sign
 */
function rangeOf(values, end, sign) {
  return {
    low: sign === "above" ? 0 : -end,
    high: sign === "below" ? 0 : end,
    top: argmax(values),
  };
}
