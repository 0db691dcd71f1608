// A few values as bars from a line at zero, up or down, or right and left with their numbers.

import { create } from "../shared/dom.js";
import { decimal } from "./numbers.js";

const DECIMALS = 2;

/**
 * Thin bars side by side, a digit below each. They are as long as the largest needs: none is cut off.
 *
 * @param {number} count
 */
export function columnBars(count) {
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
      const { low, high, top } = rangeOf(values, scale);
      bars.forEach(({ column, bar }, digit) => {
        const value = values[digit];
        const from = share(Math.min(0, value), low, high);
        const length = share(Math.max(0, value), low, high) - from;
        bar.style.transform = `translateY(${-100 * from}%) scaleY(${length})`;
        bar.classList.toggle("below", value < 0);
        column.classList.toggle("top", digit === top);
      });
    },
  };
}

/**
 * A list of bars with their numbers.
 *
 * @param {number} count
 */
export function listBars(count) {
  const element = create("ol", { className: "bars values", start: 0 });
  const rows = Array.from({ length: count }, (_, digit) => {
    const bar = create("i");
    const value = create("span", { className: "value" });
    const track = create("span", { className: "bar" });
    const row = create("li");
    track.append(bar);
    row.append(create("b", { textContent: `${digit}` }), track, value);
    element.append(row);
    return { row, bar, value };
  });
  return {
    element,
    /** @param {Float32Array} values @param {number} scale */
    paint(values, scale) {
      const { low, high, top } = rangeOf(values, scale);
      rows.forEach(({ row, bar, value }, digit) => {
        const from = share(Math.min(0, values[digit]), low, high);
        const length = share(Math.max(0, values[digit]), low, high) - from;
        bar.style.transform = `translateX(${100 * from}%) scaleX(${length})`;
        bar.classList.toggle("below", values[digit] < 0);
        row.classList.toggle("top", digit === top);
        value.textContent = decimal(values[digit], DECIMALS);
      });
    },
  };
}

/**
 * The values from one end of the bars to the other: both sides of zero, but where none is above it.
 *
 * @param {Float32Array} values
 * @param {number} scale the largest, from zero either way
 */
function rangeOf(values, scale) {
  const top = values.indexOf(Math.max(...values));
  return { low: -scale, high: values[top] > 0 ? scale : 0, top };
}

/** Where the value is from one end to the other. @param {number} value */
const share = (value, low = 0, high = 1) => (value - low) / (high - low);
