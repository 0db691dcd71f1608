// The maps in a row, and what dropout does to the row in training.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/network.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 */

import { create } from "../../../shared/dom.js";
import { decimal, percent } from "../../../shared/numbers.js";
import { slider } from "../../blocks/slider.js";
import { partOf } from "../../part.js";
import { probsOf } from "../../probs.js";
import { passesView } from "./passes.js";
import { rowView } from "./row.js";
import { dropped, passes, silencedOf } from "./silence.js";
import { sumsView } from "./sums.js";
import { accuracyTable } from "./table.js";
import { words } from "./words.js";

const PASSES = 10;
const ARTICLES_RATE = 0.5; // which is torch's own, too
const RATE = { most: 0.9, step: 0.05 };
const DECIMALS = 2;
const FEW = 5; // of ten passes

/**
 * Where dropout is, what is flattened before it, and the network from it to the logits.
 *
 * @param {LoadedNetwork} loaded
 */
function around({ network: { stages }, tensors }) {
  const index = stages.findIndex(({ kind }) => kind === "Dropout");
  const flatten = stages.findIndex(({ kind }) => kind === "Flatten");
  const logits = stages.findLastIndex(({ kind }) => kind === "LogSoftmax");
  const run = partOf(stages, index + 1, logits, tensors);
  return {
    index,
    flattened: stages[flatten - 1],
    logits: logits - 1,
    run: (/** @type {Float32Array} */ x) => run(x).at(-1) ?? x,
  };
}

/** The seeds of ten passes, the same for every digit. @param {number} first */
const seedsFrom = (first) => Array.from({ length: PASSES }, (_, i) => first + i);

/**
 * What passes make of a digit's probability.
 *
 * @param {Float32Array[]} ofPasses ten logits each
 * @param {ArrayLike<number>} steady
 */
function summary(ofPasses, steady) {
  const digit = largest(steady);
  const probs = ofPasses.map((logits) => probsOf(logits)[digit]);
  return {
    digit,
    kept: ofPasses.filter((logits) => largest(logits) === digit).length,
    low: percent(Math.min(...probs)),
    high: percent(Math.max(...probs)),
    steady: percent(probsOf(steady)[digit]),
  };
}

/** @param {ArrayLike<number>} values */
const largest = (values) => Array.from(values).indexOf(Math.max(...Array.from(values)));

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const { index, logits, run } = around(loaded);
  const values = answer.maps[index];
  const ofPasses = passes(run, values, ARTICLES_RATE, seedsFrom(0));
  const said = summary(ofPasses, answer.maps[logits]);
  const isAll = said.kept === PASSES;
  return {
    values: { digit: said.digit, n: values.length, rate: ARTICLES_RATE },
    options: [{ word: "option.all" }, { word: "option.most" }, { word: "option.few" }],
    right: isAll ? 0 : said.kept >= FEW ? 1 : 2,
    because: { word: isAll ? "because" : "because.plain", values: said },
  };
}

/** @param {HTMLElement} place @param {Context<keyof typeof words.en>} context */
function mount(place, context) {
  const { loaded } = context;
  const { index, flattened, logits, run } = around(loaded);
  const { stages } = loaded.network;
  const row = rowView(context, flattened, loaded.scales[index]);
  const jitter = passesView(context);
  const sums = sumsView(context);
  const again = create("button", { type: "button", className: "plain" });
  const silenced = create("p", { className: "silenced", role: "status" });
  const controls = create("div", { className: "controls" });
  const below = create("div", { className: "beside lower" });
  const what = create("div", { className: "stack" });
  const rate = slider({
    context,
    word: "rate",
    min: 0,
    max: RATE.most,
    step: RATE.step,
    value: 0,
    show: (value) => value ? decimal(value, DECIMALS) : context.t("off"),
    onChange: () => show(),
  });
  context.say(again, "resample");
  again.addEventListener("click", () => {
    seed += PASSES;
    show();
  });
  controls.append(rate.element, again, silenced);
  what.append(sums.element, accuracyTable(context, stages[index].p));
  below.append(jitter.element, what);
  place.classList.add("stack");
  place.append(row.element, controls, below);

  let seed = 0;
  let values = new Float32Array(stages[index].shape[0]);
  /** @type {Float32Array | null} the steady logits; null: the pad is blank */
  let steady = null;
  let isDrawing = false;

  function show() {
    const p = rate.value;
    const gone = silencedOf(values.length, p, seed);
    const count = gone.filter(Boolean).length;
    again.disabled = p === 0;
    context.say(silenced, p ? "silenced" : "silenced.none", { count, n: values.length });
    row.paint(values, dropped(values, gone, p), gone);
    sums.paint(values, gone, p);
    // with nothing silenced, every pass would be the steady one
    const ofPasses = p ? passes(run, values, p, seedsFrom(seed)) : Array(PASSES).fill(steady);
    jitter.paint(ofPasses, steady, p && steady ? summary(ofPasses, steady) : null, isDrawing);
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      if (answer.blank) values = new Float32Array(values.length);
      else values = answer.maps[index].slice();
      steady = answer.blank ? null : answer.maps[logits].slice();
      isDrawing = answer.drawing;
      rate.set(rate.value); // in the language of now
      show();
    },
    reveal() {
      if (rate.value === 0) rate.set(ARTICLES_RATE);
      show();
    },
  };
}

/** @type {Step} */
export const dropout = {
  name: "dropout",
  words,
  lights: ["Flatten", "Dropout"],
  ofReading: true,
  question,
  mount,
};
