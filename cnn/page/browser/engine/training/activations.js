// The activations in training. Each has loops of its own: called for each value, a function that
// several kinds share would not be inlined. No processor guesses which values are positive, so ReLU
// computes instead of branching, in a fifth of the time.

/** @import { Kind } from "./layer.js" */

import { sizeFor, unfit } from "../layers/layer.js";

/** @type {Kind} */
export const ReLU = {
  make: pointwise(() => ({
    value: (x, y, size) => {
      for (let i = 0; i < size; i++) y[i] = (x[i] + Math.abs(x[i])) / 2;
    },
    slope: (_, y, dy, dx, size) => {
      for (let i = 0; i < size; i++) dx[i] = Number(y[i] > 0) * dy[i];
    },
  })),
};

/** @type {Kind} */
export const LeakyReLU = {
  make: pointwise((spec) => {
    const { negative_slope: slope = NaN } = spec;
    if (!Number.isFinite(slope)) throw unfit(spec, "has no slope");
    return {
      value: (x, y, size) => {
        for (let i = 0; i < size; i++) y[i] = x[i] > 0 ? x[i] : slope * x[i];
      },
      slope: (x, _, dy, dx, size) => {
        for (let i = 0; i < size; i++) dx[i] = x[i] > 0 ? dy[i] : slope * dy[i];
      },
    };
  }),
};

/** @type {Kind} */
export const Tanh = {
  make: pointwise(() => ({
    value: (x, y, size) => {
      for (let i = 0; i < size; i++) y[i] = Math.tanh(x[i]);
    },
    slope: (_, y, dy, dx, size) => {
      for (let i = 0; i < size; i++) dx[i] = (1 - y[i] * y[i]) * dy[i];
    },
  })),
};

/**
 * value writes y, slope writes dx = dy times the activation's slope.
 *
 * @typedef {object} Loops
 * @property {(x: Float32Array, y: Float32Array, size: number) => void} value
 * @property {(x: Float32Array, y: Float32Array, dy: Float32Array, dx: Float32Array, size: number)
 *   => void} slope
 */

/**
 * @param {(spec: import("../layers/layer.js").Spec) => Loops} loopsOf
 * @returns {Kind["make"]}
 */
function pointwise(loopsOf) {
  return (spec, shape, { capacity }) => {
    const { value, slope } = loopsOf(spec);
    const size = sizeFor(spec, shape);
    const y = new Float32Array(capacity * size);
    const dx = new Float32Array(capacity * size);
    let given = /** @type {Float32Array} */ (y);
    return {
      shape,
      forward(x, { count }) {
        given = x;
        value(x, y, count * size);
        return y;
      },
      backward(dy, { count }) {
        slope(given, y, dy, dx, count * size);
        return dx;
      },
    };
  };
}
