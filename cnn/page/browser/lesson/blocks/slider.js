/**
 * @import { WordValues } from "../../shared/i18n.js"
 * @import { Context } from "../step.js"
 */

import { create } from "../../shared/dom.js";
import { inputOf } from "./input.js";

/**
 * A slider with its name before and its value behind it.
 *
 * @param {object} options
 * @param {Context} options.context
 * @param {string} options.word its name
 * @param {WordValues} [options.values] fill the word
 * @param {number} options.min
 * @param {number} options.max
 * @param {number} [options.step]
 * @param {number} options.value
 * @param {(value: number) => string} [options.show] the value as text
 * @param {(value: number) => void} options.onChange not called by `set`
 */
export function slider(
  { context, word, values, min, max, step = 1, value, show = String, onChange },
) {
  const element = create("label", { className: "slider" });
  const name = create("span");
  const input = inputOf("range", { min, max, step, value });
  const output = create("output");
  context.say(name, word, values);
  element.append(name, input, output);
  function tell() {
    output.textContent = show(input.valueAsNumber);
    input.ariaValueText = output.textContent;
  }
  input.addEventListener("input", () => {
    tell();
    onChange(input.valueAsNumber);
  });
  tell();
  return {
    element,
    get value() {
      return input.valueAsNumber;
    },
    /** @param {number} to */
    set(to) {
      input.value = `${to}`;
      tell();
    },
  };
}
