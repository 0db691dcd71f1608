// Many maps in, many maps out.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Tensors } from "../../../engine/safetensors.js"
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { layerOf } from "../../../engine/layers.js";
import { argmax } from "../../../engine/probabilities.js";
import { PIXELS } from "../../../engine/strokes.js";
import { endOf, Pixels } from "../../../shared/colors.js";
import { choice } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { sumView } from "../../blocks/bars.js";
import { pixelGrid } from "../../blocks/grid.js";
import { partOf } from "../../blocks/part.js";

const DECIMALS = 2;

/**
 * The last convolution that reads several maps; its index is -1 where none does.
 *
 * @param {LoadedNetwork} loaded
 */
function deepest({ network: { stages } }) {
  const index = stages.findLastIndex(({ kind, in_channels = 1 }) =>
    kind === "Conv2d" && in_channels > 1
  );
  return { index, stage: stages[index], before: stages[index - 1] };
}

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const { index, stage, before } = deepest(loaded);
  const [, height, width] = stage.shape;
  const pixel = argmax(answer.maps[index]);
  const map = Math.floor(pixel / (height * width));
  const { bias, run } = partsOf(stage, before.shape, loaded.tensors, map);
  const sums = run(answer.maps[index - 1]).map((part) => part[pixel % (height * width)]);
  const total = sums.reduce((sum, value) => sum + value, 0);
  const shown = (/** @type {number} */ value) => () => decimal(value, DECIMALS);
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

/** @param {HTMLElement} place @param {Context<Keys["channels"]>} context */
function mount(place, context) {
  const { loaded } = context;
  const { tensors, network: { stages } } = loaded;
  const { index, stage, before } = deepest(loaded);
  const [, height, width] = stage.shape;
  const [rows, columns] = stage.kernel_size ?? [];
  // With other kernels the maps before stay the same: only this convolution is computed again.
  const toBefore = partOf(stages, 0, index, tensors);
  const toMaps = partOf(stages, index, index + 1, tensors);
  const maps = mapsView(context, stage, (map) => {
    chosen = map;
    show();
  });
  const parts = partsView(context, { stage, before });
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
  /** @type {Float32Array} */
  let seen = new Float32Array(PIXELS * PIXELS);

  function show() {
    const given = /** @type {Float32Array} */ (toBefore(seen).at(-1));
    const [all] = toMaps(given);
    const map = chosen ?? Math.floor(argmax(all) / (height * width));
    const ends = {
      before: endOf(given, loaded.scales[index - 1]),
      out: endOf(all, loaded.scales[index]),
    };
    maps.paint(all, map, ends.out);
    const taken = partsOf(stage, before.shape, tensors, map, size.value === "middle");
    parts.paint(taken, given, map, ends);
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      seen = answer.blank ? new Float32Array(PIXELS * PIXELS) : answer.seen;
      show();
    },
  };
}

/** @type {Step} */
export const channels = {
  name: "channels",
  words: "channels",
  lights: ["Conv2d"],
  lacks: (loaded) => deepest(loaded).index < 0,
  question,
  mount,
};

// All maps of a convolution, small, of which one is chosen.

/** @type {Record<string, number>} */
const MOVES = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/**
 * @param {Context<Keys["channels"]>} context
 * @param {Spec} stage the convolution
 * @param {(map: number) => void} onChoose counted from 0
 */
