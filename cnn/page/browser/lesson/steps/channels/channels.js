// Many maps in, many maps out.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/network.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 */

import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { choice } from "../../blocks/choice.js";
import { partOf } from "../../part.js";
import { mapsView } from "./maps.js";
import { hasMiddle, partsOf } from "./parts.js";
import { partsView } from "./sums.js";
import { words } from "./words.js";

const DECIMALS = 2;

/**
 * The last convolution: the one that reads several maps.
 *
 * @param {LoadedNetwork} loaded
 */
function deepest({ network: { stages } }) {
  const index = stages.findLastIndex(({ kind }) => kind === "Conv2d");
  return { index, stage: stages[index], before: stages[index - 1] };
}

/** The index of the largest value. @param {Float32Array} values */
const brightest = (values) => values.reduce((best, value, i) => value > values[best] ? i : best, 0);

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const { index, stage, before } = deepest(loaded);
  const [, height, width] = stage.shape;
  const pixel = brightest(answer.maps[index]);
  const map = Math.floor(pixel / (height * width));
  const { bias, run } = partsOf(stage, before.shape, loaded.tensors, map);
  const sums = run(answer.maps[index - 1]).map((part) => part[pixel % (height * width)]);
  const total = sums.reduce((sum, value) => sum + value, 0);
  const shown = (/** @type {number} */ value) => decimal(value, DECIMALS);
  return {
    values: { stage: stage.name, map: map + 1, n: sums.length },
    options: [
      { word: "option.largest", values: { value: shown(Math.max(...sums)) } },
      { word: "option.mean", values: { value: shown(total / sums.length) } },
      { word: "option.sum", values: { value: shown(total + bias) } },
    ],
    right: 2,
    because: {
      word: "because",
      values: { bias: shown(bias) },
    },
  };
}

/** @param {HTMLElement} place @param {Context<keyof typeof words.en>} context */
function mount(place, context) {
  const { loaded } = context;
  const { tensors, network: { stages } } = loaded;
  const { index, stage, before } = deepest(loaded);
  const [, height, width] = stage.shape;
  const [rows, columns] = stage.kernel_size ?? [];
  const scales = { before: loaded.scales[index - 1], out: loaded.scales[index] };
  // With other kernels the maps before stay: only this convolution is computed anew.
  const toBefore = partOf(stages, 0, index, tensors);
  const toMaps = partOf(stages, index, index + 1, tensors);
  const maps = mapsView(context, stage, scales.out, (map) => {
    chosen = map;
    show();
  });
  const parts = partsView(context, { stage, before, scales });
  const size = choice({
    context,
    word: "size",
    options: [
      { value: "learned", word: "size.learned", values: { rows, columns } },
      { value: "middle", word: "size.middle" },
    ],
    value: "learned",
    onChange: () => show(),
  });
  const controls = create("div", { className: "controls of-size" });
  const note = create("p", { className: "note" });
  context.say(note, "size.words", { in: before.shape[0] });
  controls.append(size.element, note);
  place.classList.add("stack");
  place.append(maps.element, parts.element);
  if (hasMiddle(stage)) place.append(controls);

  /** @type {number | null} the reader's map; null: the one with the brightest pixel */
  let chosen = null;
  let seen = new Float32Array(28 * 28);

  function show() {
    const given = /** @type {Float32Array} */ (toBefore(seen).at(-1));
    const [all] = toMaps(given);
    const map = chosen ?? Math.floor(brightest(all) / (height * width));
    maps.paint(all, map);
    parts.paint(partsOf(stage, before.shape, tensors, map, size.value === "middle"), given, map);
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      seen = answer.blank ? new Float32Array(28 * 28) : answer.seen.slice();
      show();
    },
  };
}

/** @type {Step} */
export const channels = {
  name: "channels",
  words,
  lights: ["Conv2d"],
  question,
  mount,
};
