// Values brought to mean 0 and deviation 1: the input's, with MNIST's; a channel's, with its own.

/** @import { Kind } from "./layer.js" */

import { sameCell, sameTerm, sizeFor, tensorOf, unfit } from "./layer.js";
import { cellAt } from "./window.js";

/**
 * value = (pixel - mean) / std: what the first layer computes with. The input itself shows the
 * pixel.
 *
 * @typedef {{ kind: "Normalize", pixel: number, mean: number, std: number, value: number }}
 *   ExplainedPixel
 */

/**
 * value = (input - mean) / deviation * weight + bias, with the numbers of its channel. deviation:
 * the square root of variance + eps.
 *
 * @typedef {{ kind: "BatchNorm2d", channel: number, input: number, mean: number,
 *   deviation: number, weight: number, bias: number, value: number }} ExplainedBatchNorm
 */

/** @type {Kind} */
export const Normalize = {
  make(spec, shape) {
    const { mean, std } = spec;
    if (!Number.isFinite(mean) || !(Number(std) > 0)) {
      throw unfit(spec, "has no mean or no deviation");
    }
    const size = sizeFor(spec, shape);
    const normalise = normaliserOf(spec);
    return {
      shape,
      // A loop of its own: in one with the activations no call is inlined, and a run takes a third longer.
      forward(x) {
        const out = new Float32Array(size);
        for (let i = 0; i < size; i++) out[i] = normalise(x[i]);
        return out;
      },
    };
  },
  explain({ spec }, _, pixel) {
    const { mean = NaN, std = NaN } = spec;
    return { kind: "Normalize", pixel, mean, std, value: Math.fround(normaliserOf(spec)(pixel)) };
  },
  terms: sameTerm,
  field: sameCell,
};

/**
 * From a pixel, ink 1, to what the network computes with, as a double. Paper is below zero;
 * padding, added after, is zero.
 *
 * @param {import("./layer.js").Spec} spec of kind Normalize
 * @returns {(pixel: number) => number}
 */
export function normaliserOf({ mean = NaN, std = NaN }) {
  const [shift, scale] = [Math.fround(mean), Math.fround(std)];
  return (pixel) => (pixel - shift) / scale;
}

/** As in evaluation, not training: with the running mean and variance. @type {Kind} */
export const BatchNorm2d = {
  isPointwise: true,
  formula: ({ input, mean, deviation, weight, bias }) => [
    ...["(", input, " − ", mean, ") ÷ ", deviation, " × ", weight, " + ", bias],
  ],
  make(spec, shape, tensors) {
    if (shape.length !== 3 || shape[0] !== spec.num_features) {
      throw unfit(spec, `cannot read ${shape}`);
    }
    const size = sizeFor(spec, shape);
    const area = size / shape[0];
    const channels = Array.from(
      { length: shape[0] },
      (_, channel) => channelOf(spec, tensors, channel),
    );
    return {
      shape,
      forward(x) {
        const out = new Float32Array(size);
        channels.forEach(({ mean, deviation, weight, bias }, channel) => {
          const factor = weight / deviation;
          for (let i = channel * area; i < (channel + 1) * area; i++) {
            out[i] = (x[i] - mean) * factor + bias;
          }
        });
        return out;
      },
    };
  },
  explain({ spec, x, shape, tensors }, index, value) {
    const { channel } = cellAt(index, shape);
    const numbers = channelOf(spec, tensors, channel);
    return { kind: "BatchNorm2d", channel, input: x[index], ...numbers, value };
  },
  terms: sameTerm,
  field: sameCell,
};

/**
 * @param {import("./layer.js").Spec} spec
 * @param {import("../safetensors.js").Tensors} tensors
 * @param {number} channel
 */
function channelOf(spec, tensors, channel) {
  const { num_features: channels = 0, eps = NaN } = spec;
  const [weight, bias, mean, variance] = ["weight", "bias", "running_mean", "running_var"].map(
    (part) => tensorOf(spec, part, [channels], tensors)[channel],
  );
  const deviation = Math.sqrt(variance + eps);
  if (!(deviation > 0)) throw unfit(spec, "has no deviation");
  return { mean, deviation, weight, bias };
}
