// The neurons that speak for one digit or the other, the strongest first; and what adds up.

/** @import { Comparison } from "../engine/explain.js" */

import { create } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";
import { roundedSum } from "../shared/sums.js";

const STRONGEST = 7; // neurons that are named one by one
const DECIMALS = 3;
const ACTIVATION_DECIMALS = 2;
const WEIGHT_DECIMALS = 3;

/** The list; each neuron in it is a button. */
export function reasonRows() {
  const element = create("ol", { className: "reasons" });
  const neurons = Array.from({ length: STRONGEST }, () => rowOf("button"));
  const [others, bias, rounding, total] = Array.from({ length: 4 }, () => rowOf("span"));
  total.item.classList.add("total");
  element.dataset.sum = "";
  for (const { number } of [...neurons, others, bias, rounding]) number.dataset.term = "";
  total.number.dataset.total = "";
  element.append(...[...neurons, others, bias, rounding, total].map(({ item }) => item));
  return {
    element,
    /**
     * @param {Comparison} found
     * @param {number} digit
     * @param {number} difference of the two logits as they are shown
     */
    paint({ neurons: all, bias: ofBias, stage }, digit, difference) {
      const reasons = all.filter(({ contribution }) => contribution !== 0);
      const most = Math.abs(reasons[0]?.contribution ?? 0) || 1;
      const rest = reasons.slice(STRONGEST).reduce((sum, each) => sum + each.contribution, 0);
      const amounts = [
        ...reasons.slice(0, STRONGEST).map(({ contribution }) => contribution),
        rest,
        ofBias,
      ];
      neurons.forEach((row, i) => {
        const reason = reasons[i];
        row.item.hidden = !reason;
        if (!reason) return;
        const { neuron, activation, weight, contribution } = reason;
        row.act.dataset.neuron = `${neuron}`;
        row.act.dataset.stage = `${stage}`;
        row.act.title = t("trace.neuron", { neuron: neuron + 1 });
        const values = {
          neuron: neuron + 1,
          activation: decimal(activation, ACTIVATION_DECIMALS),
          weight: decimal(weight, WEIGHT_DECIMALS),
        };
        row.paint(t("why.neuron", values), contribution, most);
      });
      const left = reasons.length - STRONGEST;
      others.item.hidden = left <= 0;
      others.paint(t("sum.rest", { n: left }), rest, most);
      bias.paint(t("sum.bias"), ofBias, most);
      const shown = roundedSum(amounts, difference, DECIMALS);
      rounding.item.hidden = shown.rounding === 0;
      rounding.paint(t("sum.rounding"), shown.rounding, most);
      total.paint(t(difference < 0 ? "why.behind" : "why.difference", { digit }), difference, 0);
    },
  };
}

/**
 * Call `act` with the neuron, and the stage that it is of, of a row that is clicked.
 *
 * @param {HTMLElement} list
 * @param {(neuron: number, stage: number) => void} act
 */
export function actOnReason(list, act) {
  list.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button) act(Number(button.dataset.neuron), Number(button.dataset.stage));
  });
}

/** @param {"button" | "span"} tag */
function rowOf(tag) {
  const item = create("li");
  const act = create(tag, { className: "reason" });
  if (act instanceof HTMLButtonElement) act.type = "button";
  const label = create("span", { className: "label" });
  const track = create("span", { className: "track" });
  const bar = create("i");
  const number = create("b");
  track.append(bar);
  act.append(label, track, number);
  item.append(act);
  return {
    item,
    act,
    number,
    /** @param {string} text @param {number} amount @param {number} most as long as a bar can be; 0: no bar */
    paint(text, amount, most) {
      label.textContent = text;
      number.textContent = `${most && amount >= 0 ? "+" : ""}${decimal(amount, DECIMALS)}`;
      track.hidden = !most;
      bar.style.transform = most ? `scaleX(${Math.max(-1, Math.min(1, amount / most))})` : "";
      bar.classList.toggle("below", amount < 0);
    },
  };
}
