/** @import { Context } from "../../step.js" */
/** @import { Key } from "./words.js" */

import { create } from "../../../shared/dom.js";
import { percent } from "../../../shared/numbers.js";
import { probBars } from "../../blocks/bars.js";
import { likeliest } from "./tolerance.js";

/**
 * What one of the networks reads: its name, its digit, its ten probabilities.
 *
 * @param {"convnet" | "mlp"} name
 * @param {Context<Key>} context
 */
export function readerOf(name, context) {
  const element = create("section", { className: `reader ${name}` });
  const head = create("header");
  const title = create("h3");
  const digit = create("b", { className: "digit" });
  const sure = create("span", { className: "sure" });
  const bars = probBars();
  /** @type {number[] | null} */
  let shown = null;
  context.say(title, name);
  head.append(title, digit, sure);
  element.append(head, bars.element);
  return {
    element,
    /** The ten probabilities that it shows. */
    probs: () => shown,
    /**
     * @param {number[] | null} probs ten; null: nothing to read, or nobody who reads
     * @param {number | null} right the digit that is right
     */
    paint(probs, right) {
      shown = probs;
      const read = probs && likeliest(probs);
      digit.textContent = read === null ? "–" : `${read}`;
      sure.textContent = probs && read !== null ? percent(probs[read]) : "";
      element.classList.toggle("lost", read !== null && read !== right);
      element.classList.toggle("away", probs === null);
      bars.paint(probs ?? new Float32Array(10), { top: read ?? -1 });
    },
  };
}
