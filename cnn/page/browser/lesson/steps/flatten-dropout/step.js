// The maps in a row; what dropout does to the row in training, and the reader by hand.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { argmax, probabilitiesOf } from "../../../engine/probabilities.js";
import { randomOf } from "../../../engine/random.js";
import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { slider } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { write } from "../../../shared/i18n.js";
import { decimal, number, percent } from "../../../shared/numbers.js";
import { partOf } from "../../blocks/part.js";
import { passesView, rowView } from "./row.js";

const PASSES = 10;
const ARTICLES_RATE = 0.5; // the article's rate, and torch's default, too
const RATE = { most: 0.9, step: 0.05 };
const DECIMALS = 2;
const FEW = 5; // of ten passes

/**
 * Where the maps are flattened, and the network from there to the logits. Dropout acts on the flattened
 * values here, wherever the network has its own.
 *
 * @param {LoadedNetwork} loaded
 */
function around({ network: { stages }, tensors }) {
  const index = stages.findIndex(({ kind }) => kind === "Flatten");
  const logits = stages.findLastIndex(({ kind }) => kind === "Linear");
  const run = partOf(stages, index + 1, logits + 1, tensors);
  return {
    index,
    flattened: stages[index - 1],
    own: stages.find(({ kind }) => kind === "Dropout")?.p,
    logits,
    run: (/** @type {Float32Array} */ x) => run(x).at(-1) ?? x,
  };
}

/** The seeds of ten passes, the same for every digit. @param {number} first */
const seedsFrom = (first) => Array.from({ length: PASSES }, (_, i) => first + i);

/**
 * What passes make of a digit's probability.
 *
 * @param {Float32Array[]} ofPasses the logits of each
 * @param {ArrayLike<number>} steady
 * @param {readonly string[]} classes
 */
function summary(ofPasses, steady, classes) {
  const digit = argmax(steady);
  const probs = ofPasses.map((logits) => probabilitiesOf(logits)[digit]);
  return {
    digit: classes[digit],
    kept: ofPasses.filter((logits) => argmax(logits) === digit).length,
    low: () => percent(Math.min(...probs)),
    high: () => percent(Math.max(...probs)),
    steady: () => percent(probabilitiesOf(steady)[digit]),
  };
}

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const { index, logits, run } = around(loaded);
  const values = answer.maps[index];
  const ofPasses = passes(run, values, ARTICLES_RATE, seedsFrom(0));
  const said = summary(ofPasses, answer.maps[logits], loaded.network.classes);
  const isAll = said.kept === PASSES;
  return {
    values: { digit: said.digit, n: values.length, rate: ARTICLES_RATE },
    options: [{ word: "option.all" }, { word: "option.most" }, { word: "option.few" }],
    right: isAll ? 0 : said.kept >= FEW ? 1 : 2,
    because: { word: isAll ? "because" : "because.plain", values: said },
  };
}

/** @param {HTMLElement} place @param {Context<Keys["flatten-dropout"]>} context */
function mount(place, context) {
  const { loaded } = context;
  const { index, flattened, own, logits, run } = around(loaded);
  const { stages, classes } = loaded.network;
  const row = rowView(context, flattened, loaded.scales[index], () => show());
  const jitter = passesView(context, classes);
  const sums = sumsView(context);
  const again = create("button", { type: "button", className: "plain" });
  const silenced = create("p", { className: "silenced", role: "status" });
  const erased = create("p", { role: "status" });
  const restore = create("button", { type: "button", className: "plain" });
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
  context.say(restore, "restore");
  restore.addEventListener("click", () => {
    row.erased.fill(0);
    show();
    row.element.querySelector("canvas")?.parentElement?.focus(); // the button is disabled now
  });
  const byHand = create("div", { className: "controls by-hand" });
  byHand.append(restore, erased);
  controls.append(rate.element, again, silenced);
  what.append(sums.element, ...own === undefined ? [] : [accuracyTable(context, own)]);
  below.append(jitter.element, what);
  place.classList.add("stack");
  place.append(row.element, byHand, controls, below);

  let seed = 0;
  /** @type {Float32Array} */
  let values = new Float32Array(stages[index].shape[0]);
  /** @type {Float32Array | null} the page's logits; null: the pad is blank */
  let read = null;
  let isDrawing = false;

  function show() {
    const p = rate.value;
    const left = values.map((value, i) => row.erased[i] ? 0 : value);
    const gone = silencedOf(values.length, p, seed);
    const count = gone.filter(Boolean).length;
    again.disabled = p === 0;
    context.say(silenced, p ? "silenced" : "silenced.none", { count, n: values.length });
    row.paint(values, dropped(left, gone, p), gone.map((each, i) => each | row.erased[i]));
    sums.paint(left, gone, p);
    const steady = read && run(left);
    sayErased(steady);
    // with nothing silenced, every pass would be the steady one
    const ofPasses = p ? passes(run, left, p, seedsFrom(seed)) : Array(PASSES).fill(steady);
    jitter.paint(
      ofPasses,
      steady,
      p && steady ? summary(ofPasses, steady, classes) : null,
      isDrawing,
    );
  }

  /** What the reader has erased, and what the network reads in the rest. @param {Float32Array | null} steady */
  function sayErased(steady) {
    const count = row.erased.filter(Boolean).length;
    restore.disabled = count === 0;
    if (!count || !read || !steady) return context.say(erased, "erase");
    const digit = argmax(steady);
    context.say(erased, digit === argmax(read) ? "erased" : "erased.lost", {
      count,
      n: values.length,
      digit: classes[digit],
      percent: () => percent(probabilitiesOf(steady)[digit]),
    });
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      values = answer.blank ? new Float32Array(values.length) : answer.maps[index];
      read = answer.blank ? null : answer.maps[logits];
      isDrawing = answer.drawing;
      rate.set(rate.value); // in the current language
      show();
    },
    reveal() {
      if (rate.value === 0) rate.set(ARTICLES_RATE);
      show();
    },
  };
}

