// Nine weights and a bias that can be typed.

/** @import { Context } from "../../step.js" */
/** @import { Kernel } from "./kernels.js" */

import { create } from "../../../shared/dom.js";
import { colorOf } from "../../../shared/colors.js";
import { decimal } from "../../../shared/numbers.js";
import { inputOf } from "../../blocks/input.js";
import { hueOf } from "../../blocks/numbergrid.js";
import { F } from "./slide.js";

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
    all.forEach((field, i) => {
      if (!Number.isNaN(numbers[i])) field.value = decimal(numbers[i], DECIMALS);
    });
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
  const value = Number(field.value.trim().replace("−", "-").replace(",", ".") || NaN);
  return Math.abs(value) <= MOST ? value : NaN;
}
