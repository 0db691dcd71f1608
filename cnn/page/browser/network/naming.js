// How the stages are spoken of.

/**
 * @import { Word, WordValues } from "../shared/i18n.js"
 * @import { Placed } from "./stages.js"
 */

import { isWord } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";
import { hasBars, hasMaps } from "./stages.js";

const NO_BREAK = "\u00a0"; // a space at which no line ends

/**
 * The words for a stage: by its kind, with its numbers. note: a few words, for a stage without maps
 * and for the input.
 *
 * @param {Placed} stage
 * @returns {{ title: Word | null, sentence: Word | null, note: Word | null, values: WordValues }}
 *   null: there are none for its kind
 */
export function wordsOf(stage) {
  const key = `layer.${hasBars(stage) && stage.kind === "Linear" ? "outputs" : stage.kind}`;
  /** @param {string} word */
  const known = (word) => isWord(word) ? word : null;
  return {
    title: known(key),
    sentence: known(`${key}.${stage.in_channels === 1 ? "single" : "words"}`),
    note: known(`${key}.note`),
    values: valuesOf(stage),
  };
}

/**
 * @param {Placed} stage
 * @returns {WordValues}
 */
function valuesOf(stage) {
  const { in_channels, in_features, before, shape, mean = 0, std = 1, p = 0 } = stage;
  const first = before?.shape ?? shape;
  return {
    in: in_channels ?? in_features ?? before?.size ?? 0,
    out: shape[0],
    kernel: sides(stage.kernel_size),
    stride: step(stage.stride),
    padding: step(stage.padding),
    from: sides(first.slice(-2)),
    shape: sides(first),
    to: sides(shape.slice(-2)),
    mean: decimal(mean, 4),
    std: decimal(std, 4),
    rate: Math.round(100 * p),
  };
}

/**
 * How one of its pictures is called.
 *
 * @param {Placed} stage
 * @param {"map.label" | "map.name"} word for a map
 * @returns {Word}
 */
export function nameOf(stage, word) {
  if (hasMaps(stage)) return word;
  return stage.kind === "Linear" ? "map.neurons" : "map.values";
}

/** @param {readonly number[]} [numbers] */
export const sides = (numbers = []) => numbers.join(`${NO_BREAK}×${NO_BREAK}`);

/** @param {number[]} [pair] one number, where both are the same */
const step = (pair) => pair && pair[0] === pair[1] ? `${pair[0]}` : sides(pair);
