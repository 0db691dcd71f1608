// What Conv2d and Linear share: weights, as they begin and as they learn.

/**
 * @import { Tensor } from "../safetensors.js"
 * @import { Matrix } from "./products.js"
 */

import { sizeOf } from "../safetensors.js";
import { filled } from "./layer.js";
import { matrix, multiply, steps, turned } from "./products.js";

/**
 * Weight and bias as torch begins: uniform between -1 / sqrt(inputs) and 1 / sqrt(inputs).
 *
 * @param {number[]} shape of the weight: outputs, then its inputs
 * @param {() => number} random
 * @returns {Record<string, Tensor>}
 */
export function freshWeights([outputs, ...inputs], random) {
  const bound = 1 / Math.sqrt(sizeOf(inputs));
  const uniform = () => bound * (2 * random() - 1);
  return { weight: filled([outputs, ...inputs], uniform), bias: filled([outputs], uniform) };
}

/**
 * Write the gradients of weight and bias, where y = weight times x + bias at each place of each
 * digit (a linear layer has one place): sums over them all.
 *
 * @param {Matrix} dy (outputs, places)
 * @param {Matrix} x (places, inputs)
 * @param {Record<"weight" | "bias", Float32Array>} gradients to be written
 */
export function learn(dy, x, { weight, bias }) {
  const everywhere = new Int32Array(dy.columns.length);
  const ones = { values: Float32Array.of(1), rows: steps(1), columns: everywhere };
  multiply(dy, turned(x), matrix(weight, bias.length));
  multiply(dy, ones, matrix(bias, bias.length));
}