function mapsView(context, { name, shape, in_channels }, onChoose) {
  const [count, height, width] = shape;
  const element = create("section", { className: "stack out-maps" });
  const caption = create("p");
  const group = create("div", { role: "radiogroup", className: "tiles" });
  const before = context.loaded.network.stages;
  const source = before[before.findIndex((stage) => stage.name === name) - 1];
  context.say(caption, "in_out", {
    before: source.name,
    in: in_channels ?? 0,
    stage: name,
    out: count,
  });
  context.label(group, "maps", { stage: name });
  const tiles = Array.from({ length: count }, (_, map) => {
    const button = create("button", { type: "button", role: "radio" });
    const pixels = new Pixels(width, height);
    context.label(button, "map", { stage: name, map: map + 1 });
    button.append(pixels.canvas);
    button.addEventListener("click", () => onChoose(map));
    button.addEventListener("keydown", (event) => {
      const by = MOVES[event.key];
      if (!by) return;
      event.preventDefault();
      const next = (map + by + count) % count;
      tiles[next].button.focus();
      onChoose(next);
    });
    group.append(button);
    return { button, pixels };
  });
  element.append(caption, group);
  return {
    element,
    /** @param {Float32Array} maps @param {number} chosen @param {number} end of their colours */
    paint(maps, chosen, end) {
      const area = height * width;
      tiles.forEach(({ button, pixels }, map) => {
        pixels.paint(maps.subarray(map * area, (map + 1) * area), end);
        button.ariaChecked = `${map === chosen}`;
        button.tabIndex = map === chosen ? 0 : -1;
      });
    },
  };
}

// A convolution taken apart: what each of the maps before adds to one map of what it gives.

/**
 * The parts of one map. bias: what is added once they are summed.
 *
 * @typedef {object} Parts
 * @property {Float32Array[]} kernels one for each map before
 * @property {number[]} sides of a kernel, [rows, columns]
 * @property {number} bias
 * @property {(maps: Float32Array) => Float32Array[]} run what each map before adds, one value for
 *   each of the new map's; maps: all values of the stage before
 */

/**
 * Whether a kernel's middle cell lies on one cell of the map before: then that cell alone can serve
 * as a 1 x 1 kernel.
 *
 * @param {Spec} stage a convolution
 */
const hasMiddle = ({ kernel_size = [], padding = [] }) =>
  kernel_size.every((side, axis) => side % 2 === 1 && padding[axis] === (side - 1) / 2);

/**
 * @param {Spec} stage a convolution
 * @param {number[]} before the shape of what it is given
 * @param {Tensors} tensors of the whole network
 * @param {number} map which of its maps, counted from 0
 * @param {boolean} middle keep only each kernel's middle cell, as a 1 x 1 kernel
 * @returns {Parts}
 */
export function partsOf(stage, [channels, ...sides], tensors, map, middle = false) {
  const { name, kernel_size: learned = [], shape } = stage;
  const size = learned[0] * learned[1];
  const weight = tensors.get(`${name}.weight`)?.data ?? new Float32Array(0);
  const kernels = Array.from({ length: channels }, (_, channel) => {
    const first = (map * channels + channel) * size;
    const kernel = weight.slice(first, first + size);
    return middle ? kernel.slice((size - 1) / 2, (size + 1) / 2) : kernel;
  });
  const one = {
    ...stage,
    in_channels: 1,
    out_channels: 1,
    shape: [1, ...shape.slice(1)],
    ...(middle && { kernel_size: [1, 1], padding: [0, 0] }),
  };
  const runs = kernels.map((data) => {
    const alone = new Map([
      [`${name}.weight`, { shape: [1, 1, ...one.kernel_size ?? []], data }],
      [`${name}.bias`, { shape: [1], data: new Float32Array(1) }],
    ]);
    return layerOf(one, [1, ...sides], alone).forward;
  });
  const area = sides[0] * sides[1];
  return {
    kernels,
    sides: one.kernel_size ?? [],
    bias: tensors.get(`${name}.bias`)?.data[map] ?? 0,
    run: (maps) =>
      runs.map((run, channel) => run(maps.subarray(channel * area, (channel + 1) * area))),
  };
}

/**
 * The parts added up, with the bias: the map itself.
 *
 * @param {Float32Array[]} parts
 * @param {number} bias
 */
export function summed(parts, bias) {
  const sum = new Float32Array(parts[0].length);
  for (let i = 0; i < sum.length; i++) {
    let value = bias;
    for (const part of parts) value += part[i];
    sum[i] = value;
  }
  return sum;
}

// One map, taken apart: the maps before, the kernel's channel for each, what each gives, and all of
// it added up.

/**
 * @param {Context<Keys["channels"]>} context
 * @param {object} what
 * @param {Spec} what.stage the convolution
 * @param {Spec} what.before the stage before it
 */
