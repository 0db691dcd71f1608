/** @import { Context } from "../step.js" */

import { create } from "../../shared/dom.js";
import { inputOf } from "./input.js";

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
