// Conv2d: kernels slide over all channels of what they are given.

/**
 * @import { Kind } from "./layer.js"
 * @import { KernelWindow } from "./window.js"
 */

import { dotProducts, grid, pack } from "./dot-products.js";
import { sizeFor, tensorOf, unfit } from "./layer.js";
import { cellAt, underWindows, windowAt, windowsOf } from "./window.js";

/**
 * One channel of the kernel over its part of the input, row-major; in the padding (not inside) the
 * input is 0.
 *
 * @typedef {object} Patch
 * @property {number} channel of the input
 * @property {boolean[]} inside
 * @property {Float32Array} inputs for the first convolution: the normalised pixels
 * @property {Float32Array} kernel
 * @property {Float32Array} products inputs * kernel
 * @property {number} sum of the products
 */

/**
 * value = bias + the sum of the patches' sums. The window is where the kernel lies on the layer
 * before.
 *
 * @typedef {{ kind: "Conv2d", channel: number, row: number, column: number, window: KernelWindow,
 *   bias: number, value: number, patches: Patch[] }} ExplainedConvolution
 */

/** @type {Kind} */
export const Conv2d = {
  hasWeights: true,
  make(spec, shape, tensors) {
    const { in_channels: inputs, out_channels: outputs = 0 } = spec;
    const { kernel, stride, padding, counts } = windowsOf(spec, shape);
    if (shape[0] !== inputs) throw unfit(spec, `cannot read ${shape}`);
    const weights = pack(
      kernelsOf(spec, tensors),
      tensorOf(spec, "bias", [outputs], tensors),
    );
    const [height, width] = [shape[1] + 2 * padding[0], shape[2] + 2 * padding[1]];
    const padded = new Float64Array(sizeFor(spec, [inputs, height, width])); // its border stays 0
    const inner = grid(
      ...[[inputs, shape[1]], [height * width, width], padding[0] * width + padding[1]],
    );
    const taps = grid([inputs, ...kernel], [height * width, width, 1]);
    const places = grid(counts, [stride[0] * width, stride[1]]);
    sizeFor(spec, [outputs, ...counts]);
    return {
      shape: [outputs, ...counts],
      forward(x) {
        for (let row = 0, from = 0; row < inner.length; row++) {
          const to = inner[row] - from;
          for (const end = from + shape[2]; from < end; from++) padded[to + from] = x[from];
        }
        return dotProducts(padded, places, taps, weights);
      },
    };
  },
  explain({ spec, x, shape, tensors }, index, value) {
    const { channel, row, column } = cellAt(index, spec.shape);
    const window = windowAt(spec, shape, row, column);
    const kernels = kernelsOf(spec, tensors);
    const [channels, height, width] = shape;
    const size = window.places.length;
    /** @type {Patch[]} */
    const patches = Array.from({ length: channels }, (_, input) => {
      const start = (channel * channels + input) * size;
      const kernel = kernels.subarray(start, start + size);
      return patchOf(input, x.subarray(input * height * width), window.places, kernel);
    });
    const bias = tensorOf(spec, "bias", [spec.shape[0]], tensors)[channel];
    return { kind: "Conv2d", channel, row, column, window, bias, value, patches };
  },
  terms({ spec, x, shape, tensors, paper }, index, add) {
    const { channel, row, column } = cellAt(index, spec.shape);
    const { places } = windowAt(spec, shape, row, column);
    const kernels = kernelsOf(spec, tensors);
    const [channels, height, width] = shape;
    let at = channel * channels * places.length; // of the weights
    for (let input = 0; input < channels; input++) {
      for (const place of places) {
        const from = input * height * width + place;
        if (place >= 0) add(from, (x[from] - paper) * kernels[at]);
        at++;
      }
    }
  },
  field: underWindows,
};

/**
 * All kernels, (out_channels, in_channels, height, width), row-major.
 *
 * @param {import("./layer.js").Spec} spec
 * @param {import("../safetensors.js").Tensors} tensors
 */
function kernelsOf(spec, tensors) {
  const { in_channels: inputs = 0, out_channels: outputs = 0, kernel_size: kernel = [] } = spec;
  return tensorOf(spec, "weight", [outputs, inputs, ...kernel], tensors);
}

/**
 * @param {number} channel
 * @param {Float32Array} map
 * @param {Int32Array} places
 * @param {Float32Array} kernel
 * @returns {Patch}
 */
function patchOf(channel, map, places, kernel) {
  const inputs = Float32Array.from(places, (place) => place < 0 ? 0 : map[place]);
  const products = inputs.map((input, cell) => input * kernel[cell]);
  const inside = Array.from(places, (place) => place >= 0);
  const sum = products.reduce((all, product) => all + product, 0);
  return { channel, inside, inputs, kernel, products, sum };
}
