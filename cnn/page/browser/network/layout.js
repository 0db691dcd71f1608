// How the network's stages are laid out and what they are called. All of it comes from their
// description: nothing here knows a stage by its name.

/**
 * @import { Spec } from "../engine/layers/layer.js"
 * @import { Sign } from "../shared/colors.js"
 * @import { Word, WordValues } from "../shared/i18n.js"
 * @import { LoadedNetwork } from "../shared/readings.js"
 * @import { Cell } from "../shared/store.js"
 * @import { Named } from "./equation.js"
 */

import { kindOf } from "../engine/layers.js";
import { roundedUp, signOf } from "../shared/colors.js";
import { isWord } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";

/**
 * The kernels of a convolution.
 *
 * @typedef {object} Kernels
 * @property {number[]} shape kernels, channels, height, width
 * @property {Float32Array} values
 * @property {Float32Array} biases
 * @property {number} end where their colours end, on either side of zero, the same for all
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
 * @property {readonly string[] | null} classes the name of each value, where it is that of a class:
 *   the logits, and what comes of them
 * @property {number} rest where its scale ends unless a value needs more: what `endOf` takes
 * @property {Kernels | null} kernels
 * @property {number} parameters how many it has learned
 */

/** @typedef {Spec & Layout} Placed */

const MAX_BARS = 16; // so few classes are shown as bars, not as a picture
const NEURONS_ACROSS = 16;

/**
 * @param {LoadedNetwork} loaded
 * @returns {Placed[]}
 */
export function placed({ network, scales, tensors }) {
  /** @type {Placed | null} */
  let before = null;
  const logits = network.stages.findLastIndex(({ kind }) => kind === "Linear");
  return network.stages.map((stage, index) => {
    const size = stage.shape.reduce((product, n) => product * n, 1);
    const [count, height, width] = hasMaps(stage)
      ? stage.shape
      : [1, ...sidesOf(stage, size, before)];
    const kernels = stage.kind === "Conv2d" ? kernelsOf(stage, tensors) : null;
    const [sign, rest] = [signOf(network.stages, index), scales[index]];
    const classes = index < logits ? null : network.classes;
    const place = { index, before, size, count, height, width };
    const parameters = parametersOf(stage, tensors);
    return before = { ...stage, ...place, sign, classes, rest, kernels, parameters };
  });
}

/**
 * Take the kernels, and where the scales end, from the same stages with other weights.
 *
 * @param {Placed[]} stages
 * @param {LoadedNetwork} loaded
 */
export function renew(stages, { scales, tensors }) {
  for (const stage of stages) {
    stage.rest = scales[stage.index];
    if (stage.kernels) Object.assign(stage.kernels, kernelsOf(stage, tensors));
  }
}

/**
 * Whether it has the same stages; their weights may differ.
 *
 * @param {LoadedNetwork | null} one
 * @param {LoadedNetwork} other
 */
export function isAlike(one, other) {
  const [mine, theirs] = [one, other].map((loaded) =>
    JSON.stringify([
      loaded?.network.classes,
      loaded?.network.stages.map((spec) => Object.entries(spec).sort()),
    ])
  );
  return mine === theirs;
}

/**
 * Flattened maps keep a row for each map; other values without maps are sixteen across.
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
  const { shape, data: values } = weight;
  return { shape, values, biases: bias.data, end: endOfKernels(values) };
}

/** @param {Float32Array} values */
const endOfKernels = (values) =>
  roundedUp(values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)) || 1;

/** @param {{ shape: number[] }} stage */
export const hasMaps = ({ shape }) => shape.length === 3;

/** @param {Placed} stage */
export const hasBars = ({ classes, size }) => classes !== null && size <= MAX_BARS;

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
 * kernel of size F sees F - 1 of those steps more than one value of the stage before, and a stride
 * of S makes the steps S times as long.
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

/** How wide, in values, the frame is in which values see padding. @param {Placed} stage */
export const frameOf = ({ kind, padding = [0, 0], stride = [1, 1] }) =>
  kind === "Conv2d" ? padding.map((pixels, axis) => Math.ceil(pixels / stride[axis])) : [0, 0];

/**
 * How many weights and biases a stage has learned.
 *
 * @param {Spec} stage
 * @param {LoadedNetwork["tensors"]} tensors
 */
function parametersOf({ name }, tensors) {
  const parts = ["weight", "bias"].map((part) => tensors.get(`${name}.${part}`)?.data.length ?? 0);
  return parts[0] + parts[1];
}

/** Whether its picture has a row for each of the maps that it flattens. @param {Placed} stage */
export const isFlattened = ({ kind, before }) =>
  (kind === "Flatten" || kind === "Dropout") && before !== null &&
  (hasMaps(before) || before.kind === "Flatten");

