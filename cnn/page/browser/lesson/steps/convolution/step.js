// Convolution: a kernel slides over the digit.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Single } from "./editor.js"
 * @import { Context, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { argmax } from "../../../engine/probabilities.js";
import { PIXELS } from "../../../engine/strokes.js";
import { endOf } from "../../../shared/colors.js";
import { choice } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { framed, pixelGrid } from "../../blocks/grid.js";
import { partOf } from "../../blocks/part.js";
import { player } from "../../blocks/player.js";
import {
  arithmeticOf,
  blankPlaces,
  convolved,
  kernelEditor,
  patchAt,
  singleOf,
  tintedWindow,
} from "./editor.js";

/** @type {Step} */
export const convolution = {
  name: "convolution",
  words: "convolution",
  lights: ({ network: { stages } }) => [stages[firstAt(stages)].name],
  lacks: ({ network: { stages } }) => firstAt(stages) < 0,
  facts(loaded) {
    const { weights } = learnedOf(loaded)[0];
    return { n: weights.length, kernels: learnedOf(loaded).length };
  },
  question({ loaded }) {
    const paper = paperOf(loaded);
    const kernels = learnedOf(loaded);
    const loudest = loudestOnPaper(kernels, paper);
    const value = onPaper(kernels[loudest], paper);
    return {
      values: { paper: () => decimal(paper, 2), kernel: loudest + 1 },
      options: [{ word: "option.zero" }, { word: "option.above" }, { word: "option.below" }],
      right: value > 0 ? 1 : 2,
      because: {
        word: "because",
        values: {
          paper: () => decimal(paper, 3),
          sum: () => decimal(sumOf(kernels[loudest].weights), 3),
          sign: kernels[loudest].bias < 0 ? "−" : "+",
          bias: () => decimal(Math.abs(kernels[loudest].bias), 3),
          value: () => decimal(value, 2),
        },
      },
    };
  },
  mount,
};

// The kernel on the digit, the products, and the map that grows.

const BLANK = new Float32Array(PIXELS * PIXELS);

const ROWS_PER_SECOND = 1.5;

/** @param {readonly { kind: string }[]} stages */
const firstAt = (stages) => stages.findIndex(({ kind }) => kind === "Conv2d");

/**
 * What the first convolution is given: a function from a digit, 784 values.
 *
 * @param {LoadedNetwork} loaded
 * @returns {(digit: Float32Array) => Float32Array}
 */
function toFirst({ network: { stages }, tensors }) {
  const run = partOf(stages, 0, firstAt(stages), tensors);
  return (digit) => run(digit).at(-1) ?? digit;
}

/** What it is given for a blank pixel. @param {LoadedNetwork} loaded */
const paperOf = (loaded) => toFirst(loaded)(BLANK)[0];

/**
 * @param {HTMLElement} place
 * @param {Context<Keys["convolution"]>} context
 */
export function mount(place, context) {
  const { loaded, say, label } = context;
  const { mean = 0, std = 1 } = loaded.network.stages[0];
  const paper = paperOf(loaded);
  const learned = learnedOf(loaded);
  const { stages } = loaded.network;
  const layer = firstAt(stages);
  const toGiven = toFirst(loaded);
  const single = singleOf(stages[layer], stages[layer - 1].shape);
  const { shape: [, inHigh, inWide], rows, columns, stride: [down, across] } = single;
  const [below, beside] = single.padding;
  const [, high, wide] = stages[layer].shape;
  const inside = { width: inWide, height: inHigh };
  const outside = { width: inWide + 2 * beside, height: inHigh + 2 * below };
  const asked = loudestOnPaper(learned, paper); // the kernel that the question asks about
  /** @type {Kernel | null} null: what is typed is not a kernel */
  let kernel = learned[asked];
  /** @type {Float32Array} */
  let pixels = new Float32Array(inHigh * inWide); // what the convolution is given
  /** @type {Float32Array} */
  let map = new Float32Array(0);
  let secrets = new Set(); // places of the map that would give the answer away
  /** @type {ArrayLike<number>} of the layer, from the newest answer */
  let values = [];
  let end = 1;

  const picture = pixelGrid({
    ...outside,
    onPoint(row, column) {
      const top = Math.round((row - (rows - 1) / 2) / down);
      const left = Math.round((column - (columns - 1) / 2) / across);
      jump(clamp(top, high), clamp(left, wide));
    },
  });
  const output = pixelGrid({ width: wide, height: high, onPoint: jump });
  const tints = tintedWindow(picture.element, single, outside);
  const arithmetic = arithmeticOf(context, single);
  const editor = kernelEditor(context, single, (typed) => {
    kernel = typed;
    choices.set(null);
    paintAll();
  });
  const choices = choicesOf(context, { learned, first: asked, single }, (chosen) => {
    kernel = chosen;
    editor.set(kernel);
    paintAll();
  });
  const play = player({
    context,
    count: high * wide,
    stepsPerSecond: ROWS_PER_SECOND * wide,
    onChange: paintMoment,
  });

  label(picture.element, "grid.picture");
  label(output.element, "grid.map");
  const [ofPicture, ofMap] = [create("figcaption"), create("figcaption")];
  const pictures = create("div", { className: "pictures" });
  say(ofPicture, "picture");
  pictures.append(
    figure("of-picture", ofPicture, picture.element, outside.width),
    figure("of-map", ofMap, output.element, wide),
  );
  place.classList.add("stack");
  place.append(pictures, play.element, arithmetic.element, choices.element);
  arithmetic.place(editor.element, editor.bias);
  picture.mark("frame", { row: below, column: beside, rows: inHigh, columns: inWide });
  editor.set(learned[asked]);
  play.set(Math.floor((high - 1) / 2) * wide + Math.floor(wide / 2)); // in the middle there is ink

  /** @param {number} row @param {number} column */
  function jump(row, column) {
    if (play.playing) return;
    play.set(row * wide + column);
    paintMoment();
  }

  function paintMoment() {
    const [row, column] = [Math.floor(play.at / wide), play.at % wide];
    const patch = patchAt(single, pixels, row, column);
    output.paint(map.subarray(0, play.at + 1), end, secrets);
    output.mark("out", { row, column, rows: 1, columns: 1 });
    tints.place(row * down, column * across);
    say(ofMap, "map", { row: row + 1, column: column + 1 });
    arithmetic.paint(patch, kernel, map[play.at], end, secrets.has(play.at));
  }

  function paintAll() {
    map = kernel ? convolved(single, pixels, kernel) : new Float32Array(0);
    end = endOf(map, endOf(values, loaded.scales[layer]));
    secrets = context.asking && kernel === learned[asked]
      ? new Set(blankPlaces(single, pixels, paper))
      : new Set();
    picture.paint(framed(pixels, inside, single.padding), endOf(pixels, (1 - mean) / std));
    editor.color();
    paintMoment();
  }

  return {
    /** @param {Answer} answer */
    paint({ blank, seen, maps }) {
      values = blank ? [] : maps[layer];
      pixels = toGiven(blank ? BLANK : seen);
      paintAll();
    },
    /** Show what was asked for: the last place that lies on paper alone, with the whole map. */
    reveal() {
      choices.set(asked);
      kernel = learned[asked];
      editor.set(kernel);
      const row = lastWithin(inHigh, below, rows, down);
      play.set(row * wide + lastWithin(inWide, beside, columns, across));
      paintAll();
    },
    destroy: play.stop,
  };
}

/**
 * @param {string} className
 * @param {HTMLElement} caption
 * @param {HTMLElement} grid
 * @param {number} cells beside each other
 */
function figure(className, caption, grid, cells) {
  const made = create("figure", { className: `figure ${className}` });
  made.style.setProperty("--cells", `${cells}`);
  made.append(caption, grid);
  return made;
}

/** @param {number} at @param {number} count */
const clamp = (at, count) => Math.max(0, Math.min(count - 1, at));

/**
 * The last place along a side where the kernel does not lie on the frame.
 *
 * @param {number} side of the picture without its frame
 * @param {number} padding
 * @param {number} kernel
 * @param {number} stride
 */
const lastWithin = (side, padding, kernel, stride) =>
  Math.max(0, Math.floor((side + padding - kernel) / stride));

/**
 * Kernels to choose from, in two groups, of which only one kernel in all is chosen.
 *
 * @param {Context} context
 * @param {{ learned: Kernel[], first: number, single: Single }} given first: which of the learned ones is
 *   chosen
 * @param {(kernel: Kernel) => void} onChange
 */
export function choicesOf(context, { learned, first, single: { rows, columns } }, onChange) {
  const element = create("div", { className: "kernels" });
  /** @type {import("../../../shared/controls.js").Choice<number>} */
  const ours = choice({
    context,
    word: "learned",
    options: learned.map((_, i) => ({ value: i, word: "learned.one", values: { n: i + 1 } })),
    value: first,
    onChange(i) {
      classic.set(null);
      onChange(learned[i]);
    },
  });
  const classic = choice({
    context,
    word: "classic",
    options: Object.keys(CLASSIC).map((name) => ({ value: name, word: `classic.${name}` })),
    value: null,
    onChange(name) {
      ours.set(null);
      onChange({ weights: inMiddle(CLASSIC[name], rows, columns), bias: 0 });
    },
  });
  element.append(ours.element, ...Math.min(rows, columns) < SIDE ? [] : [classic.element]);
  return {
    element,
    /** @param {number | null} to one of the learned ones; null: none, but the reader's own */
    set(to) {
      ours.set(to);
      classic.set(null);
    },
  };
}

// Kernels to try: what the network learned, and what people designed by hand.

const SIDE = 3; // of the classic ones
const NINTH = 1 / SIDE ** 2;

/** @typedef {{ weights: number[], bias: number }} Kernel its weights row by row */

/** By name, 3 x 3, from textbooks of image processing. @type {Record<string, number[]>} */
const CLASSIC = {
  identity: [0, 0, 0, 0, 1, 0, 0, 0, 0],
  edge: [-1, -1, -1, -1, 8, -1, -1, -1, -1],
  sobelX: [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  sobelY: [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  blur: new Array(9).fill(NINTH),
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
};

/**
 * A 3 x 3 kernel in the middle of a larger one, zeros around it.
 *
 * @param {number[]} weights
 * @param {number} rows
 * @param {number} columns
 */
function inMiddle(weights, rows, columns) {
  const [top, left] = [rows, columns].map((side) => Math.floor((side - SIDE) / 2));
  return Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns) - top, i % columns - left];
    const isInside = Math.min(row, column) >= 0 && Math.max(row, column) < SIDE;
    return isInside ? weights[row * SIDE + column] : 0;
  });
}

