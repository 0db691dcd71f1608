// Why the answer and not another digit: what each neuron adds to the difference of their logits.

/**
 * @import { Comparison } from "../engine/explain.js"
 * @import { Content, Dialogs } from "./dialog.js"
 * @import { Explainer } from "./explainer.js"
 */

import { whyNot } from "../engine/explain.js";
import { ranked } from "../engine/probabilities.js";
import { create } from "../shared/dom.js";
import { setLabel, setText, t } from "../shared/i18n.js";
import { decimal, rounded, roundedSum } from "../shared/numbers.js";
import { store } from "../shared/store.js";

const DECIMALS = 3;

/** The likeliest digit of the reading that the network shows, and the one that comes next. */
function likeliest() {
  const { digits, followed } = store.get("answer");
  const order = ranked(digits[followed]?.probs ?? []);
  return order.length ? { digit: order[0], next: order[1] } : null;
}

/**
 * @param {HTMLElement} opener
 * @param {Dialogs} dialogs
 * @param {Explainer} explainer
 * @param {number | null} [other] which digit to compare with; null: the one that comes next
 */
export function openWhy(opener, dialogs, explainer, other = null) {
  if (likeliest()) dialogs.toggle(opener, () => cardOf(opener, dialogs, explainer, other));
}

/**
 * @param {HTMLElement} opener
 * @param {Dialogs} dialogs
 * @param {Explainer} explainer
 * @param {number | null} chosen
 * @returns {Content}
 */
function cardOf(opener, dialogs, explainer, chosen) {
  const title = create("h3");
  const choices = create("div", { className: "choices", role: "group" });
  setLabel(choices, "why.choose");
  const words = create("p", { className: "why-words" });
  const silence = create("p", { className: "why-silence" });
  const rows = reasonRows();
  const { classes } = explainer.network;
  const buttons = classes.map((name, digit) => {
    const button = create("button", { type: "button", textContent: name });
    button.addEventListener("click", () => {
      chosen = digit;
      paint();
    });
    return button;
  });
  choices.append(...buttons);

  /** @param {number} stage @param {number} index */
  function trace(stage, index) {
    dialogs.close();
    explainer.trace({ stage, index }, () => openWhy(opener, dialogs, explainer, chosen));
  }
  const tracing = create("button", { type: "button", className: "trace" });
  const actions = create("p", { className: "actions" });
  actions.append(tracing);
  tracing.addEventListener("click", () => {
    const order = likeliest();
    if (order) trace(explainer.stages.length - 1, order.digit);
  });
  actOnReason(rows.element, (neuron, stage) => trace(stage, neuron));

  function paint() {
    const order = likeliest();
    if (!order) return dialogs.close();
    const { digit } = order;
    const other = chosen === null || chosen === digit ? order.next : chosen;
    buttons.forEach((button, i) => {
      button.disabled = i === digit;
      button.ariaPressed = `${i === other}`;
    });
    const found = whyNot(explainer.network, explainer.maps, digit, other);
    const logits = explainer.maps[found.stage + 1];
    // A reader who subtracts the numbers shown gets the difference shown.
    const [mine, theirs] = [logits[digit], logits[other]].map((logit) => rounded(logit, DECIMALS));
    const layer = explainer.stages[found.stage].name;
    const named = { digit: classes[digit], other: classes[other] };
    setText(tracing, "why.trace", named);
    setText(title, "why.title", named);
    setText(words, "why.words", {
      ...{ ...named, layer },
      ...{ mine: decimal(mine, DECIMALS), theirs: decimal(theirs, DECIMALS) },
    });
    setText(silence, store.get("answer").silent ? "why.silent" : null, { layer });
    rows.paint(found, named.digit, mine - theirs);
  }

  return {
    name: "why-card",
    title,
    body: [choices, words, silence, rows.element, actions],
    focus: buttons[chosen ?? likeliest()?.next ?? 0],
    paint,
    describe: paint,
  };
}

// The neurons that speak for one digit or the other, the strongest first; and what adds up.

const STRONGEST = 7; // neurons that are named one by one
const ACTIVATION_DECIMALS = 2;
const WEIGHT_DECIMALS = 3;

/** The list; each neuron in it is a button. */
function reasonRows() {
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
     * @param {string} digit its name
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
 * When a row is clicked, call `act` with its neuron and that neuron's stage.
 *
 * @param {HTMLElement} list
 * @param {(neuron: number, stage: number) => void} act
 */
function actOnReason(list, act) {
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
    /** @param {string} text @param {number} amount @param {number} most of a full bar; 0: none */
    paint(text, amount, most) {
      label.textContent = text;
      number.textContent = `${most && amount >= 0 ? "+" : ""}${decimal(amount, DECIMALS)}`;
      track.hidden = !most;
      bar.style.transform = most ? `scaleX(${Math.max(-1, Math.min(1, amount / most))})` : "";
      bar.classList.toggle("below", amount < 0);
    },
  };
}
