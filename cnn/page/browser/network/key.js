// How the colours are read, and what there is to know about this network.

/** @import { LoadedNetwork } from "../shared/network.js" */

import { create, find } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { store } from "../shared/store.js";

/**
 * @param {LoadedNetwork} loaded
 * @returns {HTMLElement}
 */
export function keyOf({ card, network }) {
  const element = create("aside", { className: "key" });
  element.innerHTML = `
    <p class="colours"><span>−</span><i class="scale both"></i><span>+</span></p>
    <p class="key-words" data-i18n="key.colours"></p>
    <ul></ul>`;
  const dropout = network.stages.find(({ kind }) => kind === "Dropout")?.p;
  const facts = [
    fact("key.parameters", card.parameters && { n: counted(card.parameters) }),
    fact("key.mnist", card.mnist && { percent: card.mnist }),
    fact("key.trained", card.training_set && trainedOn(card.training_set)),
    fact("key.dropout", dropout !== undefined && { rate: Math.round(100 * dropout) }),
    dated(card.date),
  ];
  find(element, "ul").append(...facts.filter((line) => line !== null));
  return element;
}

/** @param {number} n */
const counted = (n) => n.toLocaleString("en");

/**
 * @param {Record<string, number>} counts of what an epoch learned from, by its kind
 */
function trainedOn({ mnist = 0, ...others }) {
  const all = Object.values(others).reduce((sum, n) => sum + n, mnist);
  return { all: counted(all), percent: Math.round(100 * mnist / all) };
}

/**
 * @param {"key.parameters" | "key.mnist" | "key.trained" | "key.dropout"} word
 * @param {Record<string, string | number> | false | undefined | 0} values nothing: it isn't known
 */
function fact(word, values) {
  if (!values) return null;
  const line = create("li");
  setText(line, word, values);
  return line;
}

/** @param {string | undefined} date as of the card, YYYY-MM-DD */
function dated(date) {
  if (!date) return null;
  const line = create("li");
  store.subscribe("language", (language) => {
    const shown = new Date(`${date}T00:00`).toLocaleDateString(
      language === "zh" ? "zh-CN" : "en-GB",
      {
        dateStyle: "medium",
      },
    );
    setText(line, "key.date", { date: shown });
  });
  return line;
}
