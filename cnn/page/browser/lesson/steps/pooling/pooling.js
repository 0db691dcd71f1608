// What pooling keeps, on the reader's maps, and what it makes of a push.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/network.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 */

import { create } from "../../../shared/dom.js";
import { choice } from "../../blocks/choice.js";
import { slider } from "../../blocks/slider.js";
import { partOf } from "../../part.js";
import { changesView } from "./changes.js";
import { leftTable } from "./left.js";
import { change, pool, pushed } from "./pushed.js";
import { windowsView } from "./windows.js";
import { words } from "./words.js";

const SIDES = [2, 4]; // of a window
const MOST_PUSH = 4; // px
const LESS = 0.95; // what remains of the change, from where on it is called as much as before

/**
 * The stage that the first pooling reads.
 *
 * @param {LoadedNetwork} loaded
 */
function sourceOf({ network: { stages } }) {
  const index = stages.findIndex(({ kind }) => kind === "MaxPool2d" || kind === "AvgPool2d") - 1;
  return { index, stage: stages[index] };
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
  const still = { maps: read(answer.seen).slice(), pooled: max.run(answer.maps[index]).slice() };
  const maps = read(pushed(answer.seen, 1, 0));
  const before = change(still.maps, maps);
  const after = change(still.pooled, max.run(maps));
  if (!whole(before)) return null; // there is nothing to push
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

/** @param {HTMLElement} place @param {Context<keyof typeof words.en>} context */
function mount(place, context) {
  const { loaded } = context;
  const { index, stage } = sourceOf(loaded);
  const read = reader(loaded, index);
  const [maps] = stage.shape;
  const windows = windowsView(context, stage, loaded.scales[index]);
  const changes = changesView(context, stage.name);
  const left = leftTable(context, stage.shape);
  const size = choice({
    context,
    word: "window",
    options: SIDES.map((side) => ({ value: side, word: "window.value", values: { side } })),
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
    max: MOST_PUSH,
    value: 0,
    onChange: () => show(),
  });
  const controls = create("div", { className: "controls" });
  const below = create("div", { className: "beside lower" });
  controls.append(map.element, size.element, push.element);
  below.append(changes.element, left.element);
  place.classList.add("stack");
  place.append(controls, windows.element, below, changes.how);

  let seen = new Float32Array(0); // the digit, as it was painted last

  function show() {
    const side = size.value ?? SIDES[0];
    const still = read(seen).slice();
    const moved = read(pushed(seen, push.value, 0));
    const max = pool("MaxPool2d", stage.shape, side);
    const average = pool("AvgPool2d", stage.shape, side);
    windows.paint(moved, { map: map.value ?? 0, side, max, average });
    changes.paint(push.value, side, [
      change(still, moved),
      ...[max, average].map(({ run }) => change(run(still).slice(), run(moved))),
    ]);
    left.paint(side);
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      seen = answer.blank ? new Float32Array(28 * 28) : answer.seen.slice();
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
  words,
  lights: ["MaxPool2d", "AvgPool2d"],
  question,
  mount,
};
