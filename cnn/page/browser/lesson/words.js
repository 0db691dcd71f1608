// The words of the lesson: those of the frame, and those of the step that is open.

/** @import { SaidValues, Words } from "./step.js" */

import { create } from "../shared/dom.js";
import { store } from "../shared/store.js";

// An element with data-say="key" shows that word in the visitor's language, data-say-values (JSON)
// filled in; `retell` says all of them anew when the language has changed.

/** What a word in the text may name, and so wear its colour: <kernel>the kernel</kernel>. */
export const ROLES = ["in", "kernel", "bias", "out", "b"];

const MARKED = new RegExp(`<(${ROLES.join("|")})>(.*?)</\\1>`, "g");

/**
 * Say, tell and retell with these words.
 *
 * @param {Words} words
 */
export function teller(words) {
  /** @param {string} key @param {SaidValues} [values] @returns {string} */
  function filled(key, values = {}) {
    const word = words[store.get("language")][key];
    if (word === undefined) throw new RangeError(`the lesson has no word "${key}"`);
    return word.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "object" ? filled(value.word, value.values) : `${value}`;
    });
  }

  /**
   * Set the element's text, now and whenever the language changes.
   *
   * @param {HTMLElement} element
   * @param {string} key
   * @param {SaidValues} values
   */
  function say(element, key, values = {}) {
    element.dataset.say = key;
    element.dataset.sayValues = JSON.stringify(values);
    element.replaceChildren(...marked(filled(key, values)));
  }

  /**
   * Set the element's aria-label in the same way.
   *
   * @param {HTMLElement} element
   * @param {string} key
   * @param {SaidValues} values
   */
  function label(element, key, values = {}) {
    element.dataset.label = key;
    element.dataset.labelValues = JSON.stringify(values);
    element.ariaLabel = plain(filled(key, values));
  }

  return {
    say,
    label,
    /** The word with its marks. */
    raw: filled,
    /** The word as plain text, without marks. @param {string} key @param {SaidValues} [values] */
    t: (key, values) => plain(filled(key, values)),
    /** Say all anew inside `root`. @param {ParentNode} root */
    retell(root) {
      /** @type {NodeListOf<HTMLElement>} */
      const elements = root.querySelectorAll("[data-say], [data-label]");
      for (const element of elements) {
        const { say: key, sayValues = "{}", label: name, labelValues = "{}" } = element.dataset;
        if (key) say(element, key, JSON.parse(sayValues));
        if (name) label(element, name, JSON.parse(labelValues));
      }
    },
  };
}

/** @param {string} text */
const plain = (text) => text.replace(MARKED, "$2");

/**
 * Text with its marked words as spans of their role's colour.
 *
 * @param {string} text
 */
export function marked(text) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(MARKED)) {
    nodes.push(text.slice(from, found.index));
    const [whole, role, words] = found;
    nodes.push(create("span", { className: `named ${role}`, textContent: words }));
    from = found.index + whole.length;
  }
  return [...nodes, text.slice(from)];
}
