// Where the windows of a convolution or pooling lie.

/**
 * @import { Rect, Spec } from "./layer.js"
 */

import { areCounts } from "../safetensors.js";
import { unfit } from "./layer.js";

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
 *   layer before; -1 in the padding
 */

/**
 * @param {Spec} spec of kind Conv2d, MaxPool2d or AvgPool2d
 * @param {number[]} shape of what it is given
 * @param {number} row of the output cell
 * @param {number} column
 * @returns {KernelWindow}
 */
export function windowAt(spec, shape, row, column) {
  const { kernel: [rows, columns], stride, padding } = windowsOf(spec, shape);
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
 * Which map, row and column a value of a layer with maps lies in.
 *
 * @param {number} index among all values of the layer
 * @param {number[]} shape of the layer: channels, height, width
 */
export function cellAt(index, [, height, width]) {
  const column = index % width;
  const row = Math.floor(index / width) % height;
  return { channel: Math.floor(index / (height * width)), row, column };
}

/**
 * The windows of a convolution or pooling over a picture of this shape: how large they are, and
 * how many down and across: floor((W - F + 2P) / S) + 1.
 *
 * @param {Spec} spec
 * @param {number[]} shape
 */
export function windowsOf(spec, shape) {
  const { kernel_size: kernel, stride, padding } = spec;
  if (shape.length !== 3 || !isPair(kernel, 1) || !isPair(stride, 1) || !isPair(padding, 0)) {
    throw unfit(spec, `has no windows over ${shape}`);
  }
  const counts = [0, 1].map((axis) =>
    Math.floor((shape[axis + 1] - kernel[axis] + 2 * padding[axis]) / stride[axis]) + 1
  );
  if (Math.min(...counts) < 1) throw unfit(spec, `has windows larger than ${shape}`);
  return { kernel, stride, padding, counts };
}

/** @param {unknown} sizes @param {number} least @returns {sizes is number[]} */
const isPair = (sizes, least) =>
  areCounts(sizes) && sizes.length === 2 && Math.min(...sizes) >= least;

/**
 * The part of the input (of this shape) that a part of the output sees through its windows.
 *
 * @param {Spec} spec
 * @param {number[]} shape
 * @param {Rect} seen
 * @returns {Rect | null}
 */
export function underWindows(spec, shape, { top, left, bottom, right }) {
  const { kernel, stride, padding } = windowsOf(spec, shape);
  const [down, across] = [[top, bottom], [left, right]].map(([from, to], axis) => {
    let [first, end] = [Infinity, -Infinity];
    for (let i = from; i < to; i++) {
      const start = i * stride[axis] - padding[axis];
      const [begin, stop] = [Math.max(0, start), Math.min(shape[axis + 1], start + kernel[axis])];
      if (begin >= stop) continue; // nothing but padding
      first = Math.min(first, begin);
      end = Math.max(end, stop);
    }
    return { first, end };
  });
  if (down.first > down.end || across.first > across.end) return null;
  return { top: down.first, left: across.first, bottom: down.end, right: across.end };
}
