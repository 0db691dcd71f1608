// A network in training: batches of digits with their labels, forward, back, and a step downhill.

/**
 * @import { Optimizer, Parameter } from "./optimizers.js"
 * @import { Spec } from "./layers/layer.js"
 * @import { Tensor, Tensors } from "./safetensors.js"
 * @import { Learner, Run } from "./training/layer.js"
 */

import { isShape, tensorOf, unfit } from "./layers/layer.js";
import { OPTIMIZERS } from "./optimizers.js";
import { randomOf } from "./random.js";
import { sizeOf } from "./safetensors.js";
import { PIXELS } from "./strokes.js";
import { learningKindOf } from "./training/kinds.js";

const DIGIT = [1, PIXELS, PIXELS];

/** The network's numbers are no longer finite; the message says what to do. */
export class DivergedError extends Error {
  constructor() {
    super(
      "the steps were too long: the network's numbers have grown beyond all bounds; take a lower " +
        "rate (the weights are again the last good ones)",
    );
    this.name = "DivergedError";
  }
}

/**
 * How to train. tensors: the weights to begin with, which are copied; default: at random, as torch
 * draws them. seed: of these and of what dropout drops: the same seed gives the same bits. rate: the
 * length of a step. dropout: the rate of every dropout layer, in [0, 1]; default: each layer's own.
 * smoothing: the share of a label that belongs to all classes alike, in [0, 1]. shape: of what the
 * first layer is given for a digit; default: the digit's pixels. A network's last layers alone are
 * given the maps before them.
 *
 * @typedef {object} Options
 * @property {Tensors} [tensors]
 * @property {number} [seed]
 * @property {keyof typeof OPTIMIZERS} optimizer
 * @property {number} rate
 * @property {number} [dropout]
 * @property {number} [smoothing]
 * @property {number[]} [shape]
 */

export class Trainer {
  #architecture;
  #options;
  #random;
  #tensors;
  #lastGood; // the weights that gave the last finite loss
  /** @type {Tensors} */
  #gradients = new Map();
  /** @type {Parameter[]} */
  #parameters = [];
  /** @type {Optimizer} */
  #optimizer;
  #first; // index of the first layer that learns: further back no gradient is needed
  #capacity = 0; // how many digits the layers have room for
  /** @type {Learner[]} */
  #layers = [];
  #seed = new Float32Array(); // the gradient of the loss by each log-probability

