// Linear in training.

/** @import { Kind } from "./layer.js" */

import { isShape, sizeFor, tensorOf, unfit } from "../layers/layer.js";
import { dotProducts, steps } from "./products.js";
import { freshWeights, wayBack } from "./weighted.js";

/** @type {Kind} */
export const Linear = {
  learns: ["weight", "bias"],
  tensors({ in_features: inputs = 0, out_features: outputs = 0 }, random) {
    return freshWeights([outputs, inputs], random);
  },
  make(spec, shape, { tensors, gradients, capacity }, isFirst) {
    const { in_features: inputs = 0, out_features: outputs = 0 } = spec;
    if (!isShape(shape, [inputs])) throw unfit(spec, `cannot read ${shape}`);
    const weight = tensorOf(spec, "weight", [outputs, inputs], tensors);
    const bias = tensorOf(spec, "bias", [outputs], tensors);
    const dWeight = tensorOf(spec, "weight", [outputs, inputs], gradients);
    const dBias = tensorOf(spec, "bias", [outputs], gradients);

    const taps = steps(inputs);
    const starts = steps(capacity, inputs);
    const given = new Float64Array(capacity * inputs);
    const weights = new Float64Array(weight.length);
    const out = new Float32Array(capacity * sizeFor(spec, [outputs]));
    const sums = { x: given, area: inputs, inner: taps, places: steps(1), taps, weights, outputs };
    const back = wayBack(sums);
    return {
      shape: [outputs],
      forward(x, { count }) {
        weights.set(weight);
        given.set(x.subarray(0, count * inputs));
        const digits = starts.subarray(0, count); // all at once: each weight is fetched for three
        dotProducts(given, digits, taps, weights, bias, out, { across: 1, down: outputs });
        return out;
      },
      backward(dy, { count, isLearning }) {
        if (isLearning) back.learn(dy, count, dWeight, dBias);
        return isLearning && isFirst ? dy : back.sendBack(dy, count);
      },
    };
  },
};
