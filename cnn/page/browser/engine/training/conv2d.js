// Conv2d in training.

/** @import { Kind } from "./layer.js" */

import { grid } from "../layers/dot-products.js";
import { sizeFor, tensorOf, unfit } from "../layers/layer.js";
import { windowsOf } from "../layers/window.js";
import { dotProducts } from "./products.js";
import { freshWeights, wayBack } from "./weighted.js";

/** @type {Kind} */
export const Conv2d = {
  learns: ["weight", "bias"],
  tensors: (spec, random) => freshWeights(weightShape(spec), random),
  make(spec, shape, { tensors, gradients, capacity }, isFirst) {
    const { kernel, stride, padding, counts } = windowsOf(spec, shape);
    if (shape[0] !== spec.in_channels) throw unfit(spec, `cannot read ${shape}`);
    const { out_channels: outputs = 0 } = spec;
    const weight = tensorOf(spec, "weight", weightShape(spec), tensors);
    const bias = tensorOf(spec, "bias", [outputs], tensors);
    const dWeight = tensorOf(spec, "weight", weightShape(spec), gradients);
    const dBias = tensorOf(spec, "bias", [outputs], gradients);

    const [height, width] = [shape[1] + 2 * padding[0], shape[2] + 2 * padding[1]];
    const area = sizeFor(spec, [shape[0], height, width]); // of a padded digit
    const inner = grid(shape, [height * width, width, 1], padding[0] * width + padding[1]);
    const taps = grid([shape[0], ...kernel], [height * width, width, 1]);
    const places = grid(counts, [stride[0] * width, stride[1]]);
    const size = sizeFor(spec, [outputs, ...counts]);
    const padded = new Float64Array(capacity * area); // its border stays 0
    const weights = new Float64Array(weight.length);
    const out = new Float32Array(capacity * size);
    const back = wayBack({ x: padded, area, inner, places, taps, weights, outputs });
    return {
      shape: [outputs, ...counts],
      forward(x, { count }) {
        weights.set(weight);
        for (let digit = 0; digit < count; digit++) {
          const [from, to] = [digit * inner.length, digit * area];
          for (let i = 0; i < inner.length; i++) padded[to + inner[i]] = x[from + i];
          const own = padded.subarray(to, to + area);
          const layout = { at: digit * size, across: places.length, down: 1 };
          dotProducts(own, places, taps, weights, bias, out, layout);
        }
        return out;
      },
      backward(dy, { count, isLearning }) {
        if (isLearning) back.learn(dy, count, dWeight, dBias);
        return isLearning && isFirst ? dy : back.sendBack(dy, count);
      },
    };
  },
};

/** @param {import("../layers/layer.js").Spec} spec */
function weightShape({ in_channels: inputs = 0, out_channels: outputs = 0, kernel_size = [] }) {
  return [outputs, inputs, ...kernel_size];
}
