// Pixels x kernel = products, their sum and the bias: one pixel of the map, in numbers that add up.

/** @import { Context } from "../../step.js" */
/** @import { Kernel } from "./kernels.js" */

import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { numberGrid } from "../../blocks/numbergrid.js";
import { F } from "./slide.js";

const DECIMALS = 2;
const INK = 3; // where the colours of pixels end: ink is 2.8 after normalising

/** @param {Context} context */
export function arithmeticOf({ say }) {
  const element = create("div", { className: "arithmetic" });
  const patch = numberGrid({ rows: F, columns: F, hues: true });
  const products = numberGrid({ rows: F, columns: F });
  const kernel = create("div");
  const total = create("div", { className: "total" });
  const words = create("p", { className: "note" });
  const sum = create("p", { className: "formula" });
  const where = create("p", { className: "note" });
  say(words, "sum.words");
  total.append(words, sum, where);
  element.append(
    named("patch", patch.element),
    sign("×"),
    named("kernel", kernel),
    sign("="),
    named("products", products.element),
    total,
  );

  /** @param {string} word @param {HTMLElement} content */
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
     * @param {Kernel} kernel
     * @param {number} value what comes out
     * @param {[row: number, column: number]} at of the map, from 0
     */
    paint(pixels, { weights, bias }, value, [row, column]) {
      const terms = pixels.map((pixel, i) => pixel * weights[i]);
      const most = Math.max(...terms.map(Math.abs));
      patch.paint(pixels, INK);
      products.paint(terms, most);
      say(sum, "sum", {
        sum: decimal(terms.reduce((all, term) => all + term, 0), DECIMALS),
        sign: decimal(bias, DECIMALS).startsWith("−") ? "−" : "+",
        bias: decimal(Math.abs(bias), DECIMALS),
        value: decimal(value, DECIMALS),
      });
      say(where, "place", { row: row + 1, column: column + 1 });
    },
  };
}

/** @param {string} textContent */
const sign = (textContent) => create("span", { className: "sign", textContent });
