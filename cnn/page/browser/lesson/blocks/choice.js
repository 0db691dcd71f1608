/**
 * @import { WordValues } from "../../shared/i18n.js"
 * @import { Context } from "../step.js"
 */

import { create } from "../../shared/dom.js";
import { inputOf } from "./input.js";

/**
 * @template Value
 * @typedef {{ element: HTMLElement, readonly value: Value | null, set(to: Value | null): void }} Choice
 */

let count = 0; // of groups, for their names

/**
 * One of a few: radio buttons as a row of words.
 *
 * @template {string | number} Value
 * @param {object} options
 * @param {Context} options.context
 * @param {string} options.word what is chosen
 * @param {WordValues} [options.values] fill the word
 * @param {{ value: Value, word: string, values?: WordValues }[]} options.options
 * @param {Value | null} options.value
 * @param {(value: Value) => void} options.onChange not called by `set`
 * @returns {Choice<Value>}
 */
export function choice({ context, word, values, options, value, onChange }) {
  const element = create("fieldset", { className: "choice" });
  const legend = create("legend");
  const row = create("div");
  const name = `choice-${count++}`;
  let chosen = value;
  context.say(legend, word, values);
  const inputs = options.map((option) => {
    const label = create("label");
    const input = inputOf("radio", { name, checked: option.value === value });
    const text = create("span");
    context.say(text, option.word, option.values);
    label.append(input, text);
    row.append(label);
    input.addEventListener("change", () => {
      chosen = option.value;
      onChange(option.value);
    });
    return input;
  });
  element.append(legend, row);
  return {
    element,
    get value() {
      return chosen;
    },
    /** @param {Value | null} to null: none of them */
    set(to) {
      chosen = to;
      inputs.forEach((input, i) => input.checked = options[i].value === to);
    },
  };
}
