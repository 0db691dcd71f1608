// What a layer costs: how many parameters it has, and how often it multiplies to read one digit.

/** @import { Spec } from "../../../engine/layers/layer.js" */

import { sizeOf } from "../../../engine/safetensors.js";

/**
 * A layer with weights. inputs: values that one output weighs, [channels, rows, columns] of a
 * kernel or [features]; places: how often a kernel is laid down, 1 for a linear layer.
 *
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} kind
 * @property {number} outputs
 * @property {number[]} inputs
 * @property {number[]} places
 * @property {number} parameters outputs x (inputs + 1): each has a weight for every input, and a bias
 * @property {number} multiplications outputs x inputs x places; a bias is only added
 */

/**
 * @typedef {object} Sizes
 * @property {number[]} channels how many maps each convolution gives, in order
 * @property {number} kernel the side of every convolution's kernel, odd: the padding is such that
 *   the maps keep their size
 */

/** A count as it is shown: 100,480. @param {number} count */
export const counted = (count) => count.toLocaleString("en");

/** @param {number[]} factors */
const product = (factors) => factors.map(counted).join(" × ");

/** How its parameters are counted. @param {Layer} layer */
export const parametersOf = ({ outputs, inputs }) =>
  `${counted(outputs)} × (${product(inputs)} + 1)`;

/** How its multiplications are. @param {Layer} layer */
export const multiplicationsOf = ({ outputs, inputs, places }) =>
  product([outputs, ...inputs, ...places]);

/** @param {Spec} stage */
export const isConvolution = ({ kind }) => kind === "Conv2d";

/** @param {Spec[]} stages @returns {Layer[]} those with weights */
export function layersOf(stages) {
  return stages.flatMap((stage) => {
    const { name, kind, shape, kernel_size = [] } = stage;
    const isConv = isConvolution(stage);
    if (!isConv && kind !== "Linear") return [];
    const inputs = isConv ? [stage.in_channels ?? 0, ...kernel_size] : [stage.in_features ?? 0];
    const places = isConv ? shape.slice(1) : [];
    const parameters = shape[0] * (sizeOf(inputs) + 1);
    const multiplications = shape[0] * sizeOf(inputs) * sizeOf(places);
    return [{ name, kind, outputs: shape[0], inputs, places, parameters, multiplications }];
  });
}

/**
 * The sizes that a network has, where all its kernels are of one odd size and keep the maps' size;
 * null where they are not.
 *
 * @param {Spec[]} stages
 * @returns {Sizes | null}
 */
export function sizesOf(stages) {
  const convolutions = stages.filter(isConvolution);
  if (!convolutions.length) return null;
  const [kernel] = convolutions[0].kernel_size ?? [];
  const keeps = convolutions.every(({ kernel_size = [], padding = [], stride = [] }) =>
    kernel_size.every((side) => side === kernel && side % 2 === 1) &&
    padding.every((side) => side === (kernel - 1) / 2) && stride.every((step) => step === 1)
  );
  return keeps ? { channels: convolutions.map(({ shape }) => shape[0]), kernel } : null;
}

/**
 * The same network with other sizes, described: what follows a convolution follows suit.
 *
 * @param {Spec[]} stages of which `sizesOf` knows the sizes
 * @param {Sizes} sizes
 * @returns {Spec[]}
 */
export function resized(stages, { channels, kernel }) {
  let count = 0; // of the convolutions before
  let shape = stages[0].shape;
  return stages.map((stage) => {
    const before = shape;
    if (isConvolution(stage)) {
      shape = [channels[count++], ...stage.shape.slice(1)];
      const padding = [(kernel - 1) / 2, (kernel - 1) / 2];
      const out = { in_channels: before[0], out_channels: shape[0] };
      return { ...stage, ...out, kernel_size: [kernel, kernel], padding, shape };
    }
    if (stage.kind === "Linear") shape = stage.shape;
    else if (stage.kind === "Flatten") shape = [sizeOf(before)];
    else shape = before.length === 3 ? [before[0], ...stage.shape.slice(1)] : before;
    return stage.kind === "Linear" ? { ...stage, in_features: before[0] } : { ...stage, shape };
  });
}
