// How the numbers of a stage are made, one value at a time: its sum, and what lies under a kernel or
// what a neuron weighs.

/**
 * @import { Cell } from "../shared/store.js"
 * @import { Explainer } from "./explainer.js"
 * @import { Placed } from "./stages.js"
 */

import { accountOf } from "./account.js";
import { contributions } from "./contributions.js";
import { patches } from "./patches.js";
import { sumView } from "./sum.js";

export const TALL = 20; // values: below so high a picture is no room for a sum
const KERNEL_WIDE = 470; // px: inputs, kernel and products, or four channels, beside each other
const KERNELS_WIDE = 691; // with the sum beside them
const CONTRIBUTIONS_WIDE = 425; // with the sum beside them
const SUM_WIDE = 290;

/**
 * @param {Explainer} explainer
 * @param {Placed} stage
 * @param {number} map
 */
export function workingsOf(explainer, stage, map) {
  // What ReLU is given was summed up by the stage before: that is the longer story.
  const summing = stage.kind === "ReLU" && stage.before ? stage.before : stage;
  const picture = summing.kernels
    ? patches(summing, map, explainer)
    : summing.kind === "Linear"
    ? contributions(summing, explainer.network)
    : null;
  const sum = sumView();
  return {
    sum: sum.element,
    picture: picture?.element ?? null,
    width: widthOf(summing), // px that all takes at best
    /** @param {Cell} cell of the stage */
    paint(cell) {
      picture?.paint(explainer.explain({ stage: summing.index, index: cell.index }));
      sum.paint(accountOf(explainer, cell));
    },
    /** The theme or the language has changed. */
    describe: () => picture?.describe(),
  };
}

/** @param {Placed} summing */
function widthOf({ kernels, kind, height }) {
  if (kernels) return height >= TALL ? KERNEL_WIDE : KERNELS_WIDE;
  return kind === "Linear" ? CONTRIBUTIONS_WIDE : SUM_WIDE;
}
