// How a value of a layer came about, and which part of the layers before it the value depends on.

/**
 * @import { Explanation } from "./layers.js"
 * @import { Given, Rect } from "./layers/layer.js"
 * @import { Network } from "./network.js"
 */

import { kindOf } from "./layers.js";
import { cellRect, tensorOf } from "./layers/layer.js";
import { normaliserOf } from "./layers/normalisation.js";

/**
 * How the value at `index` of a stage came about, in numbers that add up to it.
 *
 * `value` is what the stage shows: 0 where it was muted, while the rest says what it would be.
 *
 * @param {Network} network
 * @param {readonly Float32Array[]} maps as returned by `Network.run`
 * @param {number} stage index in network.stages
 * @param {number} index among all values of the stage, row-major
 * @returns {Explanation} throws a RangeError where the stage has no such value
 */
export function explain(network, maps, stage, index) {
  const value = maps[stage]?.[index];
  if (value === undefined) throw new RangeError(`stage ${stage} has no value ${index}`);
  return kindOf(network.stages[stage]).explain(givenTo(network, maps, stage), index, value);
}

/**
 * What a stage was given. The stage after the input is given the normalised digit, which is in no
 * map: maps[0] is the digit itself.
 *
 * @param {Network} network
 * @param {readonly Float32Array[]} maps as returned by `Network.run`
 * @param {number} stage
 * @returns {Given}
 */
export function givenTo({ stages, tensors }, maps, stage) {
  const normalise = normaliserOf(stages[0]);
  const isUnweighed = !stages.slice(1, stage).some((spec) => kindOf(spec).hasWeights);
  return {
    spec: stages[stage],
    x: stage === 1 ? maps[0].map(normalise) : maps[Math.max(0, stage - 1)],
    shape: stages[Math.max(0, stage - 1)].shape,
    tensors,
    paper: isUnweighed ? Math.fround(normalise(0)) : 0,
  };
}

/**
 * The receptive field: the smallest rectangle in every stage up to `stage` on which the cell
 * depends, in all channels, without the padding: [0] is in the digit, [stage] the cell itself.
 * null: it sees nothing but padding.
 *
 * @param {Network} network
 * @param {number} stage index in network.stages
 * @param {number} row
 * @param {number} column
 * @returns {(Rect | null)[]}
 */
export function receptiveField({ stages }, stage, row, column) {
  const rects = [/** @type {Rect | null} */ (cellRect(row, column))];
  for (let at = stage; at > 0; at--) {
    const [seen] = rects;
    rects.unshift(seen && kindOf(stages[at]).field(stages[at], stages[at - 1].shape, seen));
  }
  return rects;
}

// Why one digit and not another: the difference of their logits, neuron by neuron.

/**
 * What a neuron adds to the difference: contribution = activation * weight. weight: its weight for
 * the one digit minus its weight for the other.
 *
 * @typedef {{ neuron: number, activation: number, weight: number, contribution: number }} Reason
 */

/**
 * difference = bias + the sum of all contributions.
 *
 * @typedef {object} Comparison
 * @property {number} stage index of the stage with these neurons, the one that feeds the logits
 * @property {number} difference the logit of the one digit less that of the other
 * @property {number} bias of the one less that of the other
 * @property {Reason[]} neurons the strongest first, for (above 0) or against
 */

/**
 * Why the network says one digit rather than another.
 *
 * @param {Network} network
 * @param {readonly Float32Array[]} maps as returned by `Network.run`
 * @param {number} digit
 * @param {number} other
 * @returns {Comparison}
 */
export function whyNot(network, maps, digit, other) {
  const logits = network.stages.findLastIndex(({ kind }) => kind === "Linear");
  const spec = network.stages[logits];
  const activations = maps[logits - 1];
  const digits = spec.shape[0];
  const weight = tensorOf(spec, "weight", [digits, activations.length], network.tensors);
  const bias = tensorOf(spec, "bias", [digits], network.tensors);
  const [mine, others] = [digit, other].map((row) => row * activations.length);
  const neurons = Array.from(activations, (activation, neuron) => {
    const towards = weight[mine + neuron] - weight[others + neuron];
    return { neuron, activation, weight: towards, contribution: activation * towards };
  });
  neurons.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return {
    stage: logits - 1,
    difference: maps[logits][digit] - maps[logits][other],
    bias: bias[digit] - bias[other],
    neurons,
  };
}
