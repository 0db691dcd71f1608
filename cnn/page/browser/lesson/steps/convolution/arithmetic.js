// Pixels x kernel = products, their sum and the bias: one pixel of the map, in numbers that add up.

/** @import { Context } from "../../step.js" */
/** @import { Kernel } from "./kernels.js" */
/** @import { words } from "./words.js" */

import { create } from "../../../shared/dom.js";
import { numberGrid } from "../../blocks/numbergrid.js";
import { sumView } from "../../blocks/sum.js";
import { MOST } from "./editor.js";
import { F } from "./slide.js";

const INK = 3; // where the colours of pixels end: ink is 2.8 after normalising

/** @param {Context<keyof typeof words.en>} context */
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
     * @param {boolean} isAsked whether that is what the question asks for
     */
    paint(pixels, given, value, isAsked) {
      patch.paint(pixels, INK);
      sum.element.hidden = !given;
      if (!given) {
        products.clear();
        return say(fault, "fault", { most: MOST });
      }
      const terms = pixels.map((pixel, i) => pixel * given.weights[i]);
      products.paint(terms, Math.max(...terms.map(Math.abs)));
      sum.paint(terms, given.bias, value);
      sum.element.classList.toggle("secret", isAsked);
      fault.replaceChildren();
    },
  };
}

/** @param {string} textContent */
const sign = (textContent) => create("span", { className: "sign", textContent });
