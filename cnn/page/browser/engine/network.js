// A network, stage by stage, as cnn/model.py describes it and cnn/activations.py walks it.

/**
 * @import { Stage } from "./described.js"
 * @import { Tensors } from "./safetensors.js"
 */

/**
 * Which channels, or of a stage without maps which neurons, are switched off, by the stage's index.
 * Where the input's own channel (stage 0) is, the network sees blank paper.
 *
 * @typedef {ReadonlyMap<number, ReadonlySet<number>>} Muted
 */

import { isShape } from "./described.js";
import { WeightsError } from "./safetensors.js";
import { ready } from "./stages.js";

const DIGIT = [1, 28, 28];

export class Network {
  #ready;

  /**
   * Throws a WeightsError where the two do not fit.
   *
   * @param {unknown} architecture the stages, as a card describes them; the first is the input
   * @param {Tensors} tensors
   */
  constructor(architecture, tensors) {
    /** the stages as they are described @type {Stage[]} */
    this.stages = checked(architecture);
    /** its weights by name, for those who look into it @type {Tensors} */
    this.tensors = tensors;
    let shape = DIGIT;
    this.#ready = this.stages.map((stage) => {
      const made = ready(stage, shape, tensors);
      shape = made.shape;
      return made;
    });
    if (!isShape(shape, [10])) {
      throw new WeightsError("unfit", `the weights do not fit: they give ${shape}, not ten digits`);
    }
  }

  /**
   * What every stage gives for a digit, in order; the first is the digit itself, not normalised.
   *
   * The values are those of the network's own buffers, which the next run fills anew: whoever keeps
   * them copies them. Stages that change nothing share one.
   *
   * @param {Float32Array} digit 784 values, ink 1, paper 0
   * @param {Muted} [muted] what is switched off: it gives 0, and every stage after sees that
   * @returns {Float32Array[]}
   */
  run(digit, muted) {
    const seen = muted?.get(0)?.has(0) ? new Float32Array(digit.length) : digit;
    let x = seen;
    return this.#ready.map(({ run }, index) => {
      const given = x;
      x = run(given);
      if (index === 0) return seen;
      const units = muted?.get(index);
      // A stage that changes nothing gives the buffer of the stage before, which is to stay.
      if (units) x = silence(x === given ? x.slice() : x, this.stages[index], units);
      return x;
    });
  }
}

/**
 * Set some channels or neurons of a stage to 0.
 *
 * @param {Float32Array} values
 * @param {Stage} stage
 * @param {ReadonlySet<number>} units
 */
function silence(values, { shape }, units) {
  const size = values.length / shape[0];
  for (const unit of units) values.fill(0, unit * size, (unit + 1) * size);
  return values;
}

/** @param {unknown} architecture @returns {Stage[]} */
function checked(architecture) {
  const isList = Array.isArray(architecture) && architecture.every((stage) => stage?.kind);
  if (!isList || architecture[0]?.kind !== "Normalize") {
    throw new WeightsError("unfit", "the card of the weights describes no network");
  }
  return architecture;
}
