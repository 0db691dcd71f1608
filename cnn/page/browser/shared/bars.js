// Bars, each in its track: from zero to a value, on a scale that includes zero.
//
// The bar's background is painted, cut to size. The bars beside the maps change in every frame, and
// a transform would make the browser rebuild all layers of the page.

import { create } from "./dom.js";

/** A bar in its track, not painted yet. */
export function barInTrack() {
  const track = create("span", { className: "bar" });
  const bar = create("i");
  track.append(bar);
  return { track, bar };
}

/**
 * A row in `list` for each class, in place of what it has: its name, the bar in its track, and the
 * value as text.
 *
 * @param {HTMLElement} list with class "bars"
 * @param {readonly string[]} classes
 */
export function classRows(list, classes) {
  const rows = classes.map((name) => {
    const row = create("li");
    const { track, bar } = barInTrack();
    const value = create("span", { className: "value" });
    row.append(create("b", { textContent: name }), track, value);
    return { row, bar, value };
  });
  list.replaceChildren(...rows.map(({ row }) => row));
  fitNames(list, classes);
  return rows;
}

const MAX_NAME = 8; // characters of a name that are shown; the rest is cut off

/**
 * Make room for names in front of bars, where they are longer than a digit is.
 *
 * @param {HTMLElement} list with class "bars"
 * @param {readonly string[]} classes
 */
export function fitNames(list, classes) {
  const longest = Math.max(...classes.map((name) => name.length));
  if (longest > 1) list.style.setProperty("--name-wide", `${Math.min(longest, MAX_NAME) + 1}ch`);
  else list.style.removeProperty("--name-wide");
}

/**
 * Paint a horizontal bar: to the right for a value above zero, to the left with class "below".
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
 * Paint a vertical bar in the same way.
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
 * How long the painted part is and where it lies: the length as a share of the track, the place as
 * a share of the space that it leaves free, as in CSS's background-position.
 *
 * @param {number} value @param {number} low @param {number} high
 */
function cut(value, low, high) {
  const length = Math.abs(value) / (high - low);
  const before = (Math.min(0, value) - low) / (high - low);
  return { length, place: length < 1 ? before / (1 - length) : 0 };
}
