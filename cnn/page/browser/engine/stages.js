// What a stage of each kind does to one digit. PyTorch defines it.

/**
 * @import { Ready, Stage } from "./described.js"
 * @import { Tensors } from "./safetensors.js"
 */

import { isShape, room, unfit } from "./described.js";
import { averagePool, maxPool } from "./pool.js";
import { sizeOf } from "./safetensors.js";
import { convolution, linear } from "./weighted.js";

/**
 * How a stage of each kind is made ready. A new kind is one function more.
 *
 * @type {Record<string, (stage: Stage, shape: number[], tensors: Tensors) => Ready>}
 */
const KINDS = {
  Normalize: normalise,
  Conv2d: convolution,
  ReLU: relu,
  MaxPool2d: maxPool,
  AvgPool2d: averagePool,
  Flatten: (_, shape) => ({ shape: [sizeOf(shape)], run: (x) => x }),
  Dropout: (_, shape) => ({ shape, run: (x) => x }), // it drops in training only
  Linear: linear,
  LogSoftmax: logSoftmax,
};

/**
 * Make a stage ready. Throws a WeightsError where stage, input and tensors do not fit.
 *
 * @param {Stage} stage
 * @param {number[]} shape of what it is given
 * @param {Tensors} tensors of the whole network
 */
export function ready(stage, shape, tensors) {
  if (!Object.hasOwn(KINDS, stage.kind)) throw unfit(stage, "is of no kind that is known here");
  const made = KINDS[stage.kind](stage, shape, tensors);
  if (!isShape(made.shape, stage.shape)) {
    throw unfit(stage, `gives ${made.shape}, not ${stage.shape} as it is described`);
  }
  return made;
}

/** @param {Stage} stage @param {number[]} shape @returns {Ready} */
function normalise(stage, shape) {
  const [mean, std] = [Math.fround(stage.mean ?? NaN), Math.fround(stage.std ?? NaN)];
  if (!Number.isFinite(mean) || !(std > 0)) throw unfit(stage, "has no mean or no deviation");
  const out = new Float32Array(room(stage, shape));
  return {
    shape,
    run(x) {
      for (let i = 0; i < out.length; i++) out[i] = (x[i] - mean) / std;
      return out;
    },
  };
}

/** @param {Stage} stage @param {number[]} shape @returns {Ready} */
function relu(stage, shape) {
  const out = new Float32Array(room(stage, shape));
  return {
    shape,
    run(x) {
      for (let i = 0; i < out.length; i++) out[i] = Math.max(0, x[i]);
      return out;
    },
  };
}

/** @param {Stage} stage @param {number[]} shape @returns {Ready} */
function logSoftmax(stage, shape) {
  if (shape.length !== 1) throw unfit(stage, `cannot read ${shape}`);
  const out = new Float32Array(room(stage, shape));
  return {
    shape,
    run(x) {
      let most = -Infinity;
      for (const logit of x) most = Math.max(most, logit);
      let sum = 0; // of shares of the largest: so no exponential overflows
      for (const logit of x) sum += Math.exp(logit - most);
      const log = most + Math.log(sum);
      for (let i = 0; i < out.length; i++) out[i] = x[i] - log;
      return out;
    },
  };
}
