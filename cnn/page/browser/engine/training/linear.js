// Linear in training.

/** @import { Kind } from "./layer.js" */

import { isShape, sizeFor, tensorOf, unfit } from "../layers/layer.js";
import { matrix, multiply, turned } from "./products.js";
import { freshWeights, learn } from "./weighted.js";

/** @type {Kind} */
export const Linear = {
  learns: ["weight", "bias"],
  tensors({ in_features: inputs = 0, out_features: outputs = 0 }, random) {
    return freshWeights([outputs, inputs], random);
  },
  make(spec, shape, { tensors, gradients, capacity }, isFirst) {
    const { in_features: inputs = 0, out_features: outputs = 0 } = spec;
    if (!isShape(shape, [inputs])) throw unfit(spec, `cannot read ${shape}`);
    const weight = matrix(tensorOf(spec, "weight", [outputs, inputs], tensors), outputs);
    const bias = tensorOf(spec, "bias", [outputs], tensors);
    const gradient = {
      weight: tensorOf(spec, "weight", [outputs, inputs], gradients),
      bias: tensorOf(spec, "bias", [outputs], gradients),
    };
    const out = new Float32Array(capacity * sizeFor(spec, [outputs]));
    const dx = new Float32Array(capacity * inputs);
    let given = /** @type {Float32Array} */ (dx);
    return {
      shape: [outputs],
      forward(x, { count }) {
        given = x.subarray(0, count * inputs);
        const y = matrix(out.subarray(0, count * outputs), count);
        multiply(weight, matrix(given, count), turned(y), bias);
        return out;
      },
      backward(values, { count, isLearning }) {
        const dy = turned(matrix(values.subarray(0, count * outputs), count));
        if (isLearning) learn(dy, matrix(given, count), gradient);
        if (isLearning && isFirst) return values;
        multiply(turned(weight), turned(dy), turned(matrix(dx.subarray(0, count * inputs), count)));
        return dx;
      },
    };
  },
};
