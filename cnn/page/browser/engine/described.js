// A stage as Python describes it (`describe` of cnn/model.py), and the checks that it fits.

/**
 * @import { Tensors } from "./safetensors.js"
 */

import { areCounts, sizeOf, WeightsError } from "./safetensors.js";

/**
 * Sizes, strides and paddings are [height, width]. shape: of what the stage gives, [channels,
 * height, width] or [features].
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} kind the name of its class in torch.nn, or Normalize for the input
 * @property {number[]} shape
 * @property {number} [mean]
 * @property {number} [std]
 * @property {number} [in_channels]
 * @property {number} [out_channels]
 * @property {number[]} [kernel_size]
 * @property {number[]} [stride]
 * @property {number[]} [padding]
 * @property {number} [p] the dropout's rate
 * @property {number} [in_features]
 * @property {number} [out_features]
 */

/**
 * A stage made ready for one shape of input. run: what it gives for the values x, in a buffer of
 * its own that the next run fills anew, or in x itself where it changes nothing.
 *
 * @typedef {{ shape: number[], run: (x: Float32Array) => Float32Array }} Ready
 */

const MOST_VALUES = 1 << 24; // of one stage; a description that asks for more is broken

/** @param {Stage} stage @param {string} problem */
export const unfit = (stage, problem) =>
  new WeightsError("unfit", `the weights do not fit: ${stage.kind} ${stage.name} ${problem}`);

/** @param {number[]} shape @param {unknown} other */
export const isShape = (shape, other) => areCounts(other) && shape.join() === other.join();

/**
 * How many values a stage needs room for.
 *
 * @param {Stage} stage
 * @param {number[]} shape
 */
export function room(stage, shape) {
  const size = sizeOf(shape);
  if (size > MOST_VALUES) throw unfit(stage, `asks for ${size} values`);
  return size;
}

/**
 * The stage's weight or bias, row-major.
 *
 * @param {Stage} stage
 * @param {"weight" | "bias"} part
 * @param {number[]} shape
 * @param {Tensors} tensors of the whole network
 */
export function tensorOf(stage, part, shape, tensors) {
  const found = tensors.get(`${stage.name}.${part}`);
  if (!found) throw unfit(stage, `has no ${part}`);
  if (!isShape(shape, found.shape)) {
    throw unfit(stage, `has a ${part} of ${found.shape}, not of ${shape}`);
  }
  return found.data;
}

/**
 * The windows of a convolution or pooling over a picture of this shape: how large they are, and
 * how many down and across: floor((W - F + 2P) / S) + 1.
 *
 * @param {Stage} stage
 * @param {number[]} shape
 */
export function windowsOf(stage, shape) {
  const { kernel_size: kernel, stride, padding } = stage;
  if (shape.length !== 3 || !isPair(kernel, 1) || !isPair(stride, 1) || !isPair(padding, 0)) {
    throw unfit(stage, `has no windows over ${shape}`);
  }
  const counts = [0, 1].map((axis) =>
    Math.floor((shape[axis + 1] - kernel[axis] + 2 * padding[axis]) / stride[axis]) + 1
  );
  if (Math.min(...counts) < 1) throw unfit(stage, `has windows larger than ${shape}`);
  return { kernel, stride, padding, counts };
}

/** @param {unknown} sizes @param {number} least @returns {sizes is number[]} */
const isPair = (sizes, least) =>
  areCounts(sizes) && sizes.length === 2 && Math.min(...sizes) >= least;
