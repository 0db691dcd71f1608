// Linear: every neuron has a weight for each of its inputs.

/** @import { Kind } from "./layer.js" */

import { dotProducts, grid, pack } from "./dot-products.js";
import { everything, isShape, tensorOf, unfit } from "./layer.js";

/**
 * value = bias + the sum of all products.
 *
 * @typedef {{ index: number, input: number, weight: number, product: number }} Term
 * @typedef {{ kind: "Linear", neuron: number, bias: number, value: number, terms: Term[] }}
 *   ExplainedLinear terms: the strongest first, above or below zero
 */

/** @type {Kind} */
export const Linear = {
  hasWeights: true,
  make(spec, shape, tensors) {
    const { in_features: inputs = 0, out_features: outputs = 0 } = spec;
    if (!isShape(shape, [inputs])) throw unfit(spec, `cannot read ${shape}`);
    const weights = pack(
      tensorOf(spec, "weight", [outputs, inputs], tensors),
      tensorOf(spec, "bias", [outputs], tensors),
    );
    const doubles = new Float64Array(inputs);
    const taps = grid([inputs], [1]);
    const places = Int32Array.of(0);
    return {
      shape: [outputs],
      forward(x) {
        doubles.set(x);
        return dotProducts(doubles, places, taps, weights);
      },
    };
  },
  explain({ spec, x, tensors }, neuron, value) {
    const weights = weightsOf(spec, tensors, neuron);
    const terms = Array.from(x, (input, index) => {
      const weight = weights[index];
      return { index, input, weight, product: input * weight };
    });
    terms.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
    const bias = tensorOf(spec, "bias", spec.shape, tensors)[neuron];
    return { kind: "Linear", neuron, bias, value, terms };
  },
  terms({ spec, x, tensors, paper }, neuron, add) {
    const weights = weightsOf(spec, tensors, neuron);
    x.forEach((value, input) => add(input, (value - paper) * weights[input]));
  },
  field: everything,
};

/**
 * A neuron's weights, one for each input.
 *
 * @param {import("./layer.js").Spec} spec
 * @param {import("../safetensors.js").Tensors} tensors
 * @param {number} neuron
 */
function weightsOf(spec, tensors, neuron) {
  const { in_features: inputs = 0, out_features: outputs = 0 } = spec;
  return tensorOf(spec, "weight", [outputs, inputs], tensors)
    .subarray(neuron * inputs, (neuron + 1) * inputs);
}
