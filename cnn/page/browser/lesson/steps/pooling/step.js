// What pooling keeps of the reader's maps, and what it makes of a push.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { sizeOf } from "../../../engine/safetensors.js";
import { PIXELS } from "../../../engine/strokes.js";
import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { choice, slider } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { write } from "../../../shared/i18n.js";
import { number, ofHundred } from "../../../shared/numbers.js";
import { partOf, pooledShape } from "../../blocks/part.js";
import { change, pool, pushed, windowsView } from "./windows.js";

const POOLINGS = ["MaxPool2d", "AvgPool2d"];
const SIDES = [2, 4]; // of a window
const MAX_PUSH = 4; // px
const LESS = 0.95; // the share of the change that, if it remains, is called as much as before

/**
 * The stage that the first pooling reads.
 *
 * @param {LoadedNetwork} loaded
 */
function sourceOf({ network: { stages } }) {
  const index = stages.findIndex(({ kind }) => POOLINGS.includes(kind)) - 1;
  return { index, stage: stages[index] };
}

/** The windows that fit maps of this shape. @param {number[]} shape */
const sidesFor = ([, height, width]) => SIDES.filter((side) => side <= Math.min(height, width));

/** @param {LoadedNetwork} loaded */
function lacks(loaded) {
  const { index, stage } = sourceOf(loaded);
  return index < 0 || !sidesFor(stage.shape).length;
}

/** @param {LoadedNetwork} loaded @param {number} end a function from a digit to the maps of it */
function reader({ network, tensors }, end) {
  const run = partOf(network.stages, 0, end + 1, tensors);
  return (/** @type {Float32Array} */ digit) => run(digit)[end];
}

const whole = (/** @type {number} */ share) => Math.round(100 * share);

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const { index, stage } = sourceOf(loaded);
  const read = reader(loaded, index);
  const max = pool("MaxPool2d", stage.shape, SIDES[0]);
  const maps = { still: read(answer.seen), moved: read(pushed(answer.seen, 1, 0)) };
  const before = change(maps.still, maps.moved);
  const after = change(max.run(maps.still), max.run(maps.moved));
  if (!whole(before)) return null; // a push changes nothing
  const isLess = after < LESS * before;
  return {
    values: { stage: stage.name, percent: whole(before) },
    options: [
      { word: "option.same", values: { percent: whole(before) } },
      { word: "option.less", values: { percent: whole(isLess ? after : before / 2) } },
      { word: "option.none" },
    ],
    right: isLess ? 1 : 0,
    because: {
      word: isLess ? "because" : "because.more",
      values: { before: whole(before), after: whole(after) },
    },
  };
}

/** @param {HTMLElement} place @param {Context<Keys["pooling"]>} context */
function mount(place, context) {
  const { loaded } = context;
  const { index, stage } = sourceOf(loaded);
  const read = reader(loaded, index);
  const [maps] = stage.shape;
  const windows = windowsView(context, stage, loaded.scales[index]);
  const changes = changesView(context, stage.name);
  const left = leftTable(context, stage.shape, loaded.network.stages);
  const size = choice({
    context,
    word: "window",
    options: sidesFor(stage.shape).map((side) => ({
      value: side,
      word: "window.value",
      values: { side },
    })),
    value: SIDES[0],
    onChange: () => show(),
  });
  const map = choice({
    context,
    word: "map",
    values: { stage: stage.name },
    options: Array.from({ length: maps }, (_, i) => ({
      value: i,
      word: "map.value",
      values: { map: i + 1 },
    })),
    value: 0,
    onChange: () => show(),
  });
  const push = slider({
    context,
    word: "push",
    min: 0,
    max: MAX_PUSH,
    value: 0,
    onChange: () => show(),
  });
  const controls = create("div", { className: "controls" });
  const below = create("div", { className: "beside lower" });
  controls.append(map.element, size.element, push.element);
  below.append(changes.element, left.element);
  place.classList.add("stack");
  place.append(controls, windows.element, below);

  /** @type {Float32Array} */
  let seen = new Float32Array(0); // the digit, as it was painted last

  function show() {
    const side = size.value ?? SIDES[0];
    const still = read(seen);
    const moved = read(pushed(seen, push.value, 0));
    const max = pool("MaxPool2d", stage.shape, side);
    const average = pool("AvgPool2d", stage.shape, side);
    windows.paint(moved, { map: map.value ?? 0, side, max, average });
    changes.paint(push.value, side, [
      change(still, moved),
      ...[max, average].map(({ run }) => change(run(still), run(moved))),
    ]);
    left.paint(side);
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      seen = answer.blank ? new Float32Array(PIXELS * PIXELS) : answer.seen;
      show();
    },
    reveal() {
      if (push.value === 0) push.set(1);
      show();
    },
  };
}

