// From pixels to strokes, to parts, to the whole: how much of the digit a value of each layer sees.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Said } from "../../../shared/i18n.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { receptiveField } from "../../../engine/explain.js";
import { cellAt } from "../../../engine/layers/window.js";
import { argmax } from "../../../engine/probabilities.js";
import { PIXELS } from "../../../engine/strokes.js";
import { slider } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { pixelGrid } from "../../blocks/grid.js";
import { patternsView, strongestAt } from "./patterns.js";

/** A part of the digit in its pixels. @typedef {import("../../blocks/grid.js").Rect} Rect */

/**
 * The first two convolutions and the first fully connected layer after them, by their indices;
 * null where the network has no such three.
 *
 * @param {LoadedNetwork} loaded
 */
function levelsOf({ network: { stages } }) {
  const [first = -1, second = -1] = stages.flatMap(({ kind }, i) => kind === "Conv2d" ? [i] : []);
  const last = stages.findIndex(({ kind }) => kind === "Linear");
  return second > 0 && last > second ? { first, second, last } : null;
}

/** @param {LoadedNetwork} loaded */
function foundIn(loaded) {
  const levels = levelsOf(loaded);
  if (!levels) throw new RangeError("this network lacks what the step shows");
  return { ...levels, stages: loaded.network.stages };
}

/**
 * What a value sees of the digit: null where that is nothing but padding.
 *
 * @param {LoadedNetwork} loaded
 * @param {number} stage
 * @param {number} row of its map; of a layer without maps 0
 * @param {number} column
 * @returns {Rect | null}
 */
export function seenBy({ network }, stage, row, column) {
  const [seen] = receptiveField(network, stage, row, column);
  return seen && {
    row: seen.top,
    column: seen.left,
    rows: seen.bottom - seen.top,
    columns: seen.right - seen.left,
  };
}

/**
 * The cell of a stage's maps that lies over a pixel of the digit.
 *
 * @param {Spec} stage
 * @param {{ row: number, column: number }} pixel
 */
function cellOver({ shape }, { row, column }) {
  const [, height, width] = shape.length === 3 ? shape : [1, 1, 1];
  return {
    row: Math.floor((row + 0.5) / PIXELS * height),
    column: Math.floor((column + 0.5) / PIXELS * width),
  };
}

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const { stages, second } = foundIn(loaded);
  const [rows, columns] = stages[second].kernel_size ?? [];
  const [, height, width] = stages[second].shape;
  const seen = seenBy(loaded, second, Math.floor(height / 2), Math.floor(width / 2));
  const right = { rows: seen?.rows ?? 0, columns: seen?.columns ?? 0 };
  /** @type {Said[]} */
  const options = [{ word: "option.size", values: { rows, columns } }];
  const isSame = right.rows === rows && right.columns === columns;
  if (!isSame) options.push({ word: "option.size", values: right });
  const isAll = right.rows === PIXELS && right.columns === PIXELS;
  if (!isAll) options.push({ word: "option.all", values: { side: PIXELS } });
  return {
    values: { second: stages[second].name, rows, columns },
    options,
    right: isSame ? 0 : 1,
    because: {
      word: "because",
      values: { n: rows * columns, before: stages[second - 1].name, ...right },
    },
  };
}

/** @param {HTMLElement} place @param {Context<Keys["parts"]>} context */
function mount(place, context) {
  const { loaded } = context;
  const { network } = loaded;
  const { stages, first, second, last } = foundIn(loaded);
  const [count, height, width] = stages[second].shape;
  const row = levelsView(context, (pixel) => {
    pointed = pixel;
    show();
  });
  const patterns = patternsView(context, { first: stages[first], second: stages[second] });
  const map = slider({
    context,
    word: "map",
    values: { stage: stages[second].name },
    min: 1,
    max: count,
    value: 1,
    onChange(value) {
      chosen = value - 1;
      show();
    },
  });
  const sizes = create("p", { className: "note" });
  const [beforeLast] = stages.slice(0, last).filter(({ shape }) => shape.length === 3).slice(-1);
  const [maps, high, wide] = beforeLast.shape;
  context.say(sizes, "sizes", {
    ...{ first: stages[first].name, last: beforeLast.name, n: maps, high, wide, side: PIXELS },
    colours: 3,
  });
  patterns.controls.append(map.element);
  place.classList.add("stack");
  place.append(row.element, patterns.element, sizes);

  /** @type {number | null} the reader's map, counted from 0; null: the one with the largest value */
  let chosen = null;
  /** @type {{ row: number, column: number } | null} the reader's pixel; null: at that value */
  let pointed = null;
  /** @type {Float32Array} */
  let seen = new Float32Array(PIXELS * PIXELS); // the digit, as it was painted last

  function show() {
    const all = network.run(seen);
    const area = height * width;
    const number = chosen ?? cellAt(argmax(all[second]), stages[second].shape).channel;
    const own = all[second].subarray(number * area, (number + 1) * area);
    const cell = pointed
      ? cellOver(stages[second], pointed)
      : cellAt(argmax(own), [1, height, width]);
    const index = number * area + cell.row * width + cell.column;
    map.set(number + 1);
    row.paint(
      seen,
      pointed ?? pixelUnder(cell),
      strongestAt(loaded, all, { first, second, index }),
    );
    patterns.paint(all, { network, second, index });
  }

  /** @param {{ row: number, column: number }} cell of the second convolution */
  const pixelUnder = (cell) => ({
    row: Math.floor((cell.row + 0.5) * PIXELS / height),
    column: Math.floor((cell.column + 0.5) * PIXELS / width),
  });

  return {
    /** @param {Answer} answer */
    paint(answer) {
      seen = answer.blank ? new Float32Array(PIXELS * PIXELS) : answer.seen;
      show();
    },
  };
}

