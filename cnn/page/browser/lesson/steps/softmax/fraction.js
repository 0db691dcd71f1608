// The fraction of one digit, with the numbers in it.

/**
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { create } from "../../../shared/dom.js";
import { decimal, precise } from "../../../shared/numbers.js";
import { choice } from "../../blocks/choice.js";
import { probsOf } from "../../probs.js";

const DECIMALS = 2;
const LOG_DECIMALS = 4; // of log-probabilities, which are small where the network is sure
const LARGE = 1e6; // from here on a number is written with a power of ten

/** e to the power of a logit, as text. @param {number} logit */
export function power(logit) {
  const value = Math.exp(logit);
  if (value < LARGE) return value.toLocaleString("en", digitsFor(value));
  const tens = Math.floor(Math.log10(value));
  return `${decimal(value / 10 ** tens, 1)} × 10${superscript(tens)}`;
}

/** @param {number} value @returns {Intl.NumberFormatOptions} */
function digitsFor(value) {
  const digits = value < 1 ? 3 : value < 100 ? 2 : value < 1000 ? 1 : 0;
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

/** @param {number} exponent a whole number above 0 */
const superscript = (exponent) =>
  [...`${exponent}`].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");

/**
 * @param {Context<keyof typeof words.en>} context
 * @param {(digit: number) => void} onChoose a digit whose fraction is wanted
 */
export function fractionView(context, onChoose) {
  const element = create("section", { className: "stack fraction" });
  const digits = choice({
    context,
    word: "fraction",
    options: Array.from({ length: 10 }, (_, digit) => (
      { value: digit, word: "fraction.digit", values: { digit } }
    )),
    value: null,
    onChange: onChoose,
  });
  const line = create("p", { className: "formula" });
  const log = create("p", { className: "formula" });
  element.append(digits.element, line, log);

  /** @param {number} logit */
  function term(logit, className = "") {
    const e = create("span", { className: `power ${className}`, textContent: "e" });
    e.append(create("sup", { textContent: decimal(logit, DECIMALS) }));
    return e;
  }

  /** @param {(Node | string)[]} above @param {(Node | string)[]} below */
  function fraction(above, below, className = "") {
    const part = create("span", { className: `over ${className}` });
    const top = create("span");
    const bottom = create("span");
    top.append(...above);
    bottom.append(...below);
    // A screen reader hears the bar that the others see.
    part.append(top, create("span", { className: "unseen", textContent: " ÷ " }), bottom);
    return part;
  }

  return {
    element,
    /**
     * @param {number[]} given ten logits, as softmax is given them
     * @param {number} digit
     */
    paint(given, digit) {
      const sum = given.reduce((total, logit) => total + Math.exp(logit), 0);
      const logSum = Math.log(sum);
      const terms = given.flatMap((logit, i) => [
        i ? " + " : "",
        term(logit, i === digit ? "named in" : ""),
      ]);
      const prob = create("span", {
        className: "named out",
        textContent: precise(probsOf(given)[digit], LOG_DECIMALS),
      });
      digits.set(digit);
      line.replaceChildren(
        fraction([term(given[digit], "named in")], terms, "terms"),
        " = ",
        fraction([power(given[digit])], [power(logSum)]),
        " = ",
        prob,
      );
      context.say(log, "fraction.log", {
        logit: decimal(given[digit], DECIMALS),
        sum: power(logSum),
        log: decimal(logSum, DECIMALS),
        value: decimal(given[digit] - logSum, LOG_DECIMALS),
      });
    },
  };
}
