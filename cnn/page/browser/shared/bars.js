// Bars, each in its track: from zero to a value, on a scale that has zero on it.
//
// What is painted is the bar's background, cut to size. The bars beside the maps change in every
// frame, and with a transform the browser would lay all layers of the page anew.

import { create } from "./dom.js";

/** A bar in its track, of which nothing is painted yet. */
export function barInTrack() {
  const track = create("span", { className: "bar" });
  const bar = create("i");
  track.append(bar);
  return { track, bar };
}

/**
 * Ten rows in `list`, one for each digit: its name, the bar in its track, and the value as text.
 *
 * @param {HTMLElement} list with class "bars"
 */
export function tenRows(list) {
  return Array.from({ length: 10 }, (_, digit) => {
    const row = create("li");
    const { track, bar } = barInTrack();
    const value = create("span", { className: "value" });
    row.append(create("b", { textContent: `${digit}` }), track, value);
    list.append(row);
    return { row, bar, value };
  });
}

/**
 * Paint a bar that lies: to the right for a value above zero, to the left with class "below".
 *
 * @param {HTMLElement} bar
 * @param {number} value
 * @param {number} [low] at the bar's left end, 0 or less
 * @param {number} [high] at its right end, 0 or more
 */
export function fillAcross(bar, value, low = 0, high = 1) {
  const { length, place } = cut(value, low, high);
  bar.style.backgroundSize = `${100 * length}% 100%`;
  bar.style.backgroundPositionX = `${100 * place}%`;
  bar.classList.toggle("below", value < 0);
}

/**
 * Paint a bar that stands, likewise.
 *
 * @param {HTMLElement} bar
 * @param {number} value
 * @param {number} low at its foot
 * @param {number} high at its top
 */
export function fillUp(bar, value, low, high) {
  const { length, place } = cut(value, low, high);
  bar.style.backgroundSize = `100% ${100 * length}%`;
  bar.style.backgroundPositionY = `${100 * (1 - place)}%`;
  bar.classList.toggle("below", value < 0);
}

/**
 * How long the painted part is, and where: both in shares, the place of what it leaves free, as
 * CSS counts the place of a background.
 *
 * @param {number} value @param {number} low @param {number} high
 */
function cut(value, low, high) {
  const length = Math.abs(value) / (high - low);
  const before = (Math.min(0, value) - low) / (high - low);
  return { length, place: length < 1 ? before / (1 - length) : 0 };
}
