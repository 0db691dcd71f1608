// The network's stages as they are laid out and spoken of. All of it comes from their description:
// nothing knows a stage by its name.

/**
 * @import { Spec } from "../engine/layers/layer.js"
 * @import { LoadedNetwork } from "../shared/network.js"
 * @import { Sign } from "../shared/scales.js"
 */

import { roundedUp, signOf } from "../shared/scales.js";

/**
 * The kernels of a convolution.
 *
 * @typedef {object} Kernels
 * @property {number[]} shape kernels, channels, height, width
 * @property {Float32Array} values
 * @property {Float32Array} biases
 * @property {number} end of their colours, from zero either way, the same for all
 */

/**
 * A stage in its network. Its maps are `count` pictures of `height` x `width` values; values that
 * form no maps are laid out as one picture.
 *
 * @typedef {object} Layout
 * @property {number} index which stage, counted from 0
 * @property {Placed | null} before the stage that feeds it
 * @property {number} size number of its values
 * @property {number} count
 * @property {number} height
 * @property {number} width
 * @property {Sign} sign on which side of zero its values are
 * @property {number} rest where its scale ends unless a value needs more, as of `endOf`
 * @property {Kernels | null} kernels
 */

/** @typedef {Spec & Layout} Placed */

const MOST_BARS = 16; // so few values are shown as bars, not as a picture
const NEURONS_ACROSS = 16;

/**
 * @param {LoadedNetwork} loaded
 * @returns {Placed[]}
 */
export function placed({ network, scales, tensors }) {
  /** @type {Placed | null} */
  let before = null;
  return network.stages.map((stage, index) => {
    const size = stage.shape.reduce((product, n) => product * n, 1);
    const [count, height, width] = hasMaps(stage)
      ? stage.shape
      : [1, ...sidesOf(stage, size, before)];
    const kernels = stage.kind === "Conv2d" ? kernelsOf(stage, tensors) : null;
    const [sign, rest] = [signOf(network.stages, index), scales[index]];
    return before = { ...stage, index, before, size, count, height, width, sign, rest, kernels };
  });
}

/**
 * Flattened maps keep a row for each map; what came of them is sixteen across.
 *
 * @param {Spec} stage
 * @param {number} size
 * @param {Placed | null} before
 * @returns {[height: number, width: number]}
 */
function sidesOf({ kind }, size, before) {
  if (before && size === before.size && (kind === "Flatten" || kind === "Dropout")) {
    return hasMaps(before)
      ? [before.count, before.height * before.width]
      : [before.height, before.width];
  }
  const across = Math.min(size, NEURONS_ACROSS);
  return [Math.ceil(size / across), across];
}

/**
 * @param {Spec} stage
 * @param {LoadedNetwork["tensors"]} tensors
 * @returns {Kernels}
 */
function kernelsOf({ name }, tensors) {
  const weight = tensors.get(`${name}.weight`);
  const bias = tensors.get(`${name}.bias`);
  if (!weight || !bias) throw new TypeError(`no weight and bias for ${name}`);
  const most = weight.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const end = roundedUp(most) || 1;
  return { shape: weight.shape, values: weight.data, biases: bias.data, end };
}

/** @param {{ shape: number[] }} stage */
export const hasMaps = ({ shape }) => shape.length === 3;

/** @param {Placed} stage */
export const hasBars = (stage) => !hasMaps(stage) && stage.size <= MOST_BARS;

/**
 * The stages in rows: each convolution begins a row, the first one beside the input; the last row
 * has the stages without maps.
 *
 * @param {Placed[]} stages
 */
export function rowsOf(stages) {
  /** @type {Placed[][]} */
  const rows = [];
  for (const stage of stages) {
    const { before, kind } = stage;
    const begins = !before || (hasMaps(before) && !hasMaps(stage)) ||
      (kind === "Conv2d" && before.before !== null);
    if (begins) rows.push([]);
    rows[rows.length - 1].push(stage);
  }
  return rows;
}

/** How many maps of a stage stand side by side, at most four high. @param {Placed} stage */
export function columnsOf({ count }) {
  const high = count <= 4 ? 1 : count <= 8 ? 2 : 4;
  return Math.ceil(count / high);
}

/**
 * How much of the digit one value of the stage sees, and how far apart its neighbours look: a
 * kernel of F sees F - 1 of those steps more than one value before it, and a stride of S makes the
 * steps S times as long.
 *
 * @param {Placed} stage
 * @returns {{ side: number[], step: number[] }} in pixels
 */
export function receptiveField({ before, kernel_size: kernel = [1, 1], stride = [1, 1] }) {
  if (!before) return { side: [1, 1], step: [1, 1] };
  const { side, step } = receptiveField(before);
  return {
    side: side.map((pixels, axis) => pixels + (kernel[axis] - 1) * step[axis]),
    step: step.map((pixels, axis) => pixels * stride[axis]),
  };
}

/** How many values wide the frame is that sees padding. @param {Placed} stage */
export const frameOf = ({ kind, padding = [0, 0], stride = [1, 1] }) =>
  kind === "Conv2d" ? padding.map((pixels, axis) => Math.ceil(pixels / stride[axis])) : [0, 0];

/** Its weights and biases. @param {Placed} stage */
export function parametersOf({ kind, size, kernels, in_features: inputs = 0 }) {
  if (kernels) return kernels.values.length + kernels.biases.length;
  return kind === "Linear" ? size * (inputs + 1) : 0;
}

/** Whether its picture has a row for each of the maps that it flattens. @param {Placed} stage */
export const isFlattened = ({ kind, before }) =>
  (kind === "Flatten" || kind === "Dropout") && before !== null &&
  (hasMaps(before) || before.kind === "Flatten");

/** Whether its values are those of neurons. @param {Placed} stage */
export const isNeurons = ({ kind, before, ...stage }) =>
  !hasMaps(stage) && (kind === "Linear" || (kind === "ReLU" && before?.kind === "Linear"));