/** @type {Step} */
export const flattenDropout = {
  name: "dropout",
  words: "flatten-dropout",
  lights: ["Flatten", "Dropout"],
  ofReading: true,
  question,
  mount,
};

// What dropout does to this network's accuracy: as benchmarks/dropout.py measured it.

import accuracies from "./accuracies.json" with { type: "json" };

/**
 * @param {Context<Keys["flatten-dropout"]>} context
 * @param {number} own the rate that the page's network was trained with
 */
function accuracyTable(context, own) {
  const element = create("section", { className: "stack accuracies" });
  const heading = create("h3");
  const table = create("table", { className: "plain" });
  const head = table.createTHead().insertRow();
  const body = table.createTBody();
  const note = create("p", { className: "note" });
  context.say(heading, "table", { own });
  const corner = create("th", { scope: "row" });
  context.say(corner, "table.rate");
  head.append(corner);
  for (const { rate } of accuracies.rates) {
    const cell = create("th", { scope: "col", className: classOf(rate) });
    write(cell, () => number(rate));
    head.append(cell);
  }
  addRow("table.trained", accuracies.rates.map(({ rate, trained }) => [rate, trained]));
  addRow("table.held_out", accuracies.rates.map(({ rate, heldOut }) => [rate, heldOut]));

  /** @param {"table.trained" | "table.held_out"} word @param {number[][]} percents by their rate */
  function addRow(word, percents) {
    const row = body.insertRow();
    const name = create("th", { scope: "row" });
    context.say(name, word);
    row.append(name);
    for (const [rate, percent] of percents) {
      const cell = create("td", { className: classOf(rate) });
      write(cell, () => decimal(percent, DECIMALS));
      row.append(cell);
    }
  }

  /** @param {number} rate */
  function classOf(rate) {
    return rate === own ? "own" : "";
  }

  context.say(note, "table.words", { command: accuracies.command });
  element.append(heading, table, note);
  return element;
}

// Dropout as training does it, on one digit: which values are silenced, and what the rest of the
// network then says.

/**
 * Which of the values are silenced: each independently, with the rate as its probability.
 *
 * @param {number} count
 * @param {number} rate from 0 to less than 1
 * @param {number} seed
 * @returns {Uint8Array} 1: silenced
 */
export function silencedOf(count, rate, seed) {
  const next = randomOf(seed);
  return Uint8Array.from({ length: count }, () => Number(next() < rate));
}

/**
 * What dropout passes on in training: 0 for the silenced, the others divided by 1 - rate, so that
 * the sum stays what it was, give or take.
 *
 * @param {Float32Array} values
 * @param {Uint8Array} silenced
 * @param {number} rate
 */
export const dropped = (values, silenced, rate) =>
  values.map((value, i) => silenced[i] ? 0 : value / (1 - rate));

/**
 * What the network says in several passes, each with other values silenced: the logits of each.
 *
 * @param {(x: Float32Array) => Float32Array} run from what dropout gives to the logits
 * @param {Float32Array} values what dropout is given
 * @param {number} rate
 * @param {number[]} seeds one for each pass
 * @returns {Float32Array[]}
 */
export const passes = (run, values, rate, seeds) =>
  seeds.map((seed) => run(dropped(values, silencedOf(values.length, rate, seed), rate)));

// Why dropout divides by 1 - p: the sum of the values, before and after.

/** @param {Context<Keys["flatten-dropout"]>} context */
function sumsView(context) {
  const element = create("section", { className: "stack sums" });
  const heading = create("h3");
  const list = create("ul", { className: "bars" });
  const kinds = /** @type {const} */ (["sum.all", "sum.kept", "sum.scaled"]);
  const rows = kinds.map(() => {
    const row = create("li");
    const name = create("span");
    const { track, bar } = barInTrack();
    const value = create("span", { className: "value" });
    row.append(name, track, value);
    list.append(row);
    return { name, bar, value };
  });
  context.say(heading, "sums");
  element.append(heading, list);
  return {
    element,
    /** @param {Float32Array} values @param {Uint8Array} silenced @param {number} rate */
    paint(values, silenced, rate) {
      let [all, kept] = [0, 0];
      values.forEach((value, i) => {
        all += value;
        if (!silenced[i]) kept += value;
      });
      const sums = [all, kept, kept / (1 - rate)];
      const most = Math.max(...sums) || 1;
      rows.forEach(({ name, bar, value }, i) => {
        context.say(name, kinds[i], { share: decimal(1 - rate, 2) });
        fillAcross(bar, Math.max(0, sums[i]), 0, most);
        value.textContent = decimal(sums[i], 1);
      });
    },
  };
}