/** Whether its values are those of neurons. @param {Placed} stage @returns {boolean} */
export const isNeurons = (stage) =>
  stage.kind === "Linear" ||
  (kindOf(stage).isPointwise === true && stage.before !== null && isNeurons(stage.before));

// Where a value lies in the pictures of its stage, and what it is called.

/** Which picture of its stage a value is in, and where, counted from 0. */
/** @param {Placed} stage @param {number} index */
export function placeOf({ size, count, width }, index) {
  const area = size / count;
  const within = index % area;
  return {
    map: Math.floor(index / area),
    row: Math.floor(within / width),
    column: within % width,
  };
}

/**
 * What is switched off together with a value: its map or, in a stage without maps, just the value.
 *
 * @param {Placed} stage
 * @param {number} index
 */
export const unitOf = (stage, index) => hasMaps(stage) ? placeOf(stage, index).map : index;

/**
 * What a value is called.
 *
 * @param {Placed} stage
 * @param {number} index
 * @returns {Named}
 */
export function nameOfCell(stage, index) {
  const layer = stage.name;
  if (stage.classes) return { word: "cell.digit", values: { layer, digit: stage.classes[index] } };
  if (!hasMaps(stage)) {
    const word = isNeurons(stage) ? "cell.neuron" : "cell.value";
    return { word, values: { layer, neuron: index + 1 } };
  }
  return { word: "cell.map", values: { layer, ...counted(stage, index) } };
}

/**
 * The same in short, for where it is clear which stage is meant.
 *
 * @param {Placed} stage
 * @param {number} index
 * @returns {Named}
 */
export function shortNameOf(stage, index) {
  if (hasMaps(stage)) return { word: "cell.short", values: counted(stage, index) };
  const word = isNeurons(stage) ? "cell.short.neuron" : "cell.short.value";
  return { word, values: { neuron: index + 1 } };
}

/** @param {Placed} stage @param {number} index */
export function counted(stage, index) {
  const { map, row, column } = placeOf(stage, index);
  return { map: map + 1, row: row + 1, column: column + 1 };
}

/**
 * Where a value comes from: a value that Flatten and Dropout only passed on is the same as one in
 * the stage before them; any other value is its own origin.
 *
 * @param {Placed} stage
 * @param {number} index
 * @returns {{ stage: Placed, index: number }}
 */
export function originOf(stage, index) {
  const { before, kind } = stage;
  return before && (kind === "Flatten" || kind === "Dropout")
    ? originOf(before, index)
    : { stage, index };
}

/** @param {Cell | null} a @param {Cell | null} b */
export const isSame = (a, b) => a === b || (a?.stage === b?.stage && a?.index === b?.index);

// How the stages are described in words.

const NO_BREAK = "\u00a0"; // a space at which no line ends

/**
 * The words for a stage: by its kind, with its numbers. note: a few words, for a stage without maps
 * and for the input.
 *
 * @param {Placed} stage
 * @returns {{ title: Word | null, sentence: Word | null, note: Word | null, values: WordValues }}
 *   null: there are none for its kind
 */
export function wordsOf(stage) {
  const key = `layer.${stage.classes && stage.kind === "Linear" ? "outputs" : stage.kind}`;
  /** @param {string} word */
  const known = (word) => isWord(word) ? word : null;
  return {
    title: known(key),
    sentence: known(`${key}.${stage.in_channels === 1 ? "single" : "words"}`),
    note: known(`${key}.note`),
    values: valuesOf(stage),
  };
}

/**
 * @param {Placed} stage
 * @returns {WordValues}
 */
function valuesOf(stage) {
  const { in_channels, in_features, before, shape, mean = 0, std = 1, p = 0 } = stage;
  const first = before?.shape ?? shape;
  return {
    in: in_channels ?? in_features ?? before?.size ?? 0,
    out: shape[0],
    kernel: sides(stage.kernel_size),
    stride: step(stage.stride),
    padding: step(stage.padding),
    from: sides(first.slice(-2)),
    shape: sides(first),
    to: sides(shape.slice(-2)),
    mean: () => decimal(mean, 4),
    std: () => decimal(std, 4),
    rate: Math.round(100 * p),
    slope: stage.negative_slope ?? 0,
  };
}

/**
 * What one of its pictures is called.
 *
 * @param {Placed} stage
 * @param {"map.label" | "map.name"} word for a map
 * @returns {Word}
 */
export function nameOf(stage, word) {
  if (hasMaps(stage)) return word;
  return stage.kind === "Linear" ? "map.neurons" : "map.values";
}

/** @param {readonly number[]} [numbers] */
export const sides = (numbers = []) => numbers.join(`${NO_BREAK}×${NO_BREAK}`);

/** @param {number[]} [pair] one number, where both are the same */
const step = (pair) => pair && pair[0] === pair[1] ? `${pair[0]}` : sides(pair);
