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
