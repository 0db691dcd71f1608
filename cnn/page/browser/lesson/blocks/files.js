// Files in weights/ that a step fetches when it is first opened and then keeps.

/** @import { Context } from "../step.js" */

import { WeightsError } from "../../engine/safetensors.js";
import { create } from "../../shared/dom.js";

/** @template Value */
export class LazyFile {
  /** null until it is here @type {Value | null} */
  value = null;
  /** @type {Promise<Value> | null} */
  #coming = null;

  /**
   * @param {string} name of the file
   * @param {(content: ArrayBuffer) => Value} read throws where the content is not what it should be
   */
  constructor(name, read) {
    this.name = name;
    this.read = read;
  }

  /**
   * Fetch it, once; after a failure the next call tries again.
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
 * What is shown until a file is here: a sentence and, where the file could not be fetched, a button
 * to try again. The step must have the words "loading" and "retry".
 *
 * @template Value
 * @param {object} options
 * @param {Context} options.context
 * @param {LazyFile<Value>} options.later
 * @param {string} options.missing the sentence
 * @param {(value: Value) => void} options.onValue called when the file is here and this is removed
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
    /** Stop waiting. */
    stop() {
      over = true;
    },
  };
}
