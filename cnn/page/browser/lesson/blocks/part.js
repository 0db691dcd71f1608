// A part of the network alone, for an exhibit that changes what goes into it.

/**
 * @import { Spec } from "../../engine/layers/layer.js"
 * @import { Tensors } from "../../engine/safetensors.js"
 * @import { Context } from "../step.js"
 */

import { layerOf } from "../../engine/layers.js";
import { windowsOf } from "../../engine/layers/window.js";
import { sizeOf } from "../../engine/safetensors.js";
import { decimal, rounded } from "../../shared/numbers.js";

/**
 * The stages from `first` up to but not including `end`: a function from what the first of them is
 * given to what each of them gives.
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

/**
 * The shape of the maps that some stages would give if all their poolings had windows of this size.
 *
 * @param {Spec[]} stages from the input on
 * @param {number} side of the windows; 1: nothing is pooled
 * @returns {number[] | null} null where the maps are too small for such windows
 */
export function pooledShape(stages, side) {
  let { shape } = stages[0];
  for (const stage of stages) {
    if (stage.kind === "Conv2d") {
      const { kernel_size: kernel = [], padding = [] } = stage;
      if (kernel.some((cells, axis) => cells > shape[axis + 1] + 2 * padding[axis])) return null;
      shape = [stage.shape[0], ...windowsOf(stage, shape).counts];
    } else if (stage.kind.endsWith("Pool2d")) {
      shape = [shape[0], Math.floor(shape[1] / side), Math.floor(shape[2] / side)];
      if (!sizeOf(shape)) return null;
    }
  }
  return shape;
}

/**
 * How far something was moved, in words: "left 1.0 px, up 3.0 px", never with a negative number.
 *
 * @param {Context} context
 * @param {number} right px
 * @param {number} down px
 * @param {number} [decimals]
 */
export function movedText({ t }, right, down, decimals = 0) {
  const parts = [
    { px: right, word: right < 0 ? "move.left" : "move.right" },
    { px: down, word: down < 0 ? "move.up" : "move.down" },
  ].filter(({ px }) => rounded(px, decimals))
    .map(({ px, word }) => t(word, { px: decimal(Math.abs(px), decimals) }));
  const [across, along] = parts;
  if (along) return t("move.both", { across, along });
  return across ?? t("move.none");
}
