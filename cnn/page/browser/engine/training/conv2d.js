// Conv2d in training.

/** @import { Kind } from "./layer.js" */

import { grid } from "../layers/dot-products.js";
import { sizeFor, tensorOf, unfit } from "../layers/layer.js";
import { windowsOf } from "../layers/window.js";
import { dotProducts } from "./products.js";
import { freshWeights, weightLearner } from "./weighted.js";

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
    const dPadded = new Float64Array(area); // of one digit
    const dx = new Float32Array(capacity * inner.length);
    const learn = weightLearner(padded, area, places, taps, { weight: dWeight, bias: dBias });

    /** @param {Float32Array} dy @param {number} digit */
    function sendBack(dy, digit) {
      dPadded.fill(0);
      for (let output = 0, i = digit * size; output < outputs; output++) {
        const first = output * taps.length; // of the output's weights
        for (let p = 0; p < places.length; p++, i++) {
          const gradient = dy[i];
          if (gradient === 0) continue; // as most are behind max pooling
          const place = places[p];
          for (let t = 0; t < taps.length; t++) {
            dPadded[place + taps[t]] += gradient * weights[first + t];
          }
        }
      }
      const to = digit * inner.length;
      for (let i = 0; i < inner.length; i++) dx[to + i] = dPadded[inner[i]];
    }

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
        if (isLearning) learn(dy, count);
        if (isLearning && isFirst) return dy;
        for (let digit = 0; digit < count; digit++) sendBack(dy, digit);
        return dx;
      },
    };
  },
};

/** @param {import("../layers/layer.js").Spec} spec */
function weightShape({ in_channels: inputs = 0, out_channels: outputs = 0, kernel_size = [] }) {
  return [outputs, inputs, ...kernel_size];
}
