// Why the answer and not another digit: what each neuron adds to the difference of their logits.

/**
 * @import { Content, Dialogs } from "./dialog.js"
 * @import { Explainer } from "./explainer.js"
 */

import { whyNot } from "../engine/explain.js";
import { create } from "../shared/dom.js";
import { setLabel, setText } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";
import { store } from "../shared/store.js";
import { rounded } from "../shared/sums.js";
import { actOnReason, reasonRows } from "./reasons.js";

const DECIMALS = 3;
const DIGITS = 10;

/** The digit of the answer that the network is shown for, and the one that comes next. */
function ranked() {
  const { digits, followed } = store.get("answer");
  const probs = digits[followed]?.probs ?? [];
  const order = Array.from({ length: probs.length }, (_, digit) => digit)
    .sort((a, b) => probs[b] - probs[a]);
  return order.length ? { digit: order[0], next: order[1] } : null;
}

/**
 * @param {HTMLElement} opener
 * @param {Dialogs} dialogs
 * @param {Explainer} explainer
 * @param {number | null} [other] which digit to compare with; null: the one that comes next
 */
export function openWhy(opener, dialogs, explainer, other = null) {
  if (ranked()) dialogs.toggle(opener, () => cardOf(opener, dialogs, explainer, other));
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
  const buttons = Array.from({ length: DIGITS }, (_, digit) => {
    const button = create("button", { type: "button", textContent: `${digit}` });
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
    const order = ranked();
    if (order) trace(explainer.stages.length - 1, order.digit);
  });
  actOnReason(rows.element, (neuron, stage) => trace(stage, neuron));

  function paint() {
    const order = ranked();
    if (!order) return dialogs.close();
    const { digit } = order;
    const other = chosen === null || chosen === digit ? order.next : chosen;
    buttons.forEach((button, i) => {
      button.disabled = i === digit;
      button.ariaPressed = `${i === other}`;
    });
    const found = whyNot(explainer.network, explainer.maps, digit, other);
    const logits = explainer.maps[found.stage + 1];
    // A reader who subtracts what is shown finds what is shown.
    const [mine, theirs] = [logits[digit], logits[other]].map((logit) => rounded(logit, DECIMALS));
    const layer = explainer.stages[found.stage].name;
    setText(tracing, "why.trace", { digit });
    setText(title, "why.title", { digit, other });
    setText(words, "why.words", {
      ...{ digit, other, layer },
      ...{ mine: decimal(mine, DECIMALS), theirs: decimal(theirs, DECIMALS) },
    });
    setText(silence, store.get("answer").silent ? "why.silent" : null, { layer });
    rows.paint(found, digit, mine - theirs);
  }

  return {
    name: "why-card",
    title,
    body: [choices, words, silence, rows.element, actions],
    focus: buttons[chosen ?? ranked()?.next ?? 0],
    paint,
    describe: paint,
  };
}
