// ReLU: what it does to the reader's maps, and what a network is worth without it.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { argmax, probabilitiesOf } from "../../../engine/probabilities.js";
import { PIXELS } from "../../../engine/strokes.js";
import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { endOf } from "../../../shared/colors.js";
import { choice, slider } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { percent } from "../../../shared/numbers.js";
import { probBars } from "../../blocks/bars.js";
import { pixelGrid } from "../../blocks/grid.js";
import { partOf } from "../../blocks/part.js";
import { inARowView, waysOf } from "./in-a-row.js";

const BETWEEN = ["ReLU", "MaxPool2d", "AvgPool2d", "Dropout"];

/** @param {Spec} stage */
const isReLU = ({ kind }) => kind === "ReLU";

/**
 * The first two convolutions, where ReLU stands between them and nothing else but pooling: their
 * indices, and that of the ReLU; null where it does not.
 *
 * @param {LoadedNetwork} loaded
 */
function pairOf({ network: { stages } }) {
  const [first = -1, second = -1] = stages.flatMap(({ kind }, i) => kind === "Conv2d" ? [i] : []);
  const between = stages.slice(first + 1, Math.max(0, second));
  const isPair = between.some(isReLU) && between.every(({ kind }) => BETWEEN.includes(kind));
  return isPair ? { first, second, relu: first + 1 + between.findIndex(isReLU) } : null;
}

/** @param {LoadedNetwork} loaded */
function foundIn(loaded) {
  const pair = pairOf(loaded);
  if (!pair) throw new RangeError("this network lacks what the step shows");
  const { stages } = loaded.network;
  return { ...pair, stages, ofFirst: stages[pair.first], ofSecond: stages[pair.second] };
}

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const { stages, first, ofFirst, ofSecond } = foundIn(loaded);
  const { kernel: [rows, columns] } = waysOf(
    ofFirst,
    ofSecond,
    stages[first - 1].shape,
    loaded.tensors,
    0,
  );
  const [ownRows, ownColumns] = ofFirst.kernel_size ?? [];
  return {
    values: { first: ofFirst.name, second: ofSecond.name },
    options: [
      { word: "option.none" },
      { word: "option.one", values: { rows: ownRows, columns: ownColumns } },
      { word: "option.one", values: { rows, columns } },
    ],
    right: 2,
    because: { word: "because" },
  };
}

/** @param {HTMLElement} place @param {Context<Keys["relu"]>} context */
function mount(place, context) {
  const { loaded } = context;
  const { stages, first, second, ofFirst, ofSecond } = foundIn(loaded);
  const shape = stages[first - 1].shape;
  const run = partOf(stages, 0, stages.length, loaded.tensors);
  const onMap = () => show();
  const rectified = rectifiedView(context);
  const counts = countsView(context);
  const answers = answersView(context);
  const inARow = inARowView(context, { first: ofFirst, second: ofSecond });
  const map = slider({
    context,
    word: "map",
    values: { stage: ofSecond.name },
    min: 1,
    max: ofSecond.shape[0],
    value: 1,
    onChange: onMap,
  });
  const heading = create("h3");
  const above = create("div", { className: "above" });
  const maps = create("div", { className: "stack" });
  const controls = create("div", { className: "controls" });
  const pooled = create("span");
  const pool = stages.slice(first, second).find(({ kind }) => kind.endsWith("Pool2d"));
  context.say(heading, pool ? "without.both" : "without");
  if (pool) {
    const word = pool.kind === "MaxPool2d" ? "pooled.max" : "pooled.average";
    context.say(pooled, word, { pool: pool.name });
  }
  const linear = create("span");
  const alone = stages.findIndex(({ kind }, i) =>
    kind === "ReLU" && [i - 1, i + 1].every((beside) => stages[beside]?.kind === "Linear")
  );
  if (alone > 0) {
    const [before, relu, after] = stages.slice(alone - 1).map(({ name }) => name);
    context.say(linear, "linear", { first: before, second: after, relu });
  }
  maps.append(rectified.element, counts.element);
  above.append(maps, answers.element);
  controls.append(heading, map.element);
  place.classList.add("stack");
  const notes = create("p", { className: "note" });
  notes.append(pooled, " ", linear);
  place.append(above, controls, inARow.element, notes);

  /** @type {Float32Array} */
  let seen = new Float32Array(PIXELS * PIXELS); // the digit, as it was painted last
  let isBlank = true;
  /** @type {{ map: number, ways: ReturnType<typeof waysOf> } | null} */
  let kept = null;

  function show() {
    const all = run(seen);
    rectified.paint(all);
    counts.paint(all);
    answers.paint(isBlank ? null : seen);
    if (kept?.map !== map.value) {
      const ways = waysOf(ofFirst, ofSecond, shape, loaded.tensors, map.value - 1);
      kept = { map: map.value, ways };
    }
    inARow.paint(kept.ways, all[first - 1]);
  }

  return {
    /** @param {Answer} answer */
    paint({ blank, seen: digit }) {
      isBlank = blank;
      seen = blank ? new Float32Array(PIXELS * PIXELS) : digit;
      show();
    },
  };
}

