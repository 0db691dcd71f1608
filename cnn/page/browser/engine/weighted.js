// The stages that have weights: Conv2d and Linear.

/**
 * @import { Ready, Stage } from "./described.js"
 * @import { Tensors } from "./safetensors.js"
 */

import { isShape, room, tensorOf, unfit, windowsOf } from "./described.js";
import { sizeOf } from "./safetensors.js";
import { packed, weightedSums } from "./sums.js";

/** @param {Stage} stage @param {number[]} shape @param {Tensors} tensors @returns {Ready} */
export function convolution(stage, shape, tensors) {
  const { in_channels: inputs = 0, out_channels: outputs = 0 } = stage;
  const { kernel, stride, padding, counts } = windowsOf(stage, shape);
  if (shape[0] !== inputs) throw unfit(stage, `cannot read ${shape}`);
  const weights = packed(
    tensorOf(stage, "weight", [outputs, inputs, ...kernel], tensors),
    tensorOf(stage, "bias", [outputs], tensors),
  );
  const [height, width] = [shape[1] + 2 * padding[0], shape[2] + 2 * padding[1]];
  const framed = new Float64Array(room(stage, [inputs, height, width])); // its border stays 0
  const inner = cells([inputs, shape[1]], [height * width, width], padding[0] * width + padding[1]);
  const taps = cells([inputs, ...kernel], [height * width, width, 1]);
  const places = cells(counts, [stride[0] * width, stride[1]]);
  const out = new Float32Array(room(stage, [weights.bias.length, ...counts]));
  const given = out.subarray(0, outputs * places.length);
  return {
    shape: [outputs, ...counts],
    run(x) {
      for (let row = 0, from = 0; row < inner.length; row++) {
        const to = inner[row] - from;
        for (const end = from + shape[2]; from < end; from++) framed[to + from] = x[from];
      }
      weightedSums(framed, places, taps, weights, out);
      return given;
    },
  };
}

/** @param {Stage} stage @param {number[]} shape @param {Tensors} tensors @returns {Ready} */
export function linear(stage, shape, tensors) {
  const { in_features: inputs = 0, out_features: outputs = 0 } = stage;
  if (!isShape(shape, [inputs])) throw unfit(stage, `cannot read ${shape}`);
  const weights = packed(
    tensorOf(stage, "weight", [outputs, inputs], tensors),
    tensorOf(stage, "bias", [outputs], tensors),
  );
  const doubles = new Float64Array(inputs);
  const taps = cells([inputs], [1]);
  const places = Int32Array.of(0);
  const out = new Float32Array(weights.bias.length);
  const given = out.subarray(0, outputs);
  return {
    shape: [outputs],
    run(x) {
      doubles.set(x);
      weightedSums(doubles, places, taps, weights, out);
      return given;
    },
  };
}

/**
 * Where the cells of a grid lie, row-major.
 *
 * @param {number[]} counts along each axis
 * @param {number[]} steps from a cell to the next along each axis
 * @param {number} first where the first cell lies
 */
function cells(counts, steps, first = 0) {
  const all = new Int32Array(sizeOf(counts));
  for (let i = 0; i < all.length; i++) {
    let [rest, at] = [i, first];
    for (let axis = counts.length - 1; axis >= 0; axis--) {
      at += rest % counts[axis] * steps[axis];
      rest = Math.floor(rest / counts[axis]);
    }
    all[i] = at;
  }
  return all;
}
