// A network, stage by stage, as cnn/model.py describes it and cnn/activations.py walks it.

/**
 * @import { Stage } from "./described.js"
 * @import { Tensors } from "./safetensors.js"
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
   * @returns {Float32Array[]}
   */
  run(digit) {
    let x = digit;
    return this.#ready.map(({ run }, index) => {
      x = run(x);
      return index === 0 ? digit : x;
    });
  }
}

/** @param {unknown} architecture @returns {Stage[]} */
function checked(architecture) {
  const isList = Array.isArray(architecture) && architecture.every((stage) => stage?.kind);
  if (!isList || architecture[0]?.kind !== "Normalize") {
    throw new WeightsError("unfit", "the card of the weights describes no network");
  }
  return architecture;
}
