// What a layer is in training. Beside the layers of ../layers/, which read one digit, these take a
// batch at a time, keep what the way back needs, and reuse their arrays from step to step. They lie
// in files of their own, so that a visitor who only reads digits does not fetch them.

/**
 * @import { Spec } from "../layers/layer.js"
 * @import { Tensor, Tensors } from "../safetensors.js"
 */

import { sizeOf } from "../safetensors.js";

/**
 * One way through the network and back. count: of digits, which lie one after the other in all
 * values. isLearning: dropout drops, a batch norm uses and remembers the batch's statistics, and
 * the gradients of the weights are computed; else the gradient of the input alone.
 *
 * @typedef {{ count: number, isLearning: boolean }} Run
 */

/**
 * A layer in training. The arrays that it returns are its own, valid until it is called again, or
 * what it was given where it changes nothing.
 *
 * @typedef {object} Learner
 * @property {number[]} shape of what it gives for one digit
 * @property {(x: Float32Array, run: Run) => Float32Array} forward
 * @property {(dy: Float32Array, run: Run) => Float32Array} backward after `forward` of the same
 *   run: the gradient of the loss by what the layer gave -> by what it was given; in learning it
 *   also writes the gradients of the layer's weights
 */

/**
 * What the layers of one network share. capacity: the most digits of a run. random: the next number
 * in [0, 1), from the seed. dropout: the rate of all dropout layers, where it is not the spec's.
 *
 * @typedef {object} Training
 * @property {Tensors} tensors
 * @property {Tensors} gradients of the weights, by the same names
 * @property {number} capacity
 * @property {() => number} random
 * @property {number} [dropout]
 */

/**
 * @typedef {object} Kind
 * @property {(spec: Spec, shape: number[], training: Training, isFirst: boolean) => Learner} make
 *   for inputs of this shape; isFirst: no layer before it learns, so in learning nobody asks for
 *   the gradient of its input
 * @property {(spec: Spec, random: () => number) => Record<string, Tensor>} [tensors] its weights, and
 *   what a batch norm remembers, before training, as torch begins
 * @property {string[]} [learns] which of these tensors have gradients
 */

/** @param {number[]} shape @param {() => number} value of each cell, in order @returns {Tensor} */
export function filled(shape, value) {
  return { shape, data: Float32Array.from({ length: sizeOf(shape) }, value) };
}
