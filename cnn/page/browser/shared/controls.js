// What a reader sets: a choice, a slider, a switch.

/** @import { WordValues, Words } from "./i18n.js" */

import { create } from "./dom.js";
import { write } from "./i18n.js";
import { number } from "./numbers.js";

/** Whose words the controls say. @typedef {Pick<Words<any>, "say">} Context */

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

/**
 * A slider with its name before it and its value after it.
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
  { context, word, values, min, max, step = 1, value, show = number, onChange },
) {
  const element = create("label", { className: "slider" });
  const name = create("span");
  const input = inputOf("range", { min, max, step, value });
  const output = create("output");
  context.say(name, word, values);
  element.append(name, input, output);
  const tell = () => write(output, () => input.ariaValueText = show(input.valueAsNumber));
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

/**
 * Something that is on or off.
 *
 * @param {object} options
 * @param {Context} options.context
 * @param {string} options.word
 * @param {boolean} options.value
 * @param {(value: boolean) => void} options.onChange not called by `set`
 */
export function toggle({ context, word, value, onChange }) {
  const element = create("label", { className: "toggle" });
  const input = inputOf("checkbox", { checked: value });
  const text = create("span");
  context.say(text, word);
  element.append(input, text);
  input.addEventListener("change", () => onChange(input.checked));
  return {
    element,
    get value() {
      return input.checked;
    },
    /** @param {boolean} to */
    set(to) {
      input.checked = to;
    },
  };
}

/**
 * A new input of this type. (`create` cannot: an input's properties are too many for its types.)
 *
 * @param {string} type
 * @param {Record<string, string | number | boolean>} [properties]
 * @returns {HTMLInputElement}
 */
export function inputOf(type, properties = {}) {
  const element = document.createElement("input");
  Object.assign(element, { type, ...properties });
  return element;
}
