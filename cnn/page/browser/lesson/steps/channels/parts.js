// A convolution taken apart: what each of the maps before adds to one map of what it gives.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Tensors } from "../../../engine/safetensors.js"
 */

import { layerOf } from "../../../engine/layers.js";

/**
 * The parts of one map. bias: what is added once they are summed.
 *
 * @typedef {object} Parts
 * @property {Float32Array[]} kernels one for each map before
 * @property {number} bias
 * @property {(maps: Float32Array) => Float32Array[]} run what each map before adds, one value for
 *   each of the new map's, in buffers that the next run fills anew; maps: all values of the stage
 *   before
 */

/**
 * Whether a kernel's middle cell lies on one cell of the map before: then it can do without the
 * others, as a 1 x 1 kernel.
 *
 * @param {Spec} stage a convolution
 */
export const hasMiddle = ({ kernel_size = [], padding = [] }) =>
  kernel_size.every((side, axis) => side % 2 === 1 && padding[axis] === (side - 1) / 2);

/**
 * @param {Spec} stage a convolution
 * @param {number[]} before the shape of what it is given
 * @param {Tensors} tensors of the whole network
 * @param {number} map which of its maps, counted from 0
 * @param {boolean} middle leave nothing of each kernel but its middle, a 1 x 1 kernel
 * @returns {Parts}
 */
export function partsOf(stage, [channels, ...sides], tensors, map, middle = false) {
  const { name, kernel_size: learned = [], shape } = stage;
  const size = learned[0] * learned[1];
  const weight = tensors.get(`${name}.weight`)?.data ?? new Float32Array(0);
  const kernels = Array.from({ length: channels }, (_, channel) => {
    const first = (map * channels + channel) * size;
    const kernel = weight.slice(first, first + size);
    return middle ? kernel.slice((size - 1) / 2, (size + 1) / 2) : kernel;
  });
  const one = {
    ...stage,
    in_channels: 1,
    out_channels: 1,
    shape: [1, ...shape.slice(1)],
    ...(middle && { kernel_size: [1, 1], padding: [0, 0] }),
  };
  const runs = kernels.map((data) => {
    const alone = new Map([
      [`${name}.weight`, { shape: [1, 1, ...one.kernel_size ?? []], data }],
      [`${name}.bias`, { shape: [1], data: new Float32Array(1) }],
    ]);
    return layerOf(one, [1, ...sides], alone).forward;
  });
  const area = sides[0] * sides[1];
  return {
    kernels,
    bias: tensors.get(`${name}.bias`)?.data[map] ?? 0,
    run: (maps) =>
      runs.map((run, channel) => run(maps.subarray(channel * area, (channel + 1) * area))),
  };
}

/**
 * The parts added up, with the bias: the map itself.
 *
 * @param {Float32Array[]} parts
 * @param {number} bias
 */
export function summed(parts, bias) {
  const sum = new Float32Array(parts[0].length);
  for (let i = 0; i < sum.length; i++) {
    let value = bias;
    for (const part of parts) value += part[i];
    sum[i] = value;
  }
  return sum;
}