/** @type {Step} */
export const relu = {
  name: "relu",
  words: "relu",
  lights: ["ReLU"],
  lacks: (loaded) => !pairOf(loaded),
  facts(loaded) {
    const { ofFirst, ofSecond } = foundIn(loaded);
    return { first: ofFirst.name, second: ofSecond.name };
  },
  question,
  mount,
};

// One map of the first convolution, before ReLU and after it.

/** @param {Context<Keys["relu"]>} context */
function rectifiedView(context) {
  const { loaded } = context;
  const { stages, relu } = foundIn(loaded);
  const [count, height, width] = stages[relu].shape;
  const element = create("div", { className: "stack rectified" });
  const pictures = create("div", { className: "beside" });
  const [before, after] = [relu - 1, relu].map((stage) => {
    const figure = create("figure", { className: "figure" });
    const caption = create("figcaption");
    const grid = pixelGrid({ width, height });
    context.say(caption, stage === relu ? "after" : "before", { stage: stages[stage].name });
    figure.append(caption, grid.element);
    pictures.append(figure);
    return { stage, grid };
  });
  const map = slider({
    context,
    word: "map",
    values: { stage: stages[before.stage].name },
    min: 1,
    max: count,
    value: 1,
    onChange: () => show(),
  });
  element.append(map.element, pictures);
  /** @type {Float32Array[]} */
  let maps = [];

  function show() {
    const from = (map.value - 1) * height * width;
    for (const { stage, grid } of [before, after]) {
      const end = endOf(maps[stage], loaded.scales[stage]);
      grid.paint(maps[stage].subarray(from, from + height * width), end);
      context.label(grid.element, "map.label", { stage: stages[stage].name, map: map.value });
    }
  }

  return {
    element,
    /** @param {Float32Array[]} all of the network */
    paint(all) {
      maps = all;
      show();
    },
  };
}

// How many of the values each ReLU sets to 0.

/** @param {Context<Keys["relu"]>} context */
function countsView(context) {
  const { network: { stages } } = context.loaded;
  const element = create("section", { className: "stack zeroed" });
  const heading = create("h3");
  const list = create("ul", { className: "bars" });
  context.say(heading, "zeroed");
  const rows = stages.flatMap((stage, index) => {
    if (!isReLU(stage)) return [];
    const row = create("li");
    const { track, bar } = barInTrack();
    const value = create("span", { className: "value" });
    row.append(create("span", { textContent: stage.name }), track, value);
    list.append(row);
    return [{ index, bar, value }];
  });
  element.append(heading, list);
  return {
    element,
    /** @param {Float32Array[]} all of the network */
    paint(all) {
      for (const { index, bar, value } of rows) {
        const given = all[index - 1];
        const count = given.reduce((sum, each) => sum + Number(each < 0), 0);
        fillAcross(bar, count / given.length);
        context.say(value, "zeroed.of", { count, n: given.length });
      }
    },
  };
}

// What the network answers with its ReLUs, and with none of them.

/** @param {Context<Keys["relu"]>} context */
function answersView(context) {
  const { tensors, network: { stages, classes } } = context.loaded;
  const element = create("section", { className: "stack answers" });
  const says = create("p", { className: "says" });
  const bars = probBars(classes);
  const note = create("p", { className: "note" });
  const ways = {
    on: partOf(stages, 0, stages.length, tensors),
    off: without(stages, tensors),
  };
  const way = choice({
    context,
    word: "switch",
    options: [{ value: "on", word: "switch.on" }, { value: "off", word: "switch.off" }],
    value: "on",
    onChange: () => show(),
  });
  context.say(note, "switch.words");
  element.append(way.element, says, bars.element, note);
  /** @type {Float32Array | null} */
  let seen = null;

  function show() {
    const run = way.value === "off" ? ways.off : ways.on;
    const probs = seen && probabilitiesOf(run(seen).at(-1) ?? []);
    bars.paint(probs);
    says.hidden = !probs;
    if (!probs) return;
    const top = argmax(probs);
    context.say(says, "says", { digit: classes[top], sure: () => percent(probs[top]) });
  }

  return {
    element,
    /** @param {Float32Array | null} digit null: there is none */
    paint(digit) {
      seen = digit;
      show();
    },
  };
}

/**
 * The same network without any ReLU, its weights as they are.
 *
 * @param {Spec[]} stages
 * @param {LoadedNetwork["tensors"]} tensors
 */
export function without(stages, tensors) {
  const left = stages.filter((stage) => !isReLU(stage));
  return partOf(left, 0, left.length, tensors);
}
