// The network, loaded: its weights, its card, and how bright its colours are.

import { Network } from "../engine/network.js";
import { readSafetensors, WeightsError } from "../engine/safetensors.js";
import { digitFromStrokes } from "../engine/strokes.js";
import { CANVAS } from "./drawing.js";
import { roundedUp } from "./scales.js";

/**
 * @typedef {ReturnType<typeof readSafetensors> & { network: Network, scales: number[] }} LoadedNetwork
 *   scales: for each stage where its scale ends, from zero either way, unless a value needs more
 */

/**
 * @param {URL} url of a safetensors file
 * @param {{ strokes: number[][] }[]} examples the drawings that set the scales
 * @returns {Promise<LoadedNetwork>} rejected with WeightsError, or as `fetch` does
 */
export async function loadNetwork(url, examples) {
  const response = await fetch(url);
  if (!response.ok) throw new WeightsError("missing", `no weights at ${url}`);
  const weights = readSafetensors(await response.arrayBuffer());
  const network = new Network(weights.card.architecture, weights.tensors);
  return { ...weights, network, scales: scalesOf(network, examples) };
}

/**
 * A stage's scale reaches as far as the largest value that the project's own examples excite in it,
 * the same for nearly every drawing: a quiet map looks quiet, and nothing flickers.
 *
 * @param {Network} network
 * @param {{ strokes: number[][] }[]} examples
 */
function scalesOf(network, examples) {
  const scales = network.stages.map(() => 0);
  for (const { strokes } of examples) {
    const digit = digitFromStrokes(strokes, CANVAS);
    if (!digit) continue;
    network.run(digit).forEach((values, stage) => {
      for (const value of values) scales[stage] = Math.max(scales[stage], Math.abs(value));
    });
  }
  return scales.map((most) => roundedUp(most) || 1); // a dead stage has nothing to colour
}
