// What Conv2d and Linear share: weights, as they begin and as they learn.

/** @import { Tensor } from "../safetensors.js" */

import { sizeOf } from "../safetensors.js";
import { filled } from "./layer.js";
import { Sparse, sparseSums } from "./products.js";

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
 * What writes the gradients of weight and bias, where output o at place p is bias[o] plus the sum
 * over i of weight[o][i] * x[places[p] + taps[i]]: sums over all places of all digits. (A linear
 * layer has one place, and its taps are all inputs.)
 *
 * Only gradients that are not 0 are followed: behind max pooling the winners' alone, at most one in
 * four, and that much less time.
 *
 * @param {Float64Array} x (capacity, area)
 * @param {number} area of a digit in x
 * @param {Int32Array} places
 * @param {Int32Array} taps
 * @param {Record<"weight" | "bias", Float32Array>} gradients to be written
 * @returns {(dy: Float32Array, digits: number) => void}
 */
export function weightLearner(x, area, places, taps, { weight, bias }) {
  const count = places.length;
  const size = bias.length * count;
  const sparse = new Sparse(x.length / area * count);
  return (dy, digits) => {
    for (let output = 0; output < bias.length; output++) {
      sparse.count = 0;
      let sum = 0;
      for (let digit = 0; digit < digits; digit++) {
        const from = digit * size + output * count;
        for (let p = 0; p < count; p++) {
          const gradient = dy[from + p];
          if (gradient === 0) continue;
          sparse.add(digit * area + places[p], gradient);
          sum += gradient;
        }
      }
      sparseSums(x, sparse, taps, weight, output * taps.length);
      bias[output] = sum;
    }
  };
}
