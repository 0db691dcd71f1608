/** @import { Answer, Digit } from "../shared/answer.js" */

import { t } from "../shared/i18n.js";
import { percent } from "../shared/numbers.js";
import { store } from "../shared/store.js";

const CERTAIN = 0.99; // above it the sentence says no more than that

/**
 * The answer as a sentence. While the pen is down it says perhaps, and names no percentage.
 *
 * @param {Answer} answer
 */
export function sentenceOf({ why, digits, drawing, silent }) {
  if (!digits.length) return why ? t(why) : "";
  const number = digits.map(({ shown }) => shown).join("");
  if (drawing) return t("answer.drawing", { number });
  if (digits.length === 1) return sentenceOfDigit(digits[0], silent);
  const isSure = digits.every(({ confident, mark }) => confident || mark);
  return t(isSure ? "answer.number" : "answer.doubtful", { number });
}

/** @param {Digit} read @param {boolean} silent no neuron fired: the digit is the bias's alone */
function sentenceOfDigit({ digit, confident, runnerUp, probs }, silent) {
  if (digit === null) return ""; // a mark alone
  if (silent) return t("answer.silent", { layer: layerOfLogits() });
  if (!confident) return t("answer.unsure", { digit });
  if (runnerUp !== null) return t("answer.runner_up", { digit, runner_up: runnerUp });
  const prob = probs[digit];
  return t(prob > CERTAIN ? "answer.certain" : "answer.read", { digit, percent: percent(prob) });
}

/** Its name. */
function layerOfLogits() {
  const { stages } = store.get("network")?.network ?? { stages: [] };
  return stages.findLast(({ kind }) => kind === "Linear")?.name ?? "";
}
