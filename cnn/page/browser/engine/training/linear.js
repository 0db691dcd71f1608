// Linear in training.

/** @import { Kind } from "./layer.js" */

import { isShape, sizeFor, tensorOf, unfit } from "../layers/layer.js";
import { dotProducts, Sparse, sparseSums, steps } from "./products.js";
import { freshWeights, weightLearner } from "./weighted.js";

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
    const dx = new Float32Array(capacity * inputs);
    const sparse = new Sparse(outputs);
    const learn = weightLearner(given, inputs, steps(1), taps, { weight: dWeight, bias: dBias });
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
        if (isLearning) learn(dy, count);
        if (isLearning && isFirst) return dy;
        for (let digit = 0; digit < count; digit++) {
          sparse.count = 0;
          for (let output = 0; output < outputs; output++) {
            const gradient = dy[digit * outputs + output];
            if (gradient !== 0) sparse.add(output * inputs, gradient);
          }
          sparseSums(weights, sparse, taps, dx, digit * inputs);
        }
        return dx;
      },
    };
  },
};
