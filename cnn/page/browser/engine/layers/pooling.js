// Pooling: each window of a map becomes one value, its largest or its mean.

/**
 * @import { Given, Kind, Layer, Spec } from "./layer.js"
 * @import { KernelWindow } from "./window.js"
 */

import { sizeFor } from "./layer.js";
import { cellAt, underWindows, windowAt, windowsOf } from "./window.js";

/**
 * One cell of a pooling's window. index: among all values of the layer before; -1 in the padding
 * (not inside). value: in the padding 0 for an average, -Infinity for a maximum, so that it never
 * wins.
 *
 * @typedef {{ index: number, value: number, inside: boolean }} PoolCell
 */

/**
 * value = the largest of the cells, or their sum / their number, padding counted.
 *
 * @typedef {{ channel: number, row: number, column: number, window: KernelWindow,
 *   cells: PoolCell[], value: number }} Pooled
 * @typedef {{ kind: "MaxPool2d", winner: number } & Pooled} ExplainedMaxPool winner: which of the
 *   cells; of equal ones the first
 * @typedef {{ kind: "AvgPool2d" } & Pooled} ExplainedAveragePool
 */

/**
 * What a window becomes: from `start` on, `rows` rows of `columns` values in maps that are `width`
 * wide; `cells` is how many cells it has, including those in the padding.
 *
 * @typedef {(x: Float32Array, start: number, rows: number, columns: number, width: number,
 *   cells: number) => number} Summary
 */

/** @type {Kind} */
export const MaxPool2d = {
  make: (spec, shape) => pool(spec, shape, largest),
  explain(given, index, value) {
    const pooled = explained(given, index, value, -Infinity);
    const start = pooled.channel * given.shape[1] * given.shape[2];
    return { kind: "MaxPool2d", ...pooled, winner: winnerOf(given.x, start, pooled.window.places) };
  },
  terms({ spec, x, shape }, index, add) {
    const { start, window: { places } } = windowOf(spec, shape, index);
    add(start + places[winnerOf(x, start, places)], 1);
  },
  field: underWindows,
};

/** @type {Kind} */
export const AvgPool2d = {
  make: (spec, shape) => pool(spec, shape, mean),
  explain: (given, index, value) => {
    return { kind: "AvgPool2d", ...explained(given, index, value, 0) };
  },
  terms({ spec, x, shape, paper }, index, add) {
    const { start, window: { places } } = windowOf(spec, shape, index);
    for (const place of places) if (place >= 0) add(start + place, x[start + place] - paper);
  },
  field: underWindows,
};

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

/** @param {Spec} spec @param {number[]} shape @param {Summary} summary @returns {Layer} */
function pool(spec, shape, summary) {
  const { kernel, stride, padding, counts } = windowsOf(spec, shape);
  const [channels, height, width] = shape;
  const size = sizeFor(spec, [channels, ...counts]);
  const [down, across] = [0, 1].map((axis) =>
    spans(counts[axis], kernel[axis], stride[axis], padding[axis], shape[axis + 1])
  );
  const cells = kernel[0] * kernel[1];
  return {
    shape: [channels, ...counts],
    forward(x) {
      const out = new Float32Array(size);
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

/**
 * @param {Given} given
 * @param {number} index
 * @param {number} value
 * @param {number} padding its value
 * @returns {Pooled}
 */
function explained({ spec, x, shape }, index, value, padding) {
  const { channel, row, column, start, window } = windowOf(spec, shape, index);
  const cells = Array.from(window.places, (place) => {
    const inside = place >= 0;
    return inside
      ? { index: start + place, value: x[start + place], inside }
      : { index: -1, value: padding, inside };
  });
  return { channel, row, column, window, cells, value };
}

/**
 * Where a value lies, its window, and where its map begins among the values of the layer before.
 *
 * @param {Spec} spec
 * @param {number[]} shape
 * @param {number} index
 */
function windowOf(spec, shape, index) {
  const cell = cellAt(index, spec.shape);
  const window = windowAt(spec, shape, cell.row, cell.column);
  return { ...cell, start: cell.channel * shape[1] * shape[2], window };
}

/**
 * Which cell of a window max pooling takes: the first of the largest, as torch does.
 *
 * @param {Float32Array} values that the layer is given
 * @param {number} start where the window's map begins among them
 * @param {Int32Array} places of the window
 */
function winnerOf(values, start, places) {
  let winner = -1;
  places.forEach((place, cell) => {
    if (place < 0) return; // the padding of max pooling never wins
    if (winner < 0 || values[start + place] > values[start + places[winner]]) winner = cell;
  });
  return winner;
}
