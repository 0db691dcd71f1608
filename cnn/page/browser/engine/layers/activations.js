// The activations: a function of each value by itself.

/** @import { Kind, Layer, Spec } from "./layer.js" */

import { sameCell, sameTerm, sizeFor, unfit } from "./layer.js";

/**
 * value = the activation of the input. slope: of LeakyReLU, what an input below 0 is multiplied by.
 *
 * @typedef {{ kind: "ReLU" | "LeakyReLU" | "Tanh", input: number, slope?: number, value: number }}
 *   ExplainedActivation
 */

/** max(0, x) @type {Kind} */
export const ReLU = {
  isPointwise: true,
  make: (spec, shape) => pointwise(spec, shape, (x) => Math.max(0, x)),
  explain: ({ x }, index, value) => ({ kind: "ReLU", input: x[index], value }),
  terms: sameTerm,
  field: sameCell,
};

/** x above 0, else slope * x @type {Kind} */
export const LeakyReLU = {
  isPointwise: true,
  formula: ({ input, slope }) => [input < 0 ? slope : 1, " × ", input],
  make(spec, shape) {
    const { negative_slope: slope } = spec;
    if (slope === undefined || !Number.isFinite(slope)) throw unfit(spec, "has no slope");
    return pointwise(spec, shape, (x) => x > 0 ? x : slope * x);
  },
  explain: ({ spec, x }, index, value) => {
    return { kind: "LeakyReLU", input: x[index], slope: spec.negative_slope, value };
  },
  terms: sameTerm,
  field: sameCell,
};

/** tanh(x), between -1 and 1 @type {Kind} */
export const Tanh = {
  isPointwise: true,
  formula: ({ input }) => ["tanh(", input, ")"],
  make: (spec, shape) => pointwise(spec, shape, Math.tanh),
  explain: ({ x }, index, value) => ({ kind: "Tanh", input: x[index], value }),
  terms: sameTerm,
  field: sameCell,
};

/** @param {Spec} spec @param {number[]} shape @param {(x: number) => number} f @returns {Layer} */
function pointwise(spec, shape, f) {
  const size = sizeFor(spec, shape);
  return {
    shape,
    forward(x) {
      const out = new Float32Array(size);
      for (let i = 0; i < size; i++) out[i] = f(x[i]);
      return out;
    },
  };
}
