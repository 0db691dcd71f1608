// The ten logits, what e makes of them, and their shares: a row for each digit.

/** @import { Context } from "../../step.js" */

import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { roundedSum } from "../../../shared/sums.js";
import { probsOf } from "../../probs.js";
import { decimalsFor, PROB_DECIMALS, ranked, summed } from "./share.js";

const DECIMALS = 2;
const LEAST_END = 1; // of the logits' bars, so that small ones look small

/**
 * @param {Context} context
 * @param {(digit: number) => void} onChoose a digit whose fraction is wanted
 */
export function logitTable(context, onChoose) {
  const element = create("table", { className: "plain logits" });
  const columns = create("colgroup");
  const head = element.createTHead().insertRow();
  const body = element.createTBody();
  for (const className of ["of-digit", "", "of-number", "of-power", "", "of-number"]) {
    columns.append(create("col", { className }));
  }
  element.prepend(columns);
  for (const word of /** @type {const} */ (["digit", "logit", "power", "prob"])) {
    const isBeside = word === "logit" || word === "prob"; // a bar and a number
    const cell = create("th", { scope: "col", colSpan: isBeside ? 2 : 1 });
    if (word === "power") cell.className = "of-power";
    context.say(cell, word);
    head.append(cell);
  }
  const rows = Array.from({ length: 10 }, (_, digit) => rowOf(digit));
  const foot = element.createTFoot();
  const rounding = footOf("rounding", "term");
  const total = footOf("sum", "total");
  element.dataset.sum = "power prob"; // two: see tests/page/adds_up.py

  /** @param {number} digit */
  function rowOf(digit) {
    const row = body.insertRow();
    row.addEventListener("click", () => onChoose(digit)); // as the buttons below do
    row.append(create("th", { scope: "row", textContent: `${digit}` }));
    const [track, logit, power, other, prob] = Array.from({ length: 5 }, () => row.insertCell());
    const bar = barIn(track);
    const share = barIn(other);
    const steady = create("i", { className: "steady" });
    other.firstElementChild?.append(steady);
    for (const cell of [logit, power, prob]) cell.className = "value";
    for (const cell of [power, other, prob]) cell.classList.add("secret");
    power.dataset.term = "power";
    prob.dataset.term = "prob";
    return { row, bar, logit, power, share, steady, prob };
  }

  /** @param {"rounding" | "sum"} word @param {"term" | "total"} role */
  function footOf(word, role) {
    const row = foot.insertRow();
    const name = create("th", { scope: "row", colSpan: 3 });
    context.say(name, word);
    row.append(name);
    const [power, , prob] = Array.from({ length: 3 }, () => row.insertCell());
    power.dataset[role] = "power";
    prob.dataset[role] = "prob";
    for (const cell of [power, prob]) cell.className = "secret";
    return { power, prob };
  }

  /**
   * A column that adds up.
   *
   * @param {"power" | "prob"} name
   * @param {number[]} amounts
   * @param {number} sum
   * @param {number} decimals
   */
  function paintSum(name, amounts, sum, decimals) {
    const shown = roundedSum(amounts, sum, decimals);
    rows.forEach((row, digit) => row[name].textContent = decimal(shown.terms[digit], decimals));
    rounding[name].textContent = decimal(shown.rounding, decimals);
    total[name].textContent = decimal(shown.total, decimals);
  }

  return {
    element,
    /**
     * @param {Float32Array} logits as the network gave them
     * @param {number[]} given what is made of them before softmax
     * @param {number} chosen the digit whose fraction is shown
     */
    paint(logits, given, chosen) {
      const most = Math.max(LEAST_END, ...given.map(Math.abs), ...logits.map(Math.abs));
      const powers = given.map(Math.exp);
      const sum = summed(powers);
      const probs = probsOf(given);
      const own = probsOf(logits);
      const [first] = ranked(given);
      rows.forEach(({ row, bar, logit, share, steady }, digit) => {
        row.classList.toggle("top", digit === first);
        row.classList.toggle("chosen", digit === chosen);
        fillAcross(bar, given[digit], -most, most);
        logit.textContent = decimal(given[digit], DECIMALS);
        fillAcross(share, probs[digit]);
        steady.style.left = `${100 * own[digit]}%`;
      });
      paintSum("power", powers, sum, decimalsFor(sum));
      paintSum("prob", probs, 1, PROB_DECIMALS);
    },
  };
}

/** A bar in a cell of a table. @param {HTMLElement} cell */
function barIn(cell) {
  const { track, bar } = barInTrack();
  cell.append(track);
  return bar;
}
