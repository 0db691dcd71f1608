// How the network reads a digit that was prepared in some way.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/network.js"
 */

import { Network } from "../../../engine/network.js";
import { isSilent } from "../../../engine/reader.js";
import { store } from "../../../shared/store.js";

/** silent: no neuron fired, so nothing was read. @typedef {{ digit: number, prob: number, silent: boolean }} Read */

/**
 * @param {LoadedNetwork} loaded
 * @param {boolean} normalises whether the pixels are normalised first, as they are in training
 * @returns {(digit: Float32Array) => Read}
 */
export function readerOf({ card, tensors }, normalises = true) {
  const stages = /** @type {any[]} */ (card.architecture).map((stage) =>
    stage.kind === "Normalize" && !normalises ? { ...stage, mean: 0, std: 1 } : stage
  );
  const network = new Network(stages, tensors);
  return (digit) => {
    const maps = network.run(digit);
    const probs = Array.from(maps[maps.length - 1], Math.exp);
    const prob = Math.max(...probs);
    return { digit: probs.indexOf(prob), prob, silent: isSilent(network, maps) };
  };
}

/**
 * The strokes of the digit that the page shows; null for a picture, or where nothing is drawn.
 *
 * @param {Answer} answer
 * @returns {number[][] | null}
 */
export function strokesOf({ blank, digits, followed }) {
  const { strokes, picture } = store.get("drawing");
  const own = digits[followed]?.strokes;
  if (blank || picture || !own?.length || own.some((i) => !strokes[i])) return null;
  return own.map((i) => strokes[i].points);
}