/**
 * The kernels of the network's first convolution.
 *
 * @param {LoadedNetwork} loaded
 * @returns {Kernel[]}
 */
export function learnedOf({ network, tensors }) {
  const stage = network.stages[firstAt(network.stages)];
  const weights = tensors.get(`${stage?.name}.weight`)?.data ?? new Float32Array(0);
  const biases = tensors.get(`${stage?.name}.bias`)?.data ?? new Float32Array(0);
  const size = weights.length / biases.length;
  return Array.from(biases, (bias, i) => ({
    weights: Array.from(weights.subarray(size * i, size * (i + 1))),
    bias,
  }));
}

/** What all weights come to: a kernel's value on a picture of ones. @param {number[]} weights */
const sumOf = (weights) => weights.reduce((sum, weight) => sum + weight, 0);

/**
 * What a kernel gives on blank paper.
 *
 * @param {Kernel} kernel
 * @param {number} paper its value after normalising
 */
const onPaper = ({ weights, bias }, paper) => paper * sumOf(weights) + bias;

/**
 * The kernel whose answer to blank paper is farthest from zero.
 *
 * @param {Kernel[]} kernels
 * @param {number} paper
 */
function loudestOnPaper(kernels, paper) {
  return argmax(kernels.map((kernel) => Math.abs(onPaper(kernel, paper))));
}
