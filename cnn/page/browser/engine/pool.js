// Pooling: each window of a map becomes one value.

/**
 * @import { Ready, Stage } from "./described.js"
 */

import { room, windowsOf } from "./described.js";

/**
 * What a window becomes: from `start` on, `rows` rows of `columns` values in maps that are `width`
 * wide; `cells` is how many it has with its part in the padding.
 *
 * @typedef {(x: Float32Array, start: number, rows: number, columns: number, width: number,
 *   cells: number) => number} Summary
 */

/** @type {Summary} */
function largest(x, start, rows, columns, width) {
  let most = -Infinity;
  for (let row = 0; row < rows; row++, start += width) {
    for (let i = start; i < start + columns; i++) if (x[i] > most) most = x[i];
  }
  return most;
}

/** @type {Summary} torch counts the padding's zeros among the cells */
function mean(x, start, rows, columns, width, cells) {
  let sum = 0;
  for (let row = 0; row < rows; row++, start += width) {
    for (let i = start; i < start + columns; i++) sum += x[i];
  }
  return sum / cells;
}

/** @param {Stage} stage @param {number[]} shape */
export const maxPool = (stage, shape) => pool(stage, shape, largest);

/** @param {Stage} stage @param {number[]} shape */
export const averagePool = (stage, shape) => pool(stage, shape, mean);

/** @param {Stage} stage @param {number[]} shape @param {Summary} summary @returns {Ready} */
function pool(stage, shape, summary) {
  const { kernel, stride, padding, counts } = windowsOf(stage, shape);
  const [channels, height, width] = shape;
  const out = new Float32Array(room(stage, [channels, ...counts]));
  const [down, across] = [0, 1].map((axis) =>
    spans(counts[axis], kernel[axis], stride[axis], padding[axis], shape[axis + 1])
  );
  const cells = kernel[0] * kernel[1];
  return {
    shape: [channels, ...counts],
    run(x) {
      let i = 0;
      for (let channel = 0; channel < channels; channel++) {
        for (const { first: y, length: rows } of down) {
          const start = (channel * height + y) * width;
          for (const { first, length } of across) {
            out[i++] = summary(x, start + first, rows, length, width, cells);
          }
        }
      }
      return out;
    },
  };
}

/**
 * Where each window begins along one axis and how long it is there, without the padding.
 *
 * @param {number} count of windows
 * @param {number} kernel
 * @param {number} stride
 * @param {number} padding
 * @param {number} side
 */
function spans(count, kernel, stride, padding, side) {
  return Array.from({ length: count }, (_, i) => {
    const first = Math.min(side, Math.max(0, i * stride - padding));
    return { first, length: Math.max(0, Math.min(side, i * stride - padding + kernel) - first) };
  });
}
