// Convolution: a kernel of nine numbers slides over the digit.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Context, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { PIXELS } from "../../../engine/strokes.js";
import { endOf } from "../../../shared/colors.js";
import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { choice } from "../../blocks/controls.js";
import { pixelGrid } from "../../blocks/grid.js";
import { player } from "../../blocks/player.js";
import {
  arithmeticOf,
  blankPlaces,
  convolved,
  F,
  framed,
  kernelEditor,
  P,
  patchAt,
  tintedWindow,
} from "./editor.js";

/** @type {Step} */
export const convolution = {
  name: "convolution",
  words: "convolution",
  lights: ["conv1"],
  question({ loaded }) {
    const { mean = 0, std = 1 } = loaded.network.stages[0];
    const paper = -mean / std;
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
          paper: () => decimal(paper, 2),
          sum: () => decimal(sumOf(kernels[loudest].weights), 2),
          sign: kernels[loudest].bias < 0 ? "−" : "+",
          bias: () => decimal(Math.abs(kernels[loudest].bias), 2),
          value: () => decimal(value, 2),
        },
      },
    };
  },
  mount,
};

// The kernel on the digit, the nine products, and the map that grows.

const FRAMED = PIXELS + 2 * P;
const PER_SECOND = 42; // cells: a row and a half
const FIRST = 13 * PIXELS + 14; // the cell where it stands at first: in the middle there is ink
const INNER = (PIXELS - 2) * PIXELS + PIXELS - 2; // the last one where it does not lie on the frame

/**
 * @param {HTMLElement} place
 * @param {Context<Keys["convolution"]>} context
 */
export function mount(place, context) {
  const { loaded, say, label } = context;
  const { mean = 0, std = 1 } = loaded.network.stages[0];
  const paper = Math.fround(-mean / std);
  const learned = learnedOf(loaded);
  const layer = loaded.network.stages.findIndex(({ kind }) => kind === "Conv2d");
  const asked = loudestOnPaper(learned, paper); // the kernel that the question asks about
  /** @type {Kernel | null} null: what is typed is none */
  let kernel = learned[asked];
  /** @type {Float32Array} */
  let pixels = new Float32Array(PIXELS * PIXELS);
  /** @type {Float32Array} */
  let map = new Float32Array(PIXELS * PIXELS);
  let end = loaded.scales[layer]; // of the colours: the layer's own, or as far as a typed kernel goes
  /** @type {ArrayLike<number>} of the layer, for the reader's digit */
  let values = [];
  /** @type {Set<number>} where the map shows what the question asks for */
  let secrets = new Set();

  const picture = pixelGrid({
    width: FRAMED,
    height: FRAMED,
    onPoint: (row, column) => jump(clamp(row - P), clamp(column - P)),
  });
  const output = pixelGrid({ width: PIXELS, height: PIXELS, onPoint: jump });
  const tints = tintedWindow(picture.element, F, FRAMED);
  const arithmetic = arithmeticOf(context);
  const editor = kernelEditor(context, (typed) => {
    kernel = typed;
    choices.set(null);
    paintAll();
  });
  const choices = choicesOf(context, learned, asked, (chosen) => {
    kernel = chosen;
    editor.set(kernel);
    paintAll();
  });
  const play = player({
    context,
    count: PIXELS * PIXELS,
    stepsPerSecond: PER_SECOND,
    onChange: paintMoment,
  });

  label(picture.element, "grid.picture");
  label(output.element, "grid.map");
  const [ofPicture, ofMap] = [create("figcaption"), create("figcaption")];
  const pictures = create("div", { className: "pictures" });
  say(ofPicture, "picture");
  pictures.append(
    figure("of-picture", ofPicture, picture.element),
    figure("of-map", ofMap, output.element),
  );
  place.classList.add("stack");
  place.append(pictures, play.element, arithmetic.element, choices.element);
  arithmetic.place(editor.element, editor.bias);
  picture.mark("frame", { row: P, column: P, rows: PIXELS, columns: PIXELS });
  editor.set(learned[asked]);
  play.set(FIRST);

  /** @param {number} row @param {number} column */
  function jump(row, column) {
    if (play.playing) return;
    play.set(row * PIXELS + column);
    paintMoment();
  }

  function paintMoment() {
    const [row, column] = [Math.floor(play.at / PIXELS), play.at % PIXELS];
    const patch = patchAt(pixels, row, column);
    output.paint(map.subarray(0, play.at + 1), end, secrets);
    output.mark("out", { row, column, rows: 1, columns: 1 });
    tints.place(row, column);
    say(ofMap, "map", { row: row + 1, column: column + 1 });
    arithmetic.paint(patch, kernel, map[play.at], end, secrets.has(play.at));
  }

  function paintAll() {
    map = kernel ? convolved(pixels, kernel) : new Float32Array(0);
    end = endOf(map, endOf(values, loaded.scales[layer]));
    secrets = context.asking && kernel === learned[asked]
      ? new Set(blankPlaces(pixels, paper))
      : new Set();
    picture.paint(framed(pixels), (1 - mean) / std);
    editor.color();
    paintMoment();
  }

  return {
    /** @param {Answer} answer */
    paint({ blank, seen, maps }) {
      values = blank ? [] : maps[layer];
      pixels = Float32Array.from(pixels, (_, i) => ((blank ? 0 : seen[i]) - mean) / std);
      paintAll();
    },
    /** Show what was asked for: the last place that lies on paper alone, with the whole map. */
    reveal() {
      choices.set(asked);
      kernel = learned[asked];
      editor.set(kernel);
      play.set(INNER);
      paintAll();
    },
    destroy: play.stop,
  };
}

