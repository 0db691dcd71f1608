// A few numbers as a table of coloured cells: a patch, a kernel, a window.

import { colorOf } from "../../shared/colors.js";
import { create } from "../../shared/dom.js";
import { decimal } from "../../shared/numbers.js";

const TURN = 360; // degrees of hue

/** One hue for each of `count` cells, so that a cell is found again elsewhere. */
export const hueOf = (/** @type {number} */ cell, /** @type {number} */ count) =>
  `${Math.round(TURN * cell / count)}`;

/**
 * @param {object} options
 * @param {number} options.rows
 * @param {number} options.columns
 * @param {number} [options.decimals]
 * @param {boolean} [options.hues] give each cell a hue of its own
 */
export function numberGrid({ rows, columns, decimals = 2, hues = false }) {
  const element = create("table", { className: "numbers" });
  element.classList.toggle("hues", hues);
  const cells = Array.from({ length: rows }, () => {
    const row = element.insertRow();
    return Array.from({ length: columns }, () => row.insertCell());
  }).flat();
  if (hues) cells.forEach((cell, i) => cell.style.setProperty("--hue", hueOf(i, cells.length)));
  return {
    element,
    cells,
    /** @param {ArrayLike<number>} values row by row @param {number} scale where the colours end */
    paint(values, scale) {
      cells.forEach((cell, i) => {
        const { background, ink } = colorOf(values[i] / (scale || 1));
        cell.style.background = background;
        cell.style.color = ink;
        cell.textContent = decimal(values[i], decimals);
      });
    },
    /** Show no numbers. */
    clear() {
      for (const cell of cells) {
        cell.style.background = "";
        cell.textContent = "";
      }
    },
  };
}
