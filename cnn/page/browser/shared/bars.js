import { create } from "./dom.js";

/**
 * Ten rows in `list`, one for each digit: its name, the bar in its track, and the value as text.
 *
 * @param {HTMLElement} list with class "bars"
 */
export function tenRows(list) {
  return Array.from({ length: 10 }, (_, digit) => {
    const row = create("li");
    const bar = create("i");
    const value = create("span", { className: "value" });
    const track = create("span", { className: "bar" });
    track.append(bar);
    row.append(create("b", { textContent: `${digit}` }), track, value);
    list.append(row);
    return { row, bar, value };
  });
}

// A bar whose painted part is a share of it, from 0 to 1. With the stage's picture it changes in
// every frame, so it is a background that changes its size: a transform would have the browser lay
// all layers of the page anew.

/** From the left. @param {HTMLElement} bar @param {number} share */
export function fillAcross(bar, share) {
  bar.style.backgroundSize = `${100 * share}% 100%`;
}

/**
 * From a share of its height, counted from the bottom, upwards.
 *
 * @param {HTMLElement} bar
 * @param {number} from
 * @param {number} share
 */
export function fillUp(bar, from, share) {
  const rest = 1 - share;
  bar.style.backgroundSize = `100% ${100 * share}%`;
  bar.style.backgroundPositionY = `${rest > 0 ? 100 * (1 - from / rest) : 0}%`;
}