/** @param {string} className @param {HTMLElement} caption @param {HTMLElement} grid */
function figure(className, caption, grid) {
  const made = create("figure", { className: `figure ${className}` });
  made.append(caption, grid);
  return made;
}

/** @param {number} at @returns {number} within the map */
const clamp = (at) => Math.max(0, Math.min(PIXELS - 1, at));

/**
 * Kernels to choose from, in two groups; one kernel in all.
 *
 * @param {Context} context
 * @param {Kernel[]} learned
 * @param {number} first which of them is chosen
 * @param {(kernel: Kernel) => void} onChange
 */
export function choicesOf(context, learned, first, onChange) {
  const element = create("div", { className: "kernels" });
  /** @type {import("../../blocks/controls.js").Choice<number>} */
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
      onChange({ weights: CLASSIC[name], bias: 0 });
    },
  });
  element.append(ours.element, classic.element);
  return {
    element,
    /** @param {number | null} to of the learned ones; null: none of all, but the reader's own */
    set(to) {
      ours.set(to);
      classic.set(null);
    },
  };
}

// Kernels to try: what the network learned, and what people designed by hand.

const NINTH = 1 / 9;

/** @typedef {{ weights: number[], bias: number }} Kernel nine weights, row by row */

/** By name, from textbooks of image processing. @type {Record<string, number[]>} */
const CLASSIC = {
  identity: [0, 0, 0, 0, 1, 0, 0, 0, 0],
  edge: [-1, -1, -1, -1, 8, -1, -1, -1, -1],
  sobelX: [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  sobelY: [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  blur: new Array(9).fill(NINTH),
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
};

/**
 * The kernels of the network's first convolution.
 *
 * @param {LoadedNetwork} loaded
 * @returns {Kernel[]}
 */
export function learnedOf({ network, tensors }) {
  const stage = network.stages.find(({ kind }) => kind === "Conv2d");
  const weights = tensors.get(`${stage?.name}.weight`)?.data ?? new Float32Array(0);
  const biases = tensors.get(`${stage?.name}.bias`)?.data ?? new Float32Array(0);
  return Array.from(biases, (bias, i) => ({
    weights: Array.from(weights.subarray(9 * i, 9 * i + 9)),
    bias,
  }));
}

/** What all nine weigh together: a kernel's value on a picture of ones. @param {number[]} weights */
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
  const sizes = kernels.map((kernel) => Math.abs(onPaper(kernel, paper)));
  return sizes.indexOf(Math.max(...sizes));
}
