// What `explain` says of a value of each kind of stage: types only.

/** @import { KernelWindow } from "./window.js" */

/**
 * value = (pixel - mean) / std: what the first stage computes with. The input itself shows the
 * pixel.
 *
 * @typedef {{ kind: "Normalize", pixel: number, mean: number, std: number, value: number }}
 *   ExplainedPixel
 */

/**
 * One channel of the kernel over its part of the input, row-major; in the padding (not inside) the
 * input is 0.
 *
 * @typedef {object} Patch
 * @property {number} channel of the input
 * @property {boolean[]} inside
 * @property {Float32Array} inputs of the first convolution: the normalised pixels
 * @property {Float32Array} kernel
 * @property {Float32Array} products inputs * kernel
 * @property {number} sum of the products
 */

/**
 * value = bias + the sum of the patches' sums. The window is where the kernel lies on the stage
 * before.
 *
 * @typedef {{ kind: "Conv2d", channel: number, row: number, column: number, window: KernelWindow,
 *   bias: number, value: number, patches: Patch[] }} ExplainedConvolution
 */

/**
 * One cell of a pooling's window. index: among all values of the stage before; in the padding (not
 * inside) -1. value: there 0 under an average, -Infinity under a maximum, which it never is.
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
 * value = input where that is above 0, else 0.
 *
 * @typedef {{ kind: "ReLU", input: number, value: number }} ExplainedReLU
 */

/**
 * value is that of the cell it comes from. index: among all values of the stage before.
 *
 * @typedef {{ kind: "Flatten", value: number,
 *   from: { index: number, channel: number, row: number, column: number } }} ExplainedFlatten
 */

/**
 * The value goes through as it came: dropout acts in training only. rate: of what it drops there.
 *
 * @typedef {{ kind: "Dropout", rate: number, value: number }} ExplainedDropout
 */

/**
 * value = bias + the sum of all products.
 *
 * @typedef {{ index: number, input: number, weight: number, product: number }} Term
 * @typedef {{ kind: "Linear", neuron: number, bias: number, value: number, terms: Term[] }}
 *   ExplainedLinear terms: the strongest first, above or below zero
 */

/**
 * exps = exp(logits - largest), prob = exps[digit] / sum, value = log(prob) =
 * logits[digit] - largest - log(sum).
 *
 * @typedef {{ kind: "LogSoftmax", digit: number, logits: Float32Array, largest: number,
 *   exps: Float64Array, sum: number, value: number, prob: number }} ExplainedLogSoftmax
 */

/**
 * @typedef {ExplainedPixel | ExplainedConvolution | ExplainedReLU | ExplainedMaxPool |
 *   ExplainedAveragePool | ExplainedFlatten | ExplainedDropout | ExplainedLinear |
 *   ExplainedLogSoftmax} Explanation
 */
