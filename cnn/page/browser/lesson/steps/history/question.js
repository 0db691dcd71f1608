/** @import { Question, Said } from "../../step.js" */
/** @import { Moment } from "./moments.js" */
/** @import { Key } from "./words.js" */

import { percent } from "../../../shared/numbers.js";
import { choicesOf, settledAt } from "./moments.js";

/**
 * How a moment is called: after so many batches, or whole epochs, or the division at the end.
 *
 * @param {Moment} moment
 * @returns {{ word: Key, values?: { epoch?: number, step?: number, temperature?: number } }}
 */
export function nameOf({ step, epoch, temperature }) {
  if (temperature !== null) return { word: "moment.temperature", values: { temperature } };
  if (step === 0) return { word: "moment.untrained" };
  if (epoch > 0) {
    return { word: epoch === 1 ? "moment.epoch.first" : "moment.epoch", values: { epoch } };
  }
  return { word: step === 1 ? "moment.first" : "moment.step", values: { step } };
}

/**
 * From which moment on the network reads the drawing as it does in the end.
 *
 * @param {Moment[]} moments
 * @param {number[][]} readings ten probabilities for each moment
 * @returns {Question}
 */
export function whenSettled(moments, readings) {
  const at = settledAt(readings);
  const choices = choicesOf(moments.length, at);
  const [digit, sure] = best(readings[at]);
  return {
    values: { digit },
    options: choices.map((choice) => nameOf(moments[choice])),
    right: choices.indexOf(at),
    because: reasonOf(moments[at], { digit, sure }, readings[at - 1]),
  };
}

/**
 * @param {Moment} moment
 * @param {{ digit: number, sure: string }} read
 * @param {number[] | undefined} before what the moment before read; undefined for the first
 * @returns {Said}
 */
function reasonOf({ step, epoch }, read, before) {
  if (!before) return { word: "because.untrained", values: read };
  const [other, otherSure] = best(before);
  const values = { ...read, other, otherSure, step, epoch };
  return { word: epoch > 0 ? "because.epoch" : "because.step", values };
}

/** @param {number[]} probs @returns {[digit: number, sure: string]} */
function best(probs) {
  const most = Math.max(...probs);
  return [probs.indexOf(most), percent(most)];
}
