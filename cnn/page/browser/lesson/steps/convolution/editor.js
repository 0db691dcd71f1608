// A kernel's weights and a bias that can be typed.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Context } from "../../step.js"
 * @import { Kernel } from "./step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { layerOf } from "../../../engine/layers.js";
import { windowAt } from "../../../engine/layers/window.js";
import { colorOf, endOf } from "../../../shared/colors.js";
import { inputOf } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { inEachLanguage } from "../../../shared/i18n.js";
import { decimal, numberIn } from "../../../shared/numbers.js";
import { sumView } from "../../blocks/bars.js";
import { hueOf, numberGrid } from "../../blocks/grid.js";

const DECIMALS = 2;
export const MAX_NUMBER = 9; // above or below zero: what fits in a cell

/**
 * @param {Context} context
 * @param {Single} single
 * @param {(kernel: Kernel | null) => void} onChange null: a field holds no valid number
 */
export function kernelEditor({ say, label }, { rows, columns }, onChange) {
  const count = rows * columns;
  const element = create("table", { className: "numbers hues editor" });
  const fields = Array.from({ length: count }, (_, i) => {
    const row = i % columns ? element.rows[element.rows.length - 1] : element.insertRow();
    const cell = row.insertCell();
    cell.style.setProperty("--hue", hueOf(i, count));
    const field = fieldIn(cell);
    label(field, "weight", { row: Math.floor(i / columns) + 1, column: i % columns + 1 });
    return field;
  });
  const biasLabel = create("label", { className: "bias-field" });
  const biasName = create("span", { className: "named bias" });
  say(biasName, "bias");
  biasLabel.append(biasName);
  const biasField = fieldIn(biasLabel);
  const all = [...fields, biasField];
  /** @type {number[]} the weights and the bias; NaN while a field holds no number */
  let numbers = new Array(all.length).fill(0);

  /** @param {HTMLElement} parent */
  function fieldIn(parent) {
    const field = inputOf("text", { inputMode: "decimal", autocomplete: "off" });
    field.addEventListener("input", read);
    field.addEventListener("change", show); // after editing, a field shows the number that counts
    parent.append(field);
    return field;
  }

  function read() {
    numbers = all.map((field, i) => valueOf(field, numbers[i]));
    all.forEach((field, i) => field.ariaInvalid = `${Number.isNaN(numbers[i])}`);
    color();
    const isWhole = numbers.every((number) => !Number.isNaN(number));
    onChange(isWhole ? { weights: numbers.slice(0, -1), bias: numbers[count] } : null);
  }

  function color() {
    const weights = numbers.slice(0, -1).map((weight) => weight || 0);
    const scale = Math.max(...weights.map(Math.abs)) || 1;
    fields.forEach((field, i) => {
      const { background, ink } = colorOf(weights[i] / scale);
      field.style.background = background;
      field.style.color = ink;
    });
  }

  /** Show the numbers; text that is not a number stays, to be corrected. */
  function show() {
    all.forEach((field, i) =>
      inEachLanguage(field, () => {
        if (!Number.isNaN(numbers[i])) field.value = decimal(numbers[i], DECIMALS);
      })
    );
    color();
  }

  return {
    element,
    bias: biasLabel,
    color,
    /** @param {Kernel} to */
    set({ weights, bias }) {
      numbers = [...weights, bias];
      for (const field of all) field.ariaInvalid = "false";
      show();
    },
  };
}

/**
 * The number in a field, `before` where it is the same in fewer digits; NaN for none, or one beyond
 * MAX_NUMBER.
 *
 * @param {HTMLInputElement} field
 * @param {number} before
 */
function valueOf(field, before) {
  if (field.value === decimal(before, DECIMALS)) return before;
  const value = numberIn(field.value);
  return Math.abs(value) <= MAX_NUMBER ? value : NaN;
}

// Pixels x kernel = products, their sum and the bias: one pixel of the map, in numbers that add up.

const INK = 3; // where the colours of pixels end, unless one needs more: ink is 2.8, normalised