function partsView(context, { stage, before }) {
  const [channels, inHigh, inWide] = before.shape;
  const [, height, width] = stage.shape;
  const element = create("div", { className: "beside taken-apart" });
  const figure = create("figure", { className: "figure parts" });
  const caption = create("figcaption");
  const list = create("ol");
  const total = create("figure", { className: "figure total" });
  const title = create("figcaption");
  const out = pixelGrid({ width, height, onPoint: (row, column) => choose({ row, column }) });
  const sum = sumView(context, "sum.parts");
  const items = Array.from({ length: channels }, (_, channel) => itemOf(channel));
  context.say(caption, "parts");
  figure.append(caption, list);
  sum.element.classList.add("secret");
  total.append(title, out.element, sum.element);
  element.append(figure, total);

  /** @type {{ row: number, column: number } | null} the reader's pixel; null: the brightest */
  let chosen = null;
  /** @type {{ sums: Float32Array[], all: Float32Array, bias: number, map: number } | null} */
  let painted = null;

  /** @param {number} channel */
  function itemOf(channel) {
    const item = create("li");
    const map = new Pixels(inWide, inHigh);
    const cells = create("span", { className: "kernel-cells" });
    const part = pixelGrid({ width, height });
    const value = create("span", { className: "value" });
    map.canvas.className = "map-before";
    part.element.ariaHidden = "true"; // its value at the chosen pixel is in the sum
    item.append(create("small", { textContent: `${channel + 1}` }), map.canvas, cells);
    item.append(part.element, value);
    list.append(item);
    const kernel = /** @type {Pixels | null} */ (null);
    return { map, cells, kernel, part, value };
  }

  /** @param {{ row: number, column: number }} pixel */
  function choose(pixel) {
    chosen = pixel;
    showSum();
  }

  function showSum() {
    if (!painted) return;
    const { sums, all, bias, map } = painted;
    const index = chosen ? chosen.row * width + chosen.column : argmax(all);
    const at = { row: Math.floor(index / width), column: index % width };
    const values = sums.map((part) => part[index]);
    const cell = { ...at, rows: 1, columns: 1 };
    out.mark("out", cell);
    items.forEach(({ part, value }, channel) => {
      part.mark("out", cell);
      value.textContent = decimal(values[channel], DECIMALS);
    });
    context.say(title, "out", { map: map + 1, row: at.row + 1, column: at.column + 1 });
    sum.paint(values, bias, all[index]);
  }

  /** @param {Float32Array[]} kernels @param {number[]} sides of each, [rows, columns] */
  function paintKernels(kernels, [rows, columns]) {
    const most = Math.max(...kernels.flatMap((kernel) => Array.from(kernel, Math.abs))) || 1;
    items.forEach((column, channel) => {
      const canvas = column.kernel?.canvas;
      if (!column.kernel || canvas?.width !== columns || canvas.height !== rows) {
        column.kernel = new Pixels(columns, rows);
        column.cells.replaceChildren(column.kernel.canvas);
        column.cells.classList.toggle("single", rows * columns === 1);
      }
      column.kernel.paint(kernels[channel], most);
    });
  }

  return {
    element,
    /**
     * @param {Parts} parts
     * @param {Float32Array} maps of the stage before
     * @param {number} map which is taken apart, counted from 0
     * @param {{ before: number, out: number }} ends of the two stages' colours
     */
    paint({ kernels, sides, bias, run }, maps, map, ends) {
      const sums = run(maps);
      const all = summed(sums, bias);
      painted = { sums, all, bias, map };
      context.label(out.element, "out.label", { stage: stage.name, map: map + 1 });
      const area = inHigh * inWide;
      // A part's values may lie farther from zero than those of the whole layer.
      const end = sums.reduce((most, part) => endOf(part, most), endOf(all, ends.out));
      items.forEach(({ map: picture, part }, channel) => {
        picture.paint(maps.subarray(channel * area, (channel + 1) * area), ends.before);
        part.paint(sums[channel], end);
      });
      paintKernels(kernels, sides);
      out.paint(all, end);
      showSum();
    },
  };
}
