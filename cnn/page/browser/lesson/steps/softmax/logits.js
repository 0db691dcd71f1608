// The ten logits, what e makes of them, and their shares: a row for each digit.

/**
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { create } from "../../../shared/dom.js";
import { decimal, percent } from "../../../shared/numbers.js";
import { probsOf } from "../../probs.js";
import { power } from "./fraction.js";
import { ranked } from "./share.js";

const DECIMALS = 2;
const LEAST_END = 1; // of the logits' bars, so that small ones look small

/**
 * @param {Context<keyof typeof words.en>} context
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
  const foot = element.createTFoot().insertRow();
  const name = create("th", { scope: "row", colSpan: 3 });
  const sum = create("td");
  const whole = create("td", { colSpan: 2 });
  context.say(name, "sum");
  foot.append(name, sum, whole);

  /** @param {number} digit */
  function rowOf(digit) {
    const row = body.insertRow();
    row.addEventListener("click", () => onChoose(digit)); // as the buttons below do
    row.append(create("th", { scope: "row", textContent: `${digit}` }));
    const [track, logit, exp, other, prob] = Array.from({ length: 5 }, () => row.insertCell());
    const bar = barIn(track);
    const share = barIn(other);
    const steady = create("i", { className: "steady" });
    other.firstElementChild?.append(steady);
    [logit, exp, prob].forEach((cell) => cell.className = "value");
    return { row, bar, logit, exp, share, steady, prob };
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
      const probs = probsOf(given);
      const own = probsOf(logits);
      const [first] = ranked(given);
      rows.forEach(({ row, bar, logit, exp, share, steady, prob }, digit) => {
        const value = given[digit];
        row.classList.toggle("top", digit === first);
        row.classList.toggle("chosen", digit === chosen);
        fillAcross(bar, value, -most, most);
        logit.textContent = decimal(value, DECIMALS);
        exp.textContent = power(value);
        fillAcross(share, probs[digit]);
        steady.style.left = `${100 * own[digit]}%`;
        prob.textContent = percent(probs[digit]);
      });
      sum.textContent = power(Math.log(given.reduce((total, logit) => total + Math.exp(logit), 0)));
      whole.textContent = "100%";
    },
  };
}

/** A bar in a cell of a table. @param {HTMLElement} cell */
function barIn(cell) {
  const { track, bar } = barInTrack();
  cell.append(track);
  return bar;
}
