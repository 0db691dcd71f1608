// Nine weights and a bias that can be typed.

/**
 * @import { Context } from "../../step.js"
 * @import { Kernel } from "./step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { PIXELS } from "../../../engine/strokes.js";
import { colorOf, endOf } from "../../../shared/colors.js";
import { create } from "../../../shared/dom.js";
import { inEachLanguage } from "../../../shared/i18n.js";
import { decimal, numberIn } from "../../../shared/numbers.js";
import { sumView } from "../../blocks/bars.js";
import { inputOf } from "../../blocks/controls.js";
import { hueOf, numberGrid } from "../../blocks/grid.js";

const DECIMALS = 2;
export const MOST = 9; // either way: what fits a cell

/**
 * @param {Context} context
 * @param {(kernel: Kernel | null) => void} onChange null: a field holds no number that it can be
 */
export function kernelEditor({ say, label }, onChange) {
  const element = create("table", { className: "numbers hues editor" });
  const fields = Array.from({ length: F * F }, (_, i) => {
    const row = i % F ? element.rows[element.rows.length - 1] : element.insertRow();
    const cell = row.insertCell();
    cell.style.setProperty("--hue", hueOf(i, F * F));
    const field = fieldIn(cell);
    label(field, "weight", { row: Math.floor(i / F) + 1, column: i % F + 1 });
    return field;
  });
  const biasLabel = create("label", { className: "bias-field" });
  const biasName = create("span", { className: "named bias" });
  say(biasName, "bias");
  biasLabel.append(biasName);
  const biasField = fieldIn(biasLabel);
  const all = [...fields, biasField];
  /** @type {number[]} nine weights and the bias; NaN while a field holds no number */
  let numbers = new Array(all.length).fill(0);

  /** @param {HTMLElement} parent */
  function fieldIn(parent) {
    const field = inputOf("text", { inputMode: "decimal", autocomplete: "off" });
    field.addEventListener("input", read);
    field.addEventListener("change", show); // a field that is left shows the number that counts
    parent.append(field);
    return field;
  }

  function read() {
    numbers = all.map((field, i) => valueOf(field, numbers[i]));
    all.forEach((field, i) => field.ariaInvalid = `${Number.isNaN(numbers[i])}`);
    color();
    const isWhole = numbers.every((number) => !Number.isNaN(number));
    onChange(isWhole ? { weights: numbers.slice(0, -1), bias: numbers[F * F] } : null);
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

  /** What is no number stays, to be put right. */
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
 * MOST.
 *
 * @param {HTMLInputElement} field
 * @param {number} before
 */
function valueOf(field, before) {
  if (field.value === decimal(before, DECIMALS)) return before;
  const value = numberIn(field.value);
  return Math.abs(value) <= MOST ? value : NaN;
}

// Pixels x kernel = products, their sum and the bias: one pixel of the map, in numbers that add up.

const INK = 3; // where the colours of pixels end: ink is 2.8 after normalising

/** @param {Context<Keys["convolution"]>} context */
export function arithmeticOf(context) {
  const { say } = context;
  const element = create("div", { className: "arithmetic" });
  const patch = numberGrid({ rows: F, columns: F, hues: true });
  const products = numberGrid({ rows: F, columns: F });
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
     * @param {number[]} pixels nine
     * @param {Kernel | null} given null: what is typed is none, so nothing comes of it
     * @param {number} value what comes out
     * @param {number} end of the colours
     * @param {boolean} isAsked whether that is what the question asks for
     */
    paint(pixels, given, value, end, isAsked) {
      patch.paint(pixels, INK);
      sum.element.hidden = !given;
      if (!given) {
        products.clear();
        return say(fault, "fault", { most: MOST });
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

// A 3 x 3 kernel over 28 x 28 pixels with a frame of zeros, as the network's first convolution has it.

export const F = 3; // the kernel's side
export const P = 1; // the frame's width

/**
 * The nine values under the kernel.
 *
 * @param {ArrayLike<number>} pixels 28 x 28
 * @param {number} row of the output, from 0
 * @param {number} column
 * @returns {number[]} row by row; 0 in the frame
 */
export function patchAt(pixels, row, column) {
  return Array.from({ length: F * F }, (_, i) => {
    const y = row - P + Math.floor(i / F);
    const x = column - P + i % F;
    return y < 0 || x < 0 || y >= PIXELS || x >= PIXELS ? 0 : pixels[y * PIXELS + x];
  });
}

/**
 * The whole map.
 *
 * @param {ArrayLike<number>} pixels 28 x 28
 * @param {Kernel} kernel
 * @returns {Float32Array} 28 x 28
 */
export function convolved(pixels, { weights, bias }) {
  const out = new Float32Array(PIXELS * PIXELS);
  for (let row = 0; row < PIXELS; row++) {
    for (let column = 0; column < PIXELS; column++) {
      let sum = bias;
      for (let i = 0; i < F * F; i++) {
        const y = row - P + Math.floor(i / F);
        const x = column - P + i % F;
        if (y >= 0 && x >= 0 && y < PIXELS && x < PIXELS) {
          sum += weights[i] * pixels[y * PIXELS + x];
        }
      }
      out[row * PIXELS + column] = sum;
    }
  }
  return out;
}

/**
 * Where the kernel lies on nothing but blank paper, and its frame.
 *
 * @param {ArrayLike<number>} pixels 28 x 28
 * @param {number} paper the value of a blank pixel
 * @returns {number[]} indices of the map
 */
export function blankPlaces(pixels, paper) {
  const ink = Array.from(pixels, (pixel) => pixel === paper ? 0 : 1);
  const places = Array.from({ length: PIXELS * PIXELS }, (_, i) => i);
  return places.filter((i) =>
    patchAt(ink, Math.floor(i / PIXELS), i % PIXELS).every((each) => !each)
  );
}

/** The pixels with their frame of zeros. @param {ArrayLike<number>} pixels @returns 30 x 30 */
export function framed(pixels) {
  const side = PIXELS + 2 * P;
  const out = new Float32Array(side * side);
  for (let i = 0; i < PIXELS * PIXELS; i++) {
    out[(Math.floor(i / PIXELS) + P) * side + i % PIXELS + P] = pixels[i];
  }
  return out;
}

/**
 * The kernel's cells on a picture, each in its own hue.
 *
 * @param {HTMLElement} grid
 * @param {number} side cells of the kernel's side
 * @param {number} across cells of the picture's side
 */
export function tintedWindow(grid, side, across) {
  const element = create("span", { className: "tinted" });
  element.style.setProperty("--side", `${side}`);
  element.style.width = element.style.height = `${100 * side / across}%`;
  for (let i = 0; i < side * side; i++) {
    const cell = create("i");
    cell.style.setProperty("--hue", hueOf(i, side * side));
    element.append(cell);
  }
  grid.append(element);
  return {
    /** @param {number} row of the picture's cell under its first @param {number} column */
    place(row, column) {
      element.style.left = `${100 * column / across}%`;
      element.style.top = `${100 * row / across}%`;
    },
  };
}
