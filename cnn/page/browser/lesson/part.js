// A part of the network alone, for an exhibit that changes what goes into it.

/**
 * @import { Spec } from "../engine/layers/layer.js"
 * @import { Tensors } from "../engine/safetensors.js"
 */

import { layerOf } from "../engine/layers.js";

/**
 * The stages from `first` up to but not including `end`: a function from what the first of them is
 * given to what each of them gives, in buffers that the next call fills anew.
 *
 * @param {Spec[]} stages of the whole network
 * @param {number} first
 * @param {number} end
 * @param {Tensors} tensors
 */
export function partOf(stages, first, end, tensors) {
  let { shape } = stages[Math.max(0, first - 1)];
  const runs = stages.slice(first, end).map((stage) => {
    const made = layerOf(stage, shape, tensors);
    shape = made.shape;
    return made.forward;
  });
  /** @param {Float32Array} x */
  return (x) => runs.map((run) => x = run(x));
}
