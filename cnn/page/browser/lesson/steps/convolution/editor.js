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
const MOST = 99; // either way: what fits a cell

/**
 * @param {Context} context
 * @param {(kernel: Kernel) => void} onChange
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
  /** @type {Kernel} */
  let kernel = { weights: new Array(F * F).fill(0), bias: 0 };

  /** @param {HTMLElement} parent */
  function fieldIn(parent) {
    const field = inputOf("text", { inputMode: "decimal", autocomplete: "off" });
    field.addEventListener("input", read);
    field.addEventListener("change", show); // a field that is left shows what counts
    parent.append(field);
    return field;
  }

  function read() {
    const weights = fields.map((field, i) => valueOf(field, kernel.weights[i]));
    kernel = { weights, bias: valueOf(biasField, kernel.bias) };
    color();
    onChange(kernel);
  }

  function color() {
    const scale = Math.max(...kernel.weights.map(Math.abs)) || 1;
    fields.forEach((field, i) => {
      const { background, ink } = colorOf(kernel.weights[i] / scale);
      field.style.background = background;
      field.style.color = ink;
    });
  }

  function show() {
    fields.forEach((field, i) => field.value = decimal(kernel.weights[i], DECIMALS));
    biasField.value = decimal(kernel.bias, DECIMALS);
    color();
  }

  return {
    element,
    bias: biasLabel,
    color,
    /** @param {Kernel} to */
    set(to) {
      kernel = to;
      show();
    },
  };
}

/**
 * The number in a field; `before` while it holds none, or the same number in fewer digits.
 *
 * @param {HTMLInputElement} field
 * @param {number} before
 */
function valueOf(field, before) {
  if (field.value === decimal(before, DECIMALS)) return before;
  const value = Number(field.value.trim().replace("−", "-").replace(",", ".") || NaN);
  field.ariaInvalid = `${!Number.isFinite(value)}`;
  return Number.isFinite(value) ? Math.max(-MOST, Math.min(MOST, value)) : before;
}