/** @type {Step} */
export const pooling = {
  name: "pooling",
  words: "pooling",
  lights: POOLINGS,
  lacks,
  question,
  mount,
};

// Why the article pools: how many numbers pooling leaves, of the network's maps and of a 4K picture,
// and how many parameters the fully connected layer behind then needs.

// A 4K picture in three colours, the one by which the article counts what a flattened picture has.
const PHOTO = [3, 2160, 3840];

/**
 * How many numbers are left when windows of this size have each kept one.
 *
 * @param {number[]} shape [channels, height, width]
 * @param {number} side of a window
 */
export const left = ([channels, height, width], side) =>
  channels * Math.floor(height / side) * Math.floor(width / side);

/**
 * How many parameters the first fully connected layer needs.
 *
 * @param {Spec[]} stages with such a layer
 * @param {number} side of the windows of every pooling; 1: nothing is pooled
 * @returns {number} 0 where the maps are too small for such windows
 */
function parametersOf(stages, side) {
  const at = stages.findIndex(({ kind }) => kind === "Linear");
  const shape = pooledShape(stages.slice(0, at), side);
  return shape ? (sizeOf(shape) + 1) * stages[at].shape[0] : 0;
}

/**
 * @param {Context<Keys["pooling"]>} context
 * @param {number[]} maps the shape of those that are pooled
 * @param {Spec[]} stages
 */
function leftTable(context, maps, stages) {
  const element = create("section", { className: "stack left" });
  const heading = create("h3");
  const table = create("table", { className: "plain" });
  const head = table.createTHead().insertRow();
  const after = create("th", { scope: "col" });
  const before = create("th", { scope: "col" });
  const body = table.createTBody();
  const linear = stages.find(({ kind }) => kind === "Linear");
  context.say(heading, "left");
  context.say(before, "left.before");
  head.append(create("td"), before, after);
  const [colours, height, width] = PHOTO;
  const rows = [
    rowOf("left.maps", {}, (side) => left(maps, side)),
    rowOf("left.photo", { width, height, colours }, (side) => left(PHOTO, side)),
  ];
  if (linear) {
    const times = stages.filter(({ kind }) => POOLINGS.includes(kind)).length;
    const word = times > 1 ? "left.parameters" : "left.parameters.once";
    rows.push(rowOf(word, { layer: linear.name, times }, (side) => parametersOf(stages, side)));
  }
  element.append(heading, table);

  /**
   * @param {Keys["pooling"]} word
   * @param {Record<string, any>} values
   * @param {(side: number) => number} count 0: there is none
   */
  function rowOf(word, values, count) {
    const row = body.insertRow();
    const name = create("th", { scope: "row" });
    context.say(name, word, values);
    row.append(name);
    write(row.insertCell(), () => number(count(1)));
    return { count, cell: row.insertCell() };
  }

  return {
    element,
    /** @param {number} side of a window */
    paint(side) {
      context.say(after, "left.after", { side });
      for (const { count, cell } of rows) {
        write(cell, () => count(side) ? number(count(side)) : "–");
      }
    },
  };
}

// How much a push changes before pooling and after it, as bars.

/**
 * @param {Context<Keys["pooling"]>} context
 * @param {string} stage the name of the one that is pooled
 */
function changesView(context, stage) {
  const element = create("section", { className: "stack changes" });
  const heading = create("h3");
  const list = create("ul", { className: "bars" });
  const how = create("p", { className: "note" });
  const kinds = /** @type {const} */ (["changed.before", "changed.max", "changed.average"]);
  const rows = kinds.map((word) => {
    const row = create("li");
    const name = create("span");
    const { track, bar } = barInTrack();
    const value = create("span", { className: "value" });
    context.say(name, word, { stage });
    const isAsked = word !== "changed.before";
    for (const part of [track, value]) part.classList.toggle("secret", isAsked);
    row.append(name, track, value);
    list.append(row);
    return { bar, value };
  });
  context.say(how, "changed.how");
  element.append(heading, list, how);
  return {
    element,
    /**
     * @param {number} push px
     * @param {number} side of a window
     * @param {number[]} shares the change before, after max-pooling, after average pooling
     */
    paint(push, side, shares) {
      context.say(heading, push ? "changed" : "changed.none", { push, side });
      const most = Math.max(1, ...shares); // a change can be more than 100%
      rows.forEach(({ bar, value }, i) => {
        fillAcross(bar, shares[i], 0, most);
        value.textContent = ofHundred(number(Math.round(100 * shares[i])));
      });
    },
  };
}
