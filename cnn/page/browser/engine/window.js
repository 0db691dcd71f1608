// Where the windows of a convolution or pooling lie.

/** @import { Stage } from "./described.js" */

import { windowsOf } from "./described.js";

/**
 * The window that one output cell looks through. top and left are negative where it begins in the
 * padding.
 *
 * @typedef {object} KernelWindow
 * @property {number} top
 * @property {number} left
 * @property {number} rows
 * @property {number} columns
 * @property {Int32Array} places for each of its cells, row-major, where it lies in a map of the
 *   stage before; -1 in the padding
 */

/**
 * @param {Stage} stage of kind Conv2d, MaxPool2d or AvgPool2d
 * @param {number[]} shape of what it is given
 * @param {number} row of the output cell
 * @param {number} column
 * @returns {KernelWindow}
 */
export function windowAt(stage, shape, row, column) {
  const { kernel: [rows, columns], stride, padding } = windowsOf(stage, shape);
  const [, height, width] = shape;
  const top = row * stride[0] - padding[0];
  const left = column * stride[1] - padding[1];
  const places = new Int32Array(rows * columns).fill(-1);
  for (let y = Math.max(0, top); y < Math.min(height, top + rows); y++) {
    for (let x = Math.max(0, left); x < Math.min(width, left + columns); x++) {
      places[(y - top) * columns + x - left] = y * width + x;
    }
  }
  return { top, left, rows, columns, places };
}

/**
 * Which map, row and column a value of a stage with maps lies in.
 *
 * @param {number} index among all values of the stage
 * @param {number[]} shape of the stage: channels, height, width
 */
export function cellAt(index, [, height, width]) {
  const column = index % width;
  const row = Math.floor(index / width) % height;
  return { channel: Math.floor(index / (height * width)), row, column };
}

/**
 * Which cell of a window max pooling takes: the first of the largest, as torch does.
 *
 * @param {Float32Array} values that the stage is given
 * @param {number} start where the window's map begins among them
 * @param {Int32Array} places of the window
 */
export function winnerOf(values, start, places) {
  let winner = -1;
  places.forEach((place, cell) => {
    if (place < 0) return; // the padding of max pooling never wins
    if (winner < 0 || values[start + place] > values[start + places[winner]]) winner = cell;
  });
  return winner;
}
