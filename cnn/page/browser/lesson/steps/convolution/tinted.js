import { create } from "../../../shared/dom.js";
import { hueOf } from "../../blocks/numbergrid.js";

/**
 * The kernel's cells on a picture, each in its own hue.
 *
 * @param {HTMLElement} grid
 * @param {number} side cells of the kernel's side
 * @param {number} across cells of the picture's side
 */
export function tintedWindow(grid, side, across) {
  const element = create("span", { className: "tinted" });
  element.style.setProperty("--side", `${side}`);
  element.style.width = element.style.height = `${100 * side / across}%`;
  for (let i = 0; i < side * side; i++) {
    const cell = create("i");
    cell.style.setProperty("--hue", hueOf(i, side * side));
    element.append(cell);
  }
  grid.append(element);
  return {
    /** @param {number} row of the picture's cell under its first @param {number} column */
    place(row, column) {
      element.style.left = `${100 * column / across}%`;
      element.style.top = `${100 * row / across}%`;
    },
  };
}