/** @param {Context<Keys["convolution"]>} context @param {Single} single */
export function arithmeticOf(context, { rows, columns }) {
  const { say } = context;
  const element = create("div", { className: "arithmetic" });
  const patch = numberGrid({ rows, columns, hues: true });
  const products = numberGrid({ rows, columns });
  const kernel = create("div");
  const total = create("div", { className: "end" });
  const sum = sumView(context, "sum.parts");
  const fault = create("p", { className: "fault", role: "status" });
  total.append(sum.element, fault);
  element.append(
    named("patch", patch.element),
    sign("×"),
    named("kernel", kernel),
    sign("≈"), // what is multiplied is shown rounded
    named("products", products.element),
    total,
  );

  /** @param {"patch" | "kernel" | "products"} word @param {HTMLElement} content */
  function named(word, content) {
    const made = create("div");
    const name = create("p", { className: "note" });
    say(name, word);
    made.append(name, content);
    return made;
  }

  return {
    element,
    /** @param {HTMLElement} table of the kernel @param {HTMLElement} bias */
    place(table, bias) {
      kernel.append(table);
      total.prepend(bias);
    },
    /**
     * @param {number[]} pixels under the kernel
     * @param {Kernel | null} given null: what is typed is not a kernel, so there is no result
     * @param {number} value what comes out
     * @param {number} end of the colours
     * @param {boolean} isAsked whether that is what the question asks for
     */
    paint(pixels, given, value, end, isAsked) {
      patch.paint(pixels, endOf(pixels, INK));
      sum.element.hidden = !given;
      if (!given) {
        products.clear();
        return say(fault, "fault", { most: MAX_NUMBER });
      }
      const terms = pixels.map((pixel, i) => pixel * given.weights[i]);
      products.paint(terms, endOf(terms, end));
      sum.paint(terms, given.bias, value);
      sum.element.classList.toggle("secret", isAsked);
      fault.replaceChildren();
    },
  };
}

/** @param {string} textContent */
const sign = (textContent) => create("span", { className: "sign", textContent });

// The network's first convolution, with one kernel alone.

/**
 * A convolution of one channel. stage: with one kernel in place of all; shape: of what it is given,
 * [1, height, width]; rows, columns: of the kernel; stride, padding: [down, across].
 *
 * @typedef {{ stage: Spec, shape: number[], rows: number, columns: number, stride: number[],
 *   padding: number[] }} Single
 */

/**
 * @param {Spec} stage a convolution that reads one map
 * @param {number[]} shape of what it is given
 * @returns {Single}
 */
export function singleOf(stage, shape) {
  const { kernel_size: [rows, columns] = [], stride = [], padding = [] } = stage;
  const one = { ...stage, out_channels: 1, shape: [1, ...stage.shape.slice(1)] };
  return { stage: one, shape, rows, columns, stride, padding };
}

/**
 * The values under the kernel, row by row; 0 in the frame.
 *
 * @param {Single} single
 * @param {ArrayLike<number>} pixels
 * @param {number} row of the output, from 0
 * @param {number} column
 */
export function patchAt({ stage, shape }, pixels, row, column) {
  const { places } = windowAt(stage, shape, row, column);
  return Array.from(places, (place) => place < 0 ? 0 : pixels[place]);
}

/**
 * The whole map.
 *
 * @param {Single} single
 * @param {Float32Array} pixels
 * @param {Kernel} kernel
 */
export function convolved({ stage, shape, rows, columns }, pixels, { weights, bias }) {
  const tensors = new Map([
    [`${stage.name}.weight`, { shape: [1, 1, rows, columns], data: Float32Array.from(weights) }],
    [`${stage.name}.bias`, { shape: [1], data: Float32Array.of(bias) }],
  ]);
  return layerOf(stage, shape, tensors).forward(pixels);
}

/**
 * Where the kernel lies on nothing but blank paper, and its frame: indices of the map.
 *
 * @param {Single} single
 * @param {ArrayLike<number>} pixels
 * @param {number} paper the value of a blank pixel
 */
export function blankPlaces(single, pixels, paper) {
  const [, high, wide] = single.stage.shape;
  const ink = Array.from(pixels, (pixel) => pixel === paper ? 0 : 1);
  const places = Array.from({ length: high * wide }, (_, i) => i);
  return places.filter((i) =>
    patchAt(single, ink, Math.floor(i / wide), i % wide).every((each) => !each)
  );
}

/**
 * The kernel's cells on a picture, each in its own hue.
 *
 * @param {HTMLElement} grid
 * @param {{ rows: number, columns: number }} kernel
 * @param {{ width: number, height: number }} picture in cells
 */
export function tintedWindow(grid, { rows, columns }, { width, height }) {
  const element = create("span", { className: "tinted" });
  element.style.setProperty("--down", `${rows}`);
  element.style.setProperty("--across", `${columns}`);
  element.style.width = `${100 * columns / width}%`;
  element.style.height = `${100 * rows / height}%`;
  for (let i = 0; i < rows * columns; i++) {
    const cell = create("i");
    cell.style.setProperty("--hue", hueOf(i, rows * columns));
    element.append(cell);
  }
  grid.append(element);
  return {
    /** @param {number} row of the picture's cell under its first @param {number} column */
    place(row, column) {
      element.style.left = `${100 * column / width}%`;
      element.style.top = `${100 * row / height}%`;
    },
  };
}
