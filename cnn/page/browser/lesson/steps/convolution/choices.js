/** @import { Context } from "../../step.js" */
/** @import { Kernel } from "./kernels.js" */

import { create } from "../../../shared/dom.js";
import { choice } from "../../blocks/choice.js";
import { CLASSIC } from "./kernels.js";

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
  /** @type {import("../../blocks/choice.js").Choice<number>} */
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
