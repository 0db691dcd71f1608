// What a stage does, in words and with its numbers, on a card.

/**
 * @import { Sign } from "../shared/colors.js"
 * @import { Word, WordValues } from "../shared/i18n.js"
 * @import { LoadedNetwork } from "../shared/readings.js"
 * @import { Dialogs } from "./dialog.js"
 * @import { Placed } from "./layout.js"
 */

import { endOf, plainEnd } from "../shared/colors.js";
import { create, find } from "../shared/dom.js";
import { setText, write } from "../shared/i18n.js";
import { day } from "../shared/numbers.js";
import { frameOf, receptiveField, sides, wordsOf } from "./layout.js";

/**
 * @param {Placed} stage
 * @param {HTMLElement} opener
 * @param {HTMLElement} tiles its maps
 * @param {Dialogs} dialogs
 */
export function openAbout(stage, opener, tiles, dialogs) {
  dialogs.toggle(opener, () => {
    const { sentence, values } = wordsOf(stage);
    const colours = legend(stage.sign);
    return {
      name: "about-card",
      title: titleOf(stage),
      body: [
        ...(sentence ? [line(sentence, values)] : []),
        ...sizeLines(stage),
        ...factLines(stage),
        colours.element,
      ],
      clear: () => [[tiles.getBoundingClientRect()], []],
      paint: (all) => colours.paint(endOf(all[stage.index], stage.rest)),
    };
  });
}

/** @param {Placed} stage */
function titleOf(stage) {
  const { title, values } = wordsOf(stage);
  const heading = create("h3");
  const kind = create("span", { className: "kind" });
  if (title) setText(kind, title, values);
  else kind.textContent = stage.kind;
  heading.append(stage.name, " ", kind);
  return heading;
}

/** @param {Word} word @param {WordValues} [values] */
function line(word, values = {}) {
  const element = create("p");
  setText(element, word, values);
  return element;
}

/**
 * The size of what comes out, by its formula, with the numbers of this stage.
 *
 * @param {Placed} stage
 */
function sizeLines({ before, kernel_size: kernel, stride, padding, shape }) {
  if (!before || !kernel || !stride || !padding) return [];
  const formulas = [0, 1].map((axis) => {
    const [from, to] = [before.shape[axis + 1], shape[axis + 1]];
    return `⌊(${from} − ${kernel[axis]} + 2 × ${padding[axis]}) ÷ ${stride[axis]}⌋ + 1 = ${to}`;
  });
  return [
    line("layer.size"),
    ...[...new Set(formulas)].map((formula) =>
      create("p", { className: "formula", textContent: formula })
    ),
  ];
}

/** @param {Placed} stage */
function factLines(stage) {
  const lines = [];
  const frame = Math.max(...frameOf(stage));
  if (frame) lines.push(line("layer.padding", { frame }));
  if (stage.kernels) {
    const field = sides(receptiveField(stage).side);
    lines.push(line("layer.field", { field, side: sides(inputOf(stage).shape.slice(1)) }));
  }
  const n = stage.parameters;
  if (n) lines.push(line("layer.parameters", { n }));
  return lines;
}

/** @param {Placed} stage @returns {Placed} */
const inputOf = (stage) => stage.before ? inputOf(stage.before) : stage;

// How the colours are read, and what there is to know about this network.

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
    fact("key.parameters", card.parameters && { n: card.parameters }),
    fact("key.mnist", card.mnist && { percent: card.mnist }),
    fact("key.training", card.trained_in === "browser" && {}),
    fact("key.trained", card.training_set && trainedOn(card.training_set)),
    fact("key.dropout", dropout !== undefined && { rate: Math.round(100 * dropout) }),
    dated(card.date),
  ];
  find(element, "ul").append(...facts.filter((line) => line !== null));
  return element;
}

/**
 * @param {Record<string, number>} counts of what an epoch learned from, by its kind
 */
function trainedOn({ mnist = 0, ...others }) {
  const all = Object.values(others).reduce((sum, n) => sum + n, mnist);
  return { all, percent: Math.round(100 * mnist / all) };
}

/**
 * @param {"key.parameters" | "key.mnist" | "key.training" | "key.trained" | "key.dropout"} word
 * @param {Record<string, string | number> | false | undefined | 0} values nothing: it isn't known
 */
function fact(word, values) {
  if (!values) return null;
  const line = create("li");
  setText(line, word, values);
  return line;
}

/** @param {string | undefined} date from the card, YYYY-MM-DD */
function dated(date) {
  if (!date) return null;
  const line = create("li");
  setText(line, "key.date", { date: () => day(date) });
  return line;
}

/**
 * The colours from end to end, with the values that the ends stand for.
 *
 * @param {Sign} sign
 */
export function legend(sign) {
  const element = create("p", { className: "long-legend" });
  const [low, high] = [create("span", { textContent: "0" }), create("span", { textContent: "0" })];
  element.append(low, create("i", { className: `scale ${sign}` }), high);
  return {
    element,
    /** @param {number} end */
    paint(end) {
      if (sign !== "above") write(low, () => `−${plainEnd(end)}`);
      if (sign !== "below") write(high, () => plainEnd(end));
    },
  };
}
