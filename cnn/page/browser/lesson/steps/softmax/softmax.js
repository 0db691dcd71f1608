// How ten logits become ten probabilities.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/network.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 */

import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { slider } from "../../blocks/slider.js";
import { toggle } from "../../blocks/toggle.js";
import { fractionView } from "./fraction.js";
import { logitTable } from "./logits.js";
import { ranked, rectified } from "./share.js";
import { words } from "./words.js";

const TEMPERATURE = { least: 0.25, most: 5, step: 0.25, plain: 1 };
const DECIMALS = 2;

/** The index of the stage that gives the logits. @param {LoadedNetwork} loaded */
const logitsAt = ({ network: { stages } }) =>
  stages.findLastIndex(({ kind }) => kind === "LogSoftmax") - 1;

/** A number of times, in two digits or as many as it has before the point. @param {number} value */
const times = (value) => value < 10 ? decimal(value, 1) : Math.round(value).toLocaleString("en");

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const logits = answer.maps[logitsAt(loaded)];
  const [first, second] = ranked(logits);
  // As they are shown, so that the reader's own sum comes out.
  const [high, low] = [first, second].map((digit) => Number(logits[digit].toFixed(DECIMALS)));
  const difference = high - low;
  return {
    values: { first, second, high: decimal(high, DECIMALS), low: decimal(low, DECIMALS) },
    options: [
      { word: "option.difference", values: { value: times(difference) } },
      { word: "option.two", values: { value: times(2 ** difference) } },
      { word: "option.power", values: { value: times(Math.exp(difference)) } },
    ],
    right: 2,
    because: {
      word: "because",
      values: {
        high: decimal(high, DECIMALS),
        low: low < 0 ? `(${decimal(low, DECIMALS)})` : decimal(low, DECIMALS),
        difference: decimal(difference, DECIMALS),
        value: times(Math.exp(difference)),
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
  const ofRelu = create("p", { className: "note", role: "status" });
  const ofTemperature = create("p", { className: "note" });
  const table = logitTable(context, choose);
  const fraction = fractionView(context, choose);
  const controls = create("div", { className: "controls" });
  const hot = create("div", { className: "stack" });
  const own = create("p", { className: "note" });
  const steady = create("p", { className: "note steady-words" });
  const { temperature: trained } = loaded.card;
  controls.append(temperature.element, relu.element);
  context.say(ofTemperature, "temperature.words");
  context.say(steady, "steady");
  hot.append(steady, ofRelu, ofTemperature);
  if (trained) {
    context.say(own, "temperature.own", { temperature: decimal(trained, DECIMALS) });
    hot.append(own);
  }
  place.classList.add("stack");
  place.append(controls, table.element, fraction.element, hot);

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
    steady.hidden = !relu.value && temperature.value === TEMPERATURE.plain;
    context.say(ofRelu, relu.value ? "relu.on" : "relu.off", { n: below });
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
  question,
  mount,
};
