// What a layer is: the spec that describes it, and the object that implements its kind. A new kind
// takes one more object, listed in ../layers.js.

/**
 * @import { Explanation } from "../layers.js"
 * @import { Tensors } from "../safetensors.js"
 */

import { areCounts, sizeOf, WeightsError } from "../safetensors.js";

/**
 * Sizes, strides and paddings are [height, width]. shape: of what the layer gives, [channels,
 * height, width] or [features].
 *
 * @typedef {object} Spec
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
 * @property {number} [num_features] channels, of a batch norm
 * @property {number} [eps] what a batch norm adds to the variance
 * @property {number} [negative_slope] of a leaky ReLU
 */

/**
 * A layer, ready for inputs of one shape. shape: that of its output. forward: its output for the
 * values x, in an array of its own, or x itself where it changes nothing.
 *
 * @typedef {{ shape: number[], forward: (x: Float32Array) => Float32Array }} Layer
 */

/**
 * What a layer was given. x: the values, row-major, in this shape. paper: the value that blank
 * paper would have there, from which a trace back to the ink counts.
 *
 * @typedef {{ spec: Spec, x: Float32Array, shape: number[], tensors: Tensors, paper: number }} Given
 */

/**
 * A part of a feature map: from top and left up to, not including, bottom and right. A layer
 * without maps is one row: row 0, and the value's index as column.
 *
 * @typedef {{ top: number, left: number, bottom: number, right: number }} Rect
 */

/**
 * @typedef {object} Kind
 * @property {(spec: Spec, shape: number[], tensors: Tensors) => Layer} make ready for inputs of
 *   this shape; throws a WeightsError where spec, shape and tensors do not fit
 * @property {(given: Given, index: number, value: number) => Explanation} explain how the value at
 *   this index, row-major, came about
 * @property {(given: Given, index: number, add: (input: number, term: number) => void) => void}
 *   terms adds, for each input of the value at this index, how much it contributed
 * @property {(spec: Spec, shape: number[], seen: Rect) => Rect | null} field the smallest part of
 *   the input, of this shape, on which a part of the output depends; null: on padding alone
 * @property {boolean} [hasWeights] whether each value is a sum of many inputs with learned weights
 * @property {boolean} [isPointwise] each value is made of the one in the same place, and computed
 * @property {(explained: any) => (string | number)[]} [formula] of a pointwise kind: how the value that
 *   it explained is computed, as numbers with what stands between them
 */

const MAX_VALUES = 1 << 24; // of one layer; a description that asks for more is broken

/** @param {Spec} spec @param {string} problem */
export const unfit = (spec, problem) =>
  new WeightsError("unfit", `the weights do not fit: ${spec.kind} ${spec.name} ${problem}`);

/** @param {number[]} shape @param {unknown} other */
export const isShape = (shape, other) => areCounts(other) && shape.join() === other.join();

/**
 * How many values a layer needs room for.
 *
 * @param {Spec} spec
 * @param {number[]} shape
 */
export function sizeFor(spec, shape) {
  const size = sizeOf(shape);
  if (size > MAX_VALUES) throw unfit(spec, `asks for ${size} values`);
  return size;
}

/**
 * The layer's weight, bias or other tensor, row-major.
 *
 * @param {Spec} spec
 * @param {string} part "weight", "bias", ...
 * @param {number[]} shape
 * @param {Tensors} tensors of the whole network
 */
export function tensorOf(spec, part, shape, tensors) {
  const found = tensors.get(`${spec.name}.${part}`);
  if (!found) throw unfit(spec, `has no ${part}`);
  if (!isShape(shape, found.shape)) {
    throw unfit(spec, `has a ${part} of ${found.shape}, not of ${shape}`);
  }
  return found.data;
}

/** For a kind in which every value depends only on the one in its place. @type {Kind["terms"]} */
export const sameTerm = (_, index, add) => add(index, 1);

/** @type {Kind["field"]} */
export const sameCell = (_spec, _shape, seen) => seen;

/** @param {number} row @param {number} column @returns {Rect} */
export const cellRect = (row, column) => ({
  top: row,
  left: column,
  bottom: row + 1,
  right: column + 1,
});

/** For a kind in which every value depends on all inputs. @type {Kind["field"]} */
export const everything = (_, shape) => ({ top: 0, left: 0, bottom: 1, right: shape[0] });
