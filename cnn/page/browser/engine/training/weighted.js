// What Conv2d and Linear share: outputs that are sums of weighted inputs, and the way back.

/**
 * @import { Tensor } from "../safetensors.js"
 */

import { sizeOf } from "../safetensors.js";
import { filled } from "./layer.js";
import { Sparse, sparseSums, steps } from "./products.js";

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
 * A layer's sums: output o at place p is bias[o] plus the sum over i of weights[o][i] *
 * x[places[p] + taps[i]]. A linear layer has one place, and its taps are all inputs.
 *
 * @typedef {object} Sums
 * @property {Float64Array} x what was given, (capacity, area)
 * @property {number} area of a digit in x, with padding
 * @property {Int32Array} inner where in it the values lie that were given, in their order
 * @property {Int32Array} places
 * @property {Int32Array} taps
 * @property {Float64Array} weights (outputs, taps)
 * @property {number} outputs
 */

/**
 * The way back through such sums. Only gradients that are not 0 are followed: behind max pooling
 * and ReLU one in ten, the winners', so that it takes a tenth of the time.
 *
 * @param {Sums} sums
 */
export function wayBack({ x, area, inner, places, taps, weights, outputs }) {
  const capacity = x.length / area;
  const count = places.length;
  const size = outputs * count;
  const sparse = new Sparse(Math.max(capacity * count, outputs));
  const cells = steps(taps.length);
  const window = new Float64Array(taps.length);
  const dDigit = new Float64Array(area);
  const dx = new Float32Array(capacity * inner.length);
  return {
    /**
     * Write the gradients of weight and bias: sums over all places of all digits.
     *
     * @param {Float32Array} dy @param {number} digits @param {Float32Array} dWeight
     * @param {Float32Array} dBias
     */
    learn(dy, digits, dWeight, dBias) {
      for (let output = 0; output < outputs; output++) {
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
        sparseSums(x, sparse, taps, dWeight, output * taps.length);
        dBias[output] = sum;
      }
    },
    /**
     * The gradient of what was given: at each place the outputs' kernels, added up.
     *
     * @param {Float32Array} dy @param {number} digits
     */
    sendBack(dy, digits) {
      for (let digit = 0; digit < digits; digit++) {
        dDigit.fill(0);
        for (let p = 0; p < count; p++) {
          sparse.count = 0;
          for (let output = 0; output < outputs; output++) {
            const gradient = dy[digit * size + output * count + p];
            if (gradient !== 0) sparse.add(output * taps.length, gradient);
          }
          if (sparse.count === 0) continue;
          sparseSums(weights, sparse, cells, window, 0);
          for (let i = 0; i < taps.length; i++) dDigit[places[p] + taps[i]] += window[i];
        }
        const to = digit * inner.length;
        for (let i = 0; i < inner.length; i++) dx[to + i] = dDigit[inner[i]];
      }
      return dx;
    },
  };
}
