// The probability of one digit and its logarithm, with the numbers in them.

/**
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { create } from "../../../shared/dom.js";
import { decimal, precise } from "../../../shared/numbers.js";
import { roundedSum } from "../../../shared/sums.js";
import { choice } from "../../blocks/choice.js";
import { decimalsFor, PROB_DECIMALS, summed } from "./share.js";

const LEAST = 2; // decimals of a logarithm
const MOST = 8; // as many as a logit of 32 bits has

/**
 * @param {Context<keyof typeof words.en>} context
 * @param {(digit: number) => void} onChoose a digit whose fraction is wanted
 */
export function fractionView(context, onChoose) {
  const element = create("section", { className: "stack fraction secret" });
  const digits = choice({
    context,
    word: "fraction",
    options: Array.from({ length: 10 }, (_, digit) => (
      { value: digit, word: "fraction.digit", values: { digit } }
    )),
    value: null,
    onChange: onChoose,
  });
  const share = create("p", { className: "formula" });
  const log = create("p", { className: "formula" });
  element.append(digits.element, share, log);
  return {
    element,
    /**
     * @param {number[]} given ten logits, as softmax is given them
     * @param {number} digit
     */
    paint(given, digit) {
      const powers = given.map(Math.exp);
      const sum = summed(powers);
      const decimals = decimalsFor(sum);
      digits.set(digit);
      context.say(share, "fraction.share", {
        power: precise(powers[digit], decimals),
        sum: decimal(sum, decimals),
        prob: precise(powers[digit] / sum, PROB_DECIMALS),
      });
      context.say(log, "fraction.log", {
        sum: decimal(sum, decimals),
        ...difference(given[digit], Math.log(sum)),
      });
    },
  };
}

/**
 * The logit less the logarithm of the sum, with as many decimals as show two digits of what is left:
 * little, where the network is sure.
 *
 * @param {number} logit
 * @param {number} logSum
 */
function difference(logit, logSum) {
  const left = logit - logSum;
  const wanted = left < 0 ? Math.ceil(-Math.log10(-left)) + 1 : LEAST;
  const decimals = Math.max(LEAST, Math.min(MOST, wanted));
  const { terms, rounding, total } = roundedSum([logit, -logSum], left, decimals);
  return {
    logit: decimal(terms[0], decimals),
    log: inBrackets(decimal(-terms[1], decimals)),
    equals: rounding ? "≈" : "=",
    value: decimal(total, decimals),
  };
}

/** A number behind a minus sign. @param {string} number */
export const inBrackets = (number) => /^\d/.test(number) ? number : `(${number})`;
