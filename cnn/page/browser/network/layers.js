// What the network is made of, as Python describes it: everything that the page says of a layer
// comes from here, and nothing knows a layer by its name.

/** @import { Word, WordValues } from "../shared/i18n.js" */

import { isWord } from "../shared/i18n.js";

/** @typedef {[vertical: number, horizontal: number]} Pair */

/**
 * The kernels of a convolution.
 *
 * @typedef {object} Kernels
 * @property {number[]} shape kernels, channels, height, width
 * @property {number} scale the largest value
 * @property {string} values base64 of float32
 */

/**
 * One layer. Which of the rest there is depends on its kind, and bears torch's names.
 *
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} kind the name of torch's class
 * @property {number[]} shape of what it gives: maps, height, width; or neurons
 * @property {number} scale the value, from zero either way, at which its colours end
 * @property {Kernels} [kernels]
 * @property {number} [in_channels]
 * @property {number} [out_channels]
 * @property {Pair} [kernel_size]
 * @property {Pair} [stride]
 * @property {Pair} [padding]
 * @property {number} [in_features]
 * @property {number} [out_features]
 */

/**
 * A layer in its network.
 *
 * @typedef {Layer & { before: Placed | null, start: number, size: number }} Placed before: the
 *   layer that it is fed by; start: where its values begin in an answer's maps; size: their number
 */

const IMAGE_SIDE = 28; // pixels of what the first layer is given
const NO_BREAK = "\u00a0"; // a space at which no line ends

/**
 * @param {Layer[]} layers
 * @returns {Placed[]}
 */
export function placed(layers) {
  /** @type {Placed | null} */
  let before = null;
  return layers.map((layer) => {
    const start = before ? before.start + before.size : 0;
    const size = layer.shape.reduce((product, n) => product * n, 1);
    return before = { ...layer, before, start, size };
  });
}

/** @param {Layer} layer */
export const isPooling = ({ kind }) => kind.endsWith("Pool2d");

/** @param {Layer} layer */
export const hasMaps = ({ shape }) => shape.length === 3;

/**
 * Whether nothing that the layer gives is below zero.
 *
 * @param {Placed} layer
 * @returns {boolean}
 */
export const isPositive = (layer) =>
  layer.kind === "ReLU" || (isPooling(layer) && layer.before !== null && isPositive(layer.before));

/**
 * The layers in blocks: each ends with its pooling, and what remains is fully connected.
 *
 * @param {Placed[]} layers
 */
export function blocksOf(layers) {
  /** @type {Placed[][]} */
  const blocks = [];
  for (const layer of layers) {
    if (!layer.before || isPooling(layer.before)) blocks.push([]);
    blocks[blocks.length - 1].push(layer);
  }
  return blocks;
}

/**
 * @param {Placed[]} block
 * @param {number} n counts the blocks from 1
 * @returns {{ key: Word, values: WordValues }}
 */
export function titleOf(block, n) {
  const last = block[block.length - 1];
  if (!hasMaps(last)) return { key: "block.vectors", values: {} };
  const side = pair([IMAGE_SIDE, IMAGE_SIDE]);
  return { key: "block.maps", values: { n, side, field: pair(receptiveField(last).side) } };
}

/**
 * How much of the image one value of the layer sees, and how far apart its neighbours look: a kernel
 * of F sees F - 1 of those steps more than one value before it, and a stride of S makes the steps S
 * times as long.
 *
 * @param {Placed | null} layer null: the image itself
 * @returns {{ side: Pair, step: Pair }} in pixels
 */
export function receptiveField(layer) {
  if (!layer) return { side: [1, 1], step: [1, 1] };
  const { side, step } = receptiveField(layer.before);
  const { kernel_size: kernel = [1, 1], stride = [1, 1] } = layer;
  return {
    side: [side[0] + (kernel[0] - 1) * step[0], side[1] + (kernel[1] - 1) * step[1]],
    step: [step[0] * stride[0], step[1] * stride[1]],
  };
}

/**
 * The words for a layer: by its kind, with its numbers.
 *
 * @param {Placed} layer
 * @param {boolean} isOutputs whether it is the one that gives the logits
 * @returns {{ title: Word | null, sentence: Word | null, values: WordValues }} null: there is no
 *   word for its kind
 */
export function wordsOf(layer, isOutputs) {
  const title = isOutputs ? "layer.outputs" : `layer.${layer.kind}`;
  const sentence = `${title}.${variantOf(layer, isOutputs)}`;
  return {
    title: isWord(title) ? title : null,
    sentence: isWord(sentence) ? sentence : null,
    values: valuesOf(layer),
  };
}

/** @param {Placed} layer @param {boolean} isOutputs */
function variantOf({ in_channels, in_features, before }, isOutputs) {
  if (in_channels === 1) return "single";
  if (in_features && before && hasMaps(before) && !isOutputs) return "flattened";
  return "words";
}

/**
 * @param {Placed} layer
 * @returns {WordValues}
 */
function valuesOf(layer) {
  const { in_channels, in_features, out_channels, out_features, before, shape } = layer;
  return {
    in: in_channels ?? in_features ?? 0,
    out: out_channels ?? out_features ?? 0,
    kernel: pair(layer.kernel_size),
    stride: step(layer.stride),
    padding: step(layer.padding),
    from: pair(before?.shape.slice(1)),
    to: pair(shape.slice(1)),
  };
}

/** @param {number[]} sides */
const pair = (sides = []) => sides.join(`${NO_BREAK}×${NO_BREAK}`);

/** @param {Pair} [sides] one number, where both are the same */
const step = (sides) => sides && sides[0] === sides[1] ? `${sides[0]}` : pair(sides);