/** @type {Step} */
export const parts = {
  name: "parts",
  words: "parts",
  lights: (loaded) => {
    const { stages, first, second, last } = foundIn(loaded);
    return [first, second, last].map((index) => stages[index].name);
  },
  lacks: (loaded) => !levelsOf(loaded),
  facts(loaded) {
    const { stages, first, second, last } = foundIn(loaded);
    return {
      ...{ first: stages[first].name, second: stages[second].name, last: stages[last].name },
      ...{ firstMaps: stages[first].shape[0], secondMaps: stages[second].shape[0] },
    };
  },
  question,
  mount,
};

// The digit once for each layer, with what one value of it sees.

/**
 * @param {Context<Keys["parts"]>} context
 * @param {(pixel: { row: number, column: number }) => void} onPoint
 */
function levelsView(context, onPoint) {
  const { loaded } = context;
  const { stages, first, second, last } = foundIn(loaded);
  const element = create("ol", { className: "levels" });
  const items = stages.flatMap((stage, index) => {
    const isShown = index === 0 || stage.kind === "Conv2d" || stage.kind.endsWith("Pool2d");
    return index === last || (isShown && index < last) ? [itemOf(stage, index)] : [];
  });

  /** @param {Spec} stage @param {number} index */
  function itemOf(stage, index) {
    const { name, kind, shape: [maps, height, width], in_channels } = stage;
    const item = create("li");
    const level = create("small");
    const picture = create("div");
    const title = create("b", { textContent: name });
    const sees = create("span");
    const size = create("span");
    const grid = pixelGrid({
      width: PIXELS,
      height: PIXELS,
      onPoint: (row, column) => onPoint({ row, column }),
    });
    context.say(level, levelOf(index));
    context.label(grid.element, "digit", { stage: name });
    if (index === last) context.say(size, "neurons", { n: maps });
    else context.say(size, "maps", { n: maps, height, width });
    picture.append(grid.element);
    item.append(level, picture, title, sees, size);
    if (kind === "Conv2d") {
      const channels = create("span");
      context.say(channels, "channels", { in: in_channels ?? 0, out: maps });
      item.append(channels);
    }
    const isAsked = index >= second && index < last;
    for (const part of [picture, sees]) part.classList.toggle("secret", isAsked);
    element.append(item);
    return { stage, index, grid, sees };
  }

  /** @param {number} index of the stage */
  function levelOf(index) {
    if (index === 0) return "level.pixels";
    return index === last ? "level.whole" : index < second ? "level.strokes" : "level.parts";
  }

  return {
    element,
    /**
     * @param {Float32Array} digit
     * @param {{ row: number, column: number }} pixel that is pointed at
     * @param {{ cell: { row: number, column: number } } | null} strongest where the first
     *   convolution found what adds most to the second
     */
    paint(digit, pixel, strongest) {
      for (const { stage, index, grid, sees } of items) {
        const { row, column } = cellOver(stage, pixel);
        const rect = seenBy(loaded, index, row, column);
        grid.paint(digit, 1);
        grid.mark("out", rect);
        if (rect) context.say(sees, "sees", { rows: rect.rows, columns: rect.columns });
        else context.say(sees, "sees.nothing");
        if (index !== second) continue;
        const inside = strongest &&
          seenBy(loaded, first, strongest.cell.row, strongest.cell.column);
        grid.mark("kernel", inside);
      }
    },
  };
}
