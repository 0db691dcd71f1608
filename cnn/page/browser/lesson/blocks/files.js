// Files of weights/ that a step asks for when it is first opened; then they are kept.

/** @import { Context } from "../step.js" */

import { WeightsError } from "../../engine/safetensors.js";
import { create } from "../../shared/dom.js";

/** @template Value */
export class Later {
  /** null until it is here @type {Value | null} */
  value = null;
  /** @type {Promise<Value> | null} */
  #coming = null;

  /**
   * @param {string} name of the file
   * @param {(content: ArrayBuffer) => Value} read throws where it is not what it should be
   */
  constructor(name, read) {
    this.name = name;
    this.read = read;
  }

  /**
   * Fetched once; what failed is tried again by the next call.
   *
   * @param {URL} weights the folder
   * @returns {Promise<Value>} rejected with WeightsError, or as `fetch` and `read` do
   */
  load(weights) {
    this.#coming ??= this.#fetched(new URL(this.name, weights)).catch((error) => {
      this.#coming = null;
      throw error;
    });
    return this.#coming;
  }

  /** @param {URL} url */
  async #fetched(url) {
    const response = await fetch(url);
    if (!response.ok) throw new WeightsError("missing", `nothing at ${url}`);
    return this.value = this.read(await response.arrayBuffer());
  }
}

/**
 * What stands in the place of something until its file is here, and where it cannot be had: a
 * sentence, and a button to try again. The step has the words "loading" and "retry".
 *
 * @template Value
 * @param {object} options
 * @param {Context} options.context
 * @param {Later<Value>} options.later
 * @param {string} options.missing the sentence
 * @param {(value: Value) => void} options.onValue called when it is here; then this goes
 */
export function waiting({ context, later, missing, onValue }) {
  const element = create("div", { className: "waiting" });
  const line = create("p", { className: "note" });
  const again = create("button", { type: "button", className: "plain" });
  let over = false;
  line.role = "status";
  context.say(again, "retry");
  element.append(line, again);

  async function begin() {
    again.hidden = true;
    context.say(line, "loading");
    /** @type {Value} */
    let value;
    try {
      value = await later.load(context.weights);
    } catch (error) {
      console.error(error);
      context.say(line, missing);
      again.hidden = false;
      return;
    }
    if (over) return;
    element.remove();
    onValue(value);
  }

  again.addEventListener("click", begin);
  begin();
  return {
    element,
    /** Nobody waits any more. */
    stop() {
      over = true;
    },
  };
}
