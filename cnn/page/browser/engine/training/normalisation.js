// Normalisation in training: of the input by fixed numbers, of a batch norm's channels by the
// batch's own mean and variance.

/** @import { Kind } from "./layer.js" */

import { sizeFor, tensorOf, unfit } from "../layers/layer.js";
import { normaliserOf } from "../layers/normalisation.js";
import { filled } from "./layer.js";

const MOMENTUM = 0.1; // of the running mean and variance: the newest batch's share, torch's default

/** @type {Kind} */
export const Normalize = {
  make(spec, shape, { capacity }) {
    const { std = NaN } = spec;
    const normalise = normaliserOf(spec);
    const size = sizeFor(spec, shape);
    const out = new Float32Array(capacity * size);
    return {
      shape,
      forward(x, { count }) {
        for (let i = 0; i < count * size; i++) out[i] = normalise(x[i]);
        return out;
      },
      backward: (dy) => dy.map((gradient) => gradient / std),
    };
  },
};

/** @type {Kind} */
export const BatchNorm2d = {
  learns: ["weight", "bias"],
  tensors: ({ num_features: channels = 0 }) => ({
    weight: filled([channels], () => 1),
    bias: filled([channels], () => 0),
    running_mean: filled([channels], () => 0),
    running_var: filled([channels], () => 1),
  }),
  make(spec, shape, { tensors, gradients, capacity }) {
    const { num_features: channels = 0, eps = NaN } = spec;
    if (shape.length !== 3 || shape[0] !== channels) throw unfit(spec, `cannot read ${shape}`);
    const [weight, bias, runningMean, runningVariance] = [
      ...["weight", "bias", "running_mean", "running_var"],
    ].map((part) => tensorOf(spec, part, [channels], tensors));
    const size = sizeFor(spec, shape);
    const area = size / channels;
    const out = new Float32Array(capacity * size);
    const dx = new Float32Array(capacity * size);
    const means = new Float64Array(channels);
    const deviations = new Float64Array(channels);
    let given = /** @type {Float32Array} */ (out);

    /** @param {number} channel @param {number} count */
    function measure(channel, count) {
      const cells = count * area;
      const mean = sumOver(channel, count, (i) => given[i]) / cells;
      const squares = sumOver(channel, count, (i) => (given[i] - mean) ** 2);
      means[channel] = mean;
      deviations[channel] = Math.sqrt(squares / cells + eps);
      // What is remembered is the variance of all digits as estimated from these, hence - 1.
      const variance = squares / Math.max(1, cells - 1);
      runningMean[channel] += MOMENTUM * (mean - runningMean[channel]);
      runningVariance[channel] += MOMENTUM * (variance - runningVariance[channel]);
    }

    /** @param {number} channel @param {number} count @param {(i: number) => number} value */
    function sumOver(channel, count, value) {
      let sum = 0;
      for (let digit = 0; digit < count; digit++) {
        const start = digit * size + channel * area;
        for (let i = start; i < start + area; i++) sum += value(i);
      }
      return sum;
    }

    return {
      shape,
      forward(x, { count, isLearning }) {
        given = x;
        for (let channel = 0; channel < channels; channel++) {
          if (isLearning) measure(channel, count);
          else {
            means[channel] = runningMean[channel];
            deviations[channel] = Math.sqrt(runningVariance[channel] + eps);
          }
          const factor = weight[channel] / deviations[channel];
          const shift = bias[channel] - means[channel] * factor;
          for (let digit = 0; digit < count; digit++) {
            const start = digit * size + channel * area;
            for (let i = start; i < start + area; i++) out[i] = x[i] * factor + shift;
          }
        }
        return out;
      },
      backward(dy, { count, isLearning }) {
        for (let channel = 0; channel < channels; channel++) {
          const [mean, deviation] = [means[channel], deviations[channel]];
          const factor = weight[channel] / deviation;
          let [shift, tilt] = [0, 0]; // what the batch's own mean and variance take back
          if (isLearning) {
            const dBias = sumOver(channel, count, (i) => dy[i]);
            const dWeight = sumOver(channel, count, (i) => dy[i] * (given[i] - mean)) / deviation;
            tensorOf(spec, "weight", [channels], gradients)[channel] = dWeight;
            tensorOf(spec, "bias", [channels], gradients)[channel] = dBias;
            shift = dBias / (count * area);
            tilt = dWeight / (count * area * deviation);
          }
          for (let digit = 0; digit < count; digit++) {
            const start = digit * size + channel * area;
            for (let i = start; i < start + area; i++) {
              dx[i] = factor * (dy[i] - shift - tilt * (given[i] - mean));
            }
          }
        }
        return dx;
      },
    };
  },
};
