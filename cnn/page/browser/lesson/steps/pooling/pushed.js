// How much a push of the digit changes, and what pooling leaves of the change.

import { layerOf } from "../../../engine/layers.js";

/** @typedef {"MaxPool2d" | "AvgPool2d"} Kind */

/**
 * The digit moved, with paper where nothing came from.
 *
 * @param {Float32Array} digit 784 values
 * @param {number} right px
 * @param {number} down px
 */
export function pushed(digit, right, down) {
  const side = Math.sqrt(digit.length);
  const moved = new Float32Array(digit.length);
  for (let row = Math.max(0, down); row < Math.min(side, side + down); row++) {
    for (let column = Math.max(0, right); column < Math.min(side, side + right); column++) {
      moved[row * side + column] = digit[(row - down) * side + column - right];
    }
  }
  return moved;
}

/**
 * The sum of all differences as a share of the sum of all values: 0 where nothing changed.
 *
 * @param {Float32Array} before
 * @param {Float32Array} after
 */
export function change(before, after) {
  let [differences, values] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    differences += Math.abs(after[i] - before[i]);
    values += Math.abs(before[i]);
  }
  return values ? differences / values : 0;
}

/**
 * Pooling with windows that lie side by side: a function from maps to pooled maps, in a buffer of
 * its own that the next call fills anew.
 *
 * @param {Kind} kind
 * @param {number[]} shape [channels, height, width]
 * @param {number} side of a window
 */
export function pool(kind, [channels, ...sides], side) {
  const pooled = [channels, ...sides.map((length) => Math.floor(length / side))];
  const window = { kernel_size: [side, side], stride: [side, side], padding: [0, 0] };
  const { forward: run } = layerOf(
    { name: "pool", kind, ...window, shape: pooled },
    [channels, ...sides],
    NONE,
  );
  return { shape: pooled, run };
}

const NONE = new Map(); // pooling has no weights
