// How ten logits become ten probabilities.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/network.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 */

import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { roundedSum } from "../../../shared/sums.js";
import { slider } from "../../blocks/slider.js";
import { toggle } from "../../blocks/toggle.js";
import { fractionView, inBrackets } from "./fraction.js";
import { logitTable } from "./logits.js";
import { ranked, rectified } from "./share.js";
import { words } from "./words.js";

const TEMPERATURE = { least: 0.5, most: 5, step: 0.25, plain: 1 };
const DECIMALS = 2;
const TARGET_DECIMALS = 3; // of the probabilities that training asks for
const FIGURES = 2; // of a number of times: more would say more than the two decimals of a logit do
const OPTIONS = ["option.difference", "option.two", "option.power"]; // the last is right

/** The index of the stage that gives the logits. @param {LoadedNetwork} loaded */
const logitsAt = ({ network: { stages } }) =>
  stages.findLastIndex(({ kind }) => kind === "LogSoftmax") - 1;

/** A number of times, about. @param {number} value */
const times = (value) =>
  value < 10 ** (FIGURES - 1)
    ? decimal(value, FIGURES - 1)
    : Number(value.toPrecision(FIGURES)).toLocaleString("en");

/** What the question offers. @param {number} difference of two logits */
const offers = (difference) => [difference, 2 ** difference, Math.exp(difference)].map(times);

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const logits = answer.maps[logitsAt(loaded)];
  const order = ranked(logits);
  const last = order[order.length - 1];
  // Not the first, if it can be helped: its share is beside the pad.
  const first = [order[1], order[0]].find((digit) =>
    new Set(offers(logits[digit] - logits[last])).size === OPTIONS.length
  );
  if (first === undefined) return null;
  const { terms: [high, low], rounding, total } = roundedSum(
    [logits[first], -logits[last]],
    logits[first] - logits[last],
    DECIMALS,
  );
  const values = offers(logits[first] - logits[last]);
  return {
    values: { first, last, high: decimal(high, DECIMALS), low: decimal(-low, DECIMALS) },
    options: OPTIONS.map((word, i) => ({ word, values: { value: values[i] } })),
    right: OPTIONS.length - 1,
    because: {
      word: "because",
      values: {
        high: decimal(high, DECIMALS),
        low: inBrackets(decimal(-low, DECIMALS)),
        equals: rounding ? "≈" : "=",
        difference: decimal(total, DECIMALS),
        value: values[2],
      },
    },
  };
}

/** @param {HTMLElement} place @param {Context<keyof typeof words.en>} context */
function mount(place, context) {
  const { loaded } = context;
  const at = logitsAt(loaded);
  const temperature = slider({
    context,
    word: "temperature",
    min: TEMPERATURE.least,
    max: TEMPERATURE.most,
    step: TEMPERATURE.step,
    value: TEMPERATURE.plain,
    show: (value) => decimal(value, DECIMALS),
    onChange: () => show(),
  });
  const relu = toggle({ context, word: "relu", value: false, onChange: () => show() });
  const table = logitTable(context, choose);
  const fraction = fractionView(context, choose);
  const controls = create("div", { className: "controls" });
  const notes = create("div", { className: "notes", role: "status" });
  const [trained, ofTemperature, ofRelu, steady] = Array.from(
    { length: 4 },
    () => create("p", { className: "note" }),
  );
  const { temperature: own, label_smoothing: smoothing } = loaded.card;
  controls.append(temperature.element, relu.element);
  notes.append(trained, ofTemperature, ofRelu, steady);
  context.say(steady, "steady");
  if (own && smoothing) {
    context.say(trained, "trained", {
      target: decimal(1 - smoothing + smoothing / 10, TARGET_DECIMALS),
      other: decimal(smoothing / 10, TARGET_DECIMALS),
      temperature: own,
    });
  }
  place.classList.add("stack");
  place.append(controls, table.element, fraction.element, notes);

  /** @type {number | null} the digit that the reader chose; null: the most probable one */
  let chosen = null;
  let logits = new Float32Array(10);

  /** @param {number} digit */
  function choose(digit) {
    chosen = digit;
    show();
  }

  function show() {
    const below = logits.filter((logit) => logit < 0).length;
    const rests = relu.value ? rectified(logits) : Array.from(logits);
    const given = rests.map((logit) => logit / temperature.value);
    const digit = chosen ?? ranked(logits)[0];
    const isHot = temperature.value !== TEMPERATURE.plain;
    const isAltered = isHot || relu.value;
    place.classList.toggle("altered", isAltered);
    trained.hidden = isAltered;
    steady.hidden = !isAltered;
    ofTemperature.hidden = !isHot;
    ofRelu.hidden = !relu.value;
    context.say(ofTemperature, "temperature.words", { t: decimal(temperature.value, DECIMALS) });
    context.say(ofRelu, "relu.words", { n: below });
    table.paint(logits, given, digit);
    fraction.paint(given, digit);
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      if (answer.blank) logits = new Float32Array(10);
      else logits = answer.maps[at].slice();
      show();
    },
  };
}

/** @type {Step} */
export const softmax = {
  name: "softmax",
  words,
  lights: ["LogSoftmax"],
  ofReading: true,
  question,
  mount,
};
