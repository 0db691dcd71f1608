// What a stage of a network was given, and what it weighs that with.

/**
 * @import { Network } from "./network.js"
 * @import { Stage } from "./described.js"
 */

/**
 * The values that a stage was given: what the stage before it gave. The stage after the input is
 * given the normalised digit, which is in no map: maps[0] is the digit itself.
 *
 * @param {Network} network
 * @param {readonly Float32Array[]} maps as of `Network.run`
 * @param {number} stage from 1 on
 */
export function given({ stages }, maps, stage) {
  return stage === 1 ? maps[0].map((pixel) => normalised(pixel, stages[0])) : maps[stage - 1];
}

/**
 * A pixel as the network computes with it. Paper is below zero; padding, added after, is zero.
 *
 * @param {number} pixel ink 1, paper 0
 * @param {Stage} input the stage of kind Normalize
 */
export const normalised = (pixel, { mean = NaN, std = NaN }) =>
  Math.fround((pixel - Math.fround(mean)) / Math.fround(std));

/** @param {Stage} stage */
export const hasWeights = ({ kind }) => kind === "Conv2d" || kind === "Linear";

/**
 * The weights of a convolution or linear stage, row-major, and its bias.
 *
 * @param {Network} network
 * @param {number} stage
 */
export function weightsOf({ stages, tensors }, stage) {
  const { name } = stages[stage];
  const [weight, bias] = ["weight", "bias"].map((part) => tensors.get(`${name}.${part}`)?.data);
  if (!weight || !bias) throw new RangeError(`stage ${stage}, ${name}, has no weights`);
  return { weight, bias };
}
