// A network, stage by stage, as cnn/model.py describes it and cnn/activations.py walks it.

/**
 * @import { Spec } from "./layers/layer.js"
 * @import { Tensors } from "./safetensors.js"
 */

/**
 * The channels that are switched off, or the neurons in a stage without maps, by the stage's index.
 * If the input's only channel (stage 0) is off, the network sees blank paper.
 *
 * @typedef {ReadonlyMap<number, ReadonlySet<number>>} Muted
 */

import { layerOf } from "./layers.js";
import { isShape } from "./layers/layer.js";
import { WeightsError } from "./safetensors.js";
import { PIXELS } from "./strokes.js";

const DIGIT = [1, PIXELS, PIXELS];

export class Network {
  #layers;

  /**
   * Throws a WeightsError where the two do not fit.
   *
   * @param {Record<string, any>} card architecture: the stages, the first is the input; classes: the
   *   names of what the network tells apart
   * @param {Tensors} tensors
   */
  constructor({ architecture, classes }, tensors) {
    /** the stages as they are described @type {Spec[]} */
    this.stages = checked(architecture);
    /** what it tells apart, in the order of what it gives @type {readonly string[]} */
    this.classes = named(classes);
    /** its weights by name, for code that looks inside the network @type {Tensors} */
    this.tensors = tensors;
    this.#layers = layersOf(this.stages, tensors);
    const { shape } = this.#layers[this.#layers.length - 1];
    if (!isShape(shape, [this.classes.length])) {
      const wanted = `one value for each of ${this.classes.length} classes`;
      throw new WeightsError("unfit", `the weights do not fit: they give ${shape}, not ${wanted}`);
    }
  }

  /** Compute with what the tensors hold now: their numbers have changed. */
  renew() {
    this.#layers = layersOf(this.stages, this.tensors);
  }

  /**
   * What every stage gives for a digit, in order; the first is the digit itself, not normalised.
   *
   * Stages that change nothing share an array.
   *
   * @param {Float32Array} digit 784 values, ink 1, paper 0
   * @param {Muted} [muted] what is switched off: it gives 0, and every stage after sees that
   * @returns {Float32Array[]}
   */
  run(digit, muted) {
    const seen = muted?.get(0)?.has(0) ? new Float32Array(digit.length) : digit;
    let x = seen;
    return this.#layers.map(({ forward }, index) => {
      const given = x;
      x = forward(given);
      if (index === 0) return seen;
      const units = muted?.get(index);
      // A stage that changes nothing returns the array of the stage before, which must stay as it
      // is.
      if (units) x = silence(x === given ? x.slice() : x, this.stages[index], units);
      return x;
    });
  }
}

/** @param {Spec[]} stages @param {Tensors} tensors */
function layersOf(stages, tensors) {
  let shape = DIGIT;
  return stages.map((spec) => {
    const layer = layerOf(spec, shape, tensors);
    shape = layer.shape;
    return layer;
  });
}

/**
 * Set some channels or neurons of a stage to 0.
 *
 * @param {Float32Array} values
 * @param {Spec} stage
 * @param {ReadonlySet<number>} units
 */
function silence(values, { shape }, units) {
  const size = values.length / shape[0];
  for (const unit of units) values.fill(0, unit * size, (unit + 1) * size);
  return values;
}

/** @param {unknown} classes @returns {string[]} */
function named(classes) {
  const isList = Array.isArray(classes) &&
    classes.every((name) => typeof name === "string" && name);
  if (!isList || classes.length < 2) {
    throw new WeightsError("unfit", "the card of the weights names no classes");
  }
  return classes;
}

/** @param {unknown} architecture @returns {Spec[]} */
function checked(architecture) {
  const isList = Array.isArray(architecture) && architecture.every((stage) => stage?.kind);
  if (!isList || architecture[0]?.kind !== "Normalize") {
    throw new WeightsError("unfit", "the card of the weights describes no network");
  }
  return architecture;
}
