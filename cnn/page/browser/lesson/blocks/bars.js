// Ten bars, one for each digit, as beside the answer.

/** @import { Context } from "../step.js" */

import { fillAcross, tenRows } from "../../shared/bars.js";
import { create } from "../../shared/dom.js";
import { decimal, percent, rounded, roundedSum } from "../../shared/numbers.js";

/**
 * @param {object} [options]
 * @param {(value: number) => string} [options.show] the value as text
 */
function tenBars({ show = (value) => decimal(value, 2) } = {}) {
  const element = create("ol", { className: "bars ten", start: 0 });
  const rows = tenRows(element);
  return {
    element,
    /**
     * @param {ArrayLike<number>} values ten
     * @param {{ low?: number, high?: number, top?: number }} [ends] the values at the bars' ends,
     *   and which digit stands out, -1 for none
     */
    paint(values, { low = 0, high = 1, top = indexOfLargest(values) } = {}) {
      rows.forEach(({ row, bar, value }, digit) => {
        fillAcross(bar, values[digit], low, high);
        row.classList.toggle("top", digit === top);
        value.textContent = show(values[digit]);
      });
    },
  };
}

/** Ten bars of probabilities, from 0 to 100 %. */
export const probBars = () => tenBars({ show: percent });

/** @param {ArrayLike<number>} values */
function indexOfLargest(values) {
  const list = Array.from(values);
  return list.indexOf(Math.max(...list));
}

const DECIMALS = 2;

/** With its sign, as a term of a sum. @param {number} value */
const signed = (value) => `${value < 0 ? "" : "+"}${decimal(value, DECIMALS)}`;

/**
 * The end of a sum, in rows: what its parts come to, the bias, what rounding all of them comes to,
 * and the total. The parts stand elsewhere, in as many decimals.
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

/**
 * exp(logit / temperature), each as a share of their sum.
 *
 * @param {ArrayLike<number>} logits
 * @param {number} temperature above 0; 1 leaves the logits as they are
 * @returns {number[]}
 */
export function probsOf(logits, temperature = 1) {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  const largest = Math.max(...scaled);
  const exps = scaled.map((logit) => Math.exp(logit - largest)); // so none overflows
  const sum = exps.reduce((total, exp) => total + exp, 0);
  return exps.map((exp) => exp / sum);
}
