/** @import { Answer, Digit } from "../shared/answer.js" */

import { t } from "../shared/i18n.js";
import { percent } from "../shared/numbers.js";

const CERTAIN = 0.99; // above it the sentence says no more than that

/**
 * The answer as a sentence. While the pen is down it says perhaps, and names no percentage.
 *
 * @param {Answer} answer
 */
export function sentenceOf({ why, digits, drawing }) {
  if (!digits.length) return why ? t(why) : "";
  const number = digits.map(({ shown }) => shown).join("");
  if (drawing) return t("answer.drawing", { number });
  if (digits.length === 1) return sentenceOfDigit(digits[0]);
  const isSure = digits.every(({ confident, mark }) => confident || mark);
  return t(isSure ? "answer.number" : "answer.doubtful", { number });
}

/** @param {Digit} read */
function sentenceOfDigit({ digit, confident, runnerUp, probs }) {
  if (digit === null) return ""; // a mark alone
  if (!confident) return t("answer.unsure", { digit });
  if (runnerUp !== null) return t("answer.runner_up", { digit, runner_up: runnerUp });
  const prob = probs[digit];
  return t(prob > CERTAIN ? "answer.certain" : "answer.read", { digit, percent: percent(prob) });
}
