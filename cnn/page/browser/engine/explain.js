// How one value of one stage came about, in numbers that add up to it.

/**
 * @import { Stage } from "./described.js"
 * @import { Explanation, Patch, Pooled } from "./explanation.js"
 * @import { Network } from "./network.js"
 */

import { given, normalised, weightsOf } from "./given.js";
import { cellAt, windowAt, winnerOf } from "./window.js";

/**
 * The value that is asked for. x: what its stage was given, in the shape `from`.
 *
 * @typedef {object} Asked
 * @property {Network} network
 * @property {number} at index of its stage
 * @property {Stage} stage
 * @property {Float32Array} x
 * @property {number[]} from
 * @property {number} index among all values of its stage
 * @property {number} value
 */

/** @type {Record<string, (asked: Asked) => Explanation>} */
const KINDS = {
  Normalize: explainPixel,
  Conv2d: explainConvolution,
  ReLU: ({ x, index, value }) => ({ kind: "ReLU", input: x[index], value }),
  MaxPool2d: explainMaxPool,
  AvgPool2d: (asked) => ({ kind: "AvgPool2d", ...pooled(asked, 0) }),
  Flatten: ({ from, index, value }) => {
    return { kind: "Flatten", from: { index, ...cellAt(index, from) }, value };
  },
  Dropout: ({ stage, value }) => ({ kind: "Dropout", rate: stage.p ?? 0, value }),
  Linear: explainLinear,
  LogSoftmax: explainLogSoftmax,
};

/**
 * How the value at `index` of a stage came about. The arrays are its own, good beyond the next run;
 * only `kernel` is a view of the weights.
 *
 * `value` is what the stage shows: where the run muted it 0, while the rest says what it would be.
 *
 * @param {Network} network
 * @param {readonly Float32Array[]} maps as of `Network.run`
 * @param {number} stage index in network.stages
 * @param {number} index among all values of the stage, row-major
 * @returns {Explanation} throws a RangeError where the stage has no such value
 */
export function explain(network, maps, stage, index) {
  const value = maps[stage]?.[index];
  if (value === undefined) throw new RangeError(`stage ${stage} has no value ${index}`);
  const { [stage]: described, [Math.max(0, stage - 1)]: before } = network.stages;
  const x = stage === 0 ? maps[0] : given(network, maps, stage);
  const asked = { network, at: stage, stage: described, x, from: before.shape, index, value };
  return KINDS[described.kind](asked);
}

/** @param {Asked} asked @returns {Explanation} */
function explainPixel({ stage, value: pixel }) {
  const { mean = NaN, std = NaN } = stage;
  return { kind: "Normalize", pixel, mean, std, value: normalised(pixel, stage) };
}

/** @param {Asked} asked @returns {Explanation} */
function explainConvolution({ network, at, stage, x, from, index, value }) {
  const { channel, row, column } = cellAt(index, stage.shape);
  const { weight, bias } = weightsOf(network, at);
  const window = windowAt(stage, from, row, column);
  const [channels, height, width] = from;
  const size = window.places.length;
  /** @type {Patch[]} */
  const patches = Array.from({ length: channels }, (_, input) => {
    const start = (channel * channels + input) * size;
    const kernel = weight.subarray(start, start + size);
    return patchOf(input, x.subarray(input * height * width), window.places, kernel);
  });
  return { kind: "Conv2d", channel, row, column, window, bias: bias[channel], value, patches };
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
  return { channel, inside, inputs, kernel, products, sum: total(products) };
}

/** @param {Asked} asked @returns {Explanation} */
function explainMaxPool(asked) {
  const pool = pooled(asked, -Infinity);
  const [, height, width] = asked.from;
  const winner = winnerOf(asked.x, pool.channel * height * width, pool.window.places);
  return { kind: "MaxPool2d", ...pool, winner };
}

/** @param {Asked} asked @param {number} padding its value @returns {Pooled} */
function pooled({ stage, x, from, index, value }, padding) {
  const { channel, row, column } = cellAt(index, stage.shape);
  const window = windowAt(stage, from, row, column);
  const start = channel * from[1] * from[2];
  const cells = Array.from(window.places, (place) => {
    const inside = place >= 0;
    return inside
      ? { index: start + place, value: x[start + place], inside }
      : { index: -1, value: padding, inside };
  });
  return { channel, row, column, window, cells, value };
}

/** @param {Asked} asked @returns {Explanation} */
function explainLinear({ network, at, x, index: neuron, value }) {
  const { weight, bias } = weightsOf(network, at);
  const terms = Array.from(x, (input, index) => {
    const mine = weight[neuron * x.length + index];
    return { index, input, weight: mine, product: input * mine };
  });
  terms.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  return { kind: "Linear", neuron, bias: bias[neuron], value, terms };
}

/** @param {Asked} asked @returns {Explanation} */
function explainLogSoftmax({ x, index: digit, value }) {
  const logits = x.slice();
  const largest = Math.max(...logits);
  const exps = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = total(exps);
  const prob = exps[digit] / sum;
  return { kind: "LogSoftmax", digit, logits, largest, exps, sum, value, prob };
}

/** @param {Float32Array | Float64Array} values @returns {number} */
function total(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
