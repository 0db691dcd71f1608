// Bars, one for each class, as beside the answer; and the rows that a sum ends with.

/** @import { Context } from "../step.js" */

import { argmax } from "../../engine/probabilities.js";
import { classRows, fillAcross } from "../../shared/bars.js";
import { create } from "../../shared/dom.js";
import { decimal, percent, rounded, roundedSum } from "../../shared/numbers.js";

/**
 * Bars of probabilities, from 0 to 100 %.
 *
 * @param {readonly string[]} classes
 */
export function probBars(classes) {
  const element = create("ol", { className: "bars of-classes" });
  const rows = classRows(element, classes);
  return {
    element,
    /** @param {ArrayLike<number> | null} probs one for each class; null: there are none */
    paint(probs) {
      const top = probs ? argmax(probs) : -1;
      rows.forEach(({ row, bar, value }, at) => {
        fillAcross(bar, probs?.[at] ?? 0);
        row.classList.toggle("top", at === top);
        value.textContent = percent(probs?.[at] ?? 0);
      });
    },
  };
}

const DECIMALS = 2;

/** With its sign, as a term of a sum. @param {number} value */
const signed = (value) => `${value < 0 ? "" : "+"}${decimal(value, DECIMALS)}`;

/**
 * The end of a sum, in rows: the sum of its parts, the bias, the sum of all rounding errors, and
 * the total. The parts are shown elsewhere, with as many decimals.
 *
 * @param {Context} context
 * @param {string} word names the parts
 */
export function sumView({ say }, word) {
  const element = create("dl", { className: "sum-rows" });
  const parts = row(word, "term");
  const bias = row("sum.bias", "term");
  const rounding = row("rounding", "term");
  const total = row("sum.total", "total");
  element.dataset.sum = "";

  /** @param {string} word @param {"term" | "total"} kind */
  function row(word, kind) {
    const line = create("div", { className: kind });
    const name = create("dt");
    const number = create("dd");
    number.dataset[kind] = "";
    say(name, word);
    line.append(name, number);
    element.append(line);
    return { line, number };
  }

  return {
    element,
    /**
     * @param {readonly number[]} amounts the parts
     * @param {number} ofBias
     * @param {number} value what the network makes of them
     */
    paint(amounts, ofBias, value) {
      const shown = roundedSum([...amounts, ofBias], value, DECIMALS);
      const ofParts = amounts.reduce((sum, amount) => sum + rounded(amount, DECIMALS), 0);
      parts.number.textContent = decimal(ofParts, DECIMALS);
      bias.number.textContent = signed(ofBias);
      rounding.number.textContent = signed(shown.rounding);
      rounding.line.hidden = shown.rounding === 0;
      total.number.textContent = `= ${decimal(shown.total, DECIMALS)}`;
    },
  };
}
