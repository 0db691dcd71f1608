// Why one digit and not another: the difference of their logits, neuron by neuron.

/** @import { Network } from "./network.js" */

import { tensorOf } from "./layers/layer.js";

/**
 * What a neuron adds to the difference: contribution = activation * weight. weight: towards the one
 * digit, less that towards the other.
 *
 * @typedef {{ neuron: number, activation: number, weight: number, contribution: number }} Reason
 */

/**
 * difference = bias + the sum of all contributions.
 *
 * @typedef {object} Comparison
 * @property {number} stage index of the stage whose values the neurons are: it feeds the logits
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