  /**
   * Throws a WeightsError where the architecture makes no network, or the tensors do not fit it.
   *
   * @param {Spec[]} architecture as the card of a weights file has it
   * @param {Options} options
   */
  constructor(architecture, options) {
    this.#architecture = poolingFirst(architecture);
    this.#options = options;
    this.#random = randomOf(options.seed ?? 0);
    this.#tensors = options.tensors
      ? ownTensors(architecture, () => 0, options.tensors)
      : ownTensors(architecture, this.#random);
    this.#lastGood = copied(this.#tensors);
    for (const spec of architecture) {
      for (const part of learningKindOf(spec).learns ?? []) {
        const name = `${spec.name}.${part}`;
        const weight = /** @type {Tensor} */ (this.#tensors.get(name));
        const gradient = { shape: weight.shape, data: new Float32Array(weight.data.length) };
        this.#gradients.set(name, gradient);
        this.#parameters.push({ weight, gradient });
      }
    }
    this.#optimizer = OPTIMIZERS[options.optimizer](this.#parameters);
    this.#first = this.#architecture.findIndex((spec) => learningKindOf(spec).learns);
    this.#makeRoom(1);
  }

  /**
   * Learn from a batch: one step of the weights.
   *
   * Throws a DivergedError where loss or weights are no longer finite. The weights are then those of
   * the last finite loss, and the optimiser begins anew.
   *
   * @param {Float32Array} digits (count, 784), ink 1, paper 0
   * @param {Uint8Array} labels (count)
   * @returns {{ loss: number, right: number }} the mean loss, and how many digits were read right;
   *   both before the step, with what dropout dropped
   */
  step(digits, labels) {
    const run = { count: labels.length, isLearning: true };
    if (run.count === 0 || digits.length !== run.count * sizeOf(this.#shape)) {
      throw new RangeError(`${digits.length} pixels are not ${run.count} digits, one or more`);
    }
    const classes = this.#classes;
    const unknown = labels.find((label) => label >= classes);
    if (unknown !== undefined) throw new RangeError(`${unknown} is not one of ${classes} classes`);
    this.#makeRoom(run.count);
    const result = this.#compare(this.#forward(digits, run), labels);
    if (!Number.isFinite(result.loss)) throw this.#diverged();
    copy(this.#tensors, this.#lastGood);
    this.#backward(this.#seed, run, this.#first);
    this.#optimizer(this.#options.rate);
    if (!areFinite(this.#tensors)) throw this.#diverged();
    return result;
  }

  /**
   * What the network gives for digits, of which nothing is dropped.
   *
   * @param {Float32Array} digits (count, 784)
   * @returns {Float32Array} (count, classes) log-probabilities, good until the next call
   */
  read(digits) {
    const run = { count: digits.length / sizeOf(this.#shape), isLearning: false };
    this.#makeRoom(run.count);
    return this.#forward(digits, run);
  }

  /** The weights by their names; the next step changes them. @returns {Tensors} */
  tensors() {
    return this.#tensors;
  }

  /** The last step's gradients by the names of their weights. @returns {Tensors} */
  gradients() {
    return this.#gradients;
  }

  /**
   * How a reading of the digit, in which nothing is dropped, changes with each of its pixels.
   *
   * @param {Float32Array} digit (784)
   * @param {Float32Array} seed how much each log-probability counts; for that of one class a 1
   *   among zeros
   * @returns {Float32Array} (784) the gradient of the log-probabilities' sum, counted like that
   */
  inputGradient(digit, seed) {
    const run = { count: 1, isLearning: false };
    this.#forward(digit, run);
    return this.#backward(seed, run, 0).slice(0, digit.length);
  }

  get #shape() {
    return this.#options.shape ?? DIGIT;
  }

  get #classes() {
    return this.#architecture[this.#architecture.length - 1].shape[0];
  }

  /** @param {number} count of digits */
  #makeRoom(count) {
    if (count <= this.#capacity) return;
    this.#capacity = count;
    const training = {
      ...{ tensors: this.#tensors, gradients: this.#gradients, capacity: count },
      ...{ random: this.#random, dropout: this.#options.dropout },
    };
    let shape = this.#shape;
    this.#layers = this.#architecture.map((spec, index) => {
      const layer = learningKindOf(spec).make(spec, shape, training, index === this.#first);
      if (!isShape(layer.shape, spec.shape)) throw unfit(spec, `gives ${layer.shape}`);
      shape = layer.shape;
      return layer;
    });
    const last = this.#architecture[this.#layers.length - 1];
    if (last?.kind !== "LogSoftmax") throw unfit(last, "gives no log-probabilities");
    this.#seed = new Float32Array(count * sizeOf(shape));
  }

  /** @param {Float32Array} digits @param {Run} run @returns {Float32Array} log-probabilities */
  #forward(digits, run) {
    return this.#layers.reduce((x, layer) => layer.forward(x, run), digits);
  }

  /** @param {Float32Array} dy of the last layer @param {Run} run @param {number} first layer */
  #backward(dy, run, first) {
    return this.#layers.slice(first).reduceRight((dx, layer) => layer.backward(dx, run), dy);
  }

  /**
   * The loss, and its gradient into #seed.
   *
   * @param {Float32Array} logProbs
   * @param {Uint8Array} labels
   */
  #compare(logProbs, labels) {
    const { smoothing = 0 } = this.#options;
    const classes = this.#classes;
    let [loss, right] = [0, 0];
    labels.forEach((label, digit) => {
      const own = logProbs.subarray(digit * classes, (digit + 1) * classes);
      own.forEach((logProb, index) => {
        const target = (index === label ? 1 - smoothing : 0) + smoothing / classes;
        loss -= target * logProb / labels.length;
        this.#seed[digit * classes + index] = -target / labels.length;
      });
      if (own.indexOf(Math.max(...own)) === label) right++;
    });
    return { loss, right };
  }

  #diverged() {
    copy(this.#lastGood, this.#tensors);
    this.#optimizer = OPTIMIZERS[this.#options.optimizer](this.#parameters);
    return new DivergedError();
  }
}

/**
 * Max pooling before ReLU instead of after it: the same result from a quarter of the ReLUs.
 *
 * @param {Spec[]} architecture
 */
function poolingFirst(architecture) {
  const specs = [...architecture];
  for (let i = 1; i < specs.length; i++) {
    const [before, after] = [specs[i - 1], specs[i]];
    if (before.kind !== "ReLU" || after.kind !== "MaxPool2d") continue;
    specs.splice(i - 1, 2, after, { ...before, shape: after.shape });
  }
  return specs;
}

/**
 * A network's tensors, in the order of its layers: copies of those given, or new ones.
 *
 * @param {Spec[]} architecture
 * @param {() => number} random for the new ones
 * @param {Tensors} [given]
 * @returns {Tensors}
 */
function ownTensors(architecture, random, given) {
  const all = new Map();
  for (const spec of architecture) {
    const fresh = learningKindOf(spec).tensors?.(spec, random) ?? {};
    for (const [part, { shape, data }] of Object.entries(fresh)) {
      const own = given ? tensorOf(spec, part, shape, given).slice() : data;
      all.set(`${spec.name}.${part}`, { shape, data: own });
    }
  }
  return all;
}

/** @param {Tensors} tensors @returns {Tensors} */
const copied = (tensors) =>
  new Map(Array.from(tensors, ([name, { shape, data }]) => [name, { shape, data: data.slice() }]));

/** @param {Tensors} from @param {Tensors} to of the same names */
function copy(from, to) {
  for (const [name, { data }] of from) to.get(name)?.data.set(data);
}

/** A sum is finite only if every value is. @param {Tensors} tensors */
function areFinite(tensors) {
  let sum = 0;
  for (const { data } of tensors.values()) {
    for (let i = 0; i < data.length; i++) sum += data[i];
  }
  return Number.isFinite(sum);
}
