// An account on the screen: an equation whose rounded numbers add up, a pooling's cells, a fraction.

/**
 * @import { Explanation } from "../engine/layers.js"
 * @import { ExplainedConvolution } from "../engine/layers/conv2d.js"
 * @import { ExplainedLinear } from "../engine/layers/linear.js"
 * @import { Word, WordValues } from "../shared/i18n.js"
 * @import { Cell } from "../shared/store.js"
 * @import { Explainer } from "./explainer.js"
 * @import { Placed } from "./layout.js"
 */

import { kindOf } from "../engine/layers.js";
import { PATTERN_COUNT } from "../engine/patterns.js";
import { create } from "../shared/dom.js";
import { setText, t } from "../shared/i18n.js";
import {
  decimal,
  numberIn,
  ofHundred,
  percent,
  precise,
  relation,
  rounded,
  roundedSum,
} from "../shared/numbers.js";
import { place } from "./dialog.js";
import { counted, isNeurons, nameOfCell, originOf, placeOf, shortNameOf } from "./layout.js";
import { pictureIn } from "./lights.js";
import { isMuted } from "./mute.js";

const EXP_DECIMALS = 4;
const EXP_DIGITS = 4; // significant digits of the numerator

/** An element that shows accounts, one after the other. */
export function sumView() {
  const element = create("div", { className: "sum" });
  /** @type {string} the HTML that is shown, so that it is not rebuilt when it stays the same */
  let shown = "";
  return {
    element,
    /** @param {Account | null} account */
    paint(account) {
      const html = account ? htmlOf(account) : "";
      if (html === shown) return;
      shown = html;
      element.innerHTML = html;
      // Not in the HTML: hosts forbid style attributes there.
      element.style.setProperty("--across", `${account?.cells?.across ?? 1}`);
    },
  };
}

/** @param {Account} account */
const htmlOf = (account) =>
  [
    account.total ? equation(account.terms, account.total) : "",
    account.cells ? cells(account.cells) : "",
    account.fraction ? fraction(account.fraction) : "",
    ...account.lines.map((line) => `<p>${escaped(said(line))}</p>`),
  ].join("");

/**
 * The rounded terms, then the sum of their rounding errors, so that the numbers on the screen add
 * up.
 *
 * @param {Term[]} terms
 * @param {Term} total
 */
function equation(terms, total) {
  const amounts = terms.map(({ amount, parts }) =>
    parts ? parts.reduce((sum, part) => sum + rounded(part, DECIMALS), 0) : amount
  );
  const shown = roundedSum(amounts, total.amount, DECIMALS);
  const rows = terms.map((term, i) => row(said(term), signed(shown.terms[i])));
  if (shown.rounding) rows.push(row(t("sum.rounding"), signed(shown.rounding), "rounding"));
  rows.push(row(said(total), `= ${decimal(shown.total, DECIMALS)}`, "total"));
  return `<dl class="equation" data-sum>${rows.join("")}</dl>`;
}

/** @param {string} label @param {string} number @param {string} [name] of its class */
const row = (label, number, name = "") =>
  `<div class="${name}"><dt>${escaped(label)}</dt>` +
  `<dd data-${name === "total" ? "total" : "term"}>${number}</dd></div>`;

/** @param {number} amount */
const signed = (amount) => `${amount < 0 ? "" : "+"}${decimal(amount, DECIMALS)}`;

/** @param {NonNullable<Account["cells"]>} cells */
function cells({ values, winner }) {
  const numbers = values.map((value, i) =>
    `<span${i === winner ? ' class="winner"' : ""}>${decimal(value, DECIMALS)}</span>`
  );
  return `<div class="cells">${numbers.join("")}</div>`;
}

/** @param {Fraction} fraction */
function fraction({ exps, digit, sum, prob }) {
  const numbers = [...exps].map((exp, i) => {
    const name = i === digit ? ' class="winner"' : "";
    return `<span data-term${name}>${decimal(exp, EXP_DECIMALS)}</span>`;
  });
  const { rounding } = roundedSum([...exps], sum, EXP_DECIMALS);
  if (rounding) {
    const number = `<span data-term>${decimal(rounding, EXP_DECIMALS)}</span>`;
    numbers.push(`${number} (${t("sum.rounding")})`);
  }
  const above = precise(exps[digit], EXP_DECIMALS, EXP_DIGITS);
  const below = decimal(sum, EXP_DECIMALS);
  return `<p class="fraction" data-sum><span class="over">` +
    `<span class="above winner">${above}</span>` +
    `<span class="under">${numbers.join(" + ")}</span></span>` +
    `<span>= ${above} ÷ <span data-total>${below}</span> ` +
    `${share(numberIn(above) / numberIn(below), prob)}</span></p>`;
}

/**
 * The value of the fraction, as a percentage: even the smallest with some of its digits.
 *
 * @param {number} computed from what is shown
 * @param {number} prob
 */
function share(computed, prob) {
  const short = percent(prob);
  if (short.startsWith(">")) return `&gt; <b>${short.slice(1)}</b>`;
  const shown = rounded(100 * prob, 1) ? decimal(100 * prob, 1) : precise(100 * prob, 1);
  return `${relation(100 * computed, shown)} <b>${ofHundred(shown)}</b>`;
}

/** @param {Named} named */
const said = ({ word, values }) => t(word, values);

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

// How the value under the pointer is made, in a few words beside it, while no card is open.

/** @param {Explainer} explainer */
export function tooltipOf(explainer) {
  const element = create("div", { className: "tooltip panel", hidden: true });
  element.ariaHidden = "true"; // it follows a pointer; the card says the same aloud
  const name = create("p", { className: "cell-name" });
  const pattern = create("p", { className: "pattern" });
  const hint = create("p", { className: "hint" });
  const sum = sumView();
  setText(hint, "light.hint");
  element.append(name, pattern, sum.element, hint);
  /** @type {HTMLElement | null} the map that it stands beside */
  let beside = null;
  explainer.onpoint((cell) => {
    if (element.hidden !== !cell) element.hidden = !cell; // else styles would be recomputed
    if (!cell) {
      beside = null;
      return;
    }
    const account = accountOf(explainer, cell);
    setText(name, account.name.word, account.name.values);
    sum.paint(account);
    if (!element.offsetParent) return; // hidden, because a card says it
    const stage = explainer.stages[cell.stage];
    const { map } = placeOf(stage, cell.index);
    const tile = explainer.tileOf(cell.stage, map);
    sayPattern(pattern, "pattern", explainer.patternOf(stage, map));
    // Within one map it only grows, so that it does not hop from value to value.
    element.style.minHeight = beside === tile ? `${element.offsetHeight}px` : "";
    beside = tile;
    place(element, explainer.host, pictureIn(tile).getBoundingClientRect(), explainer.clear(cell));
  });
  return element;
}

/**
 * Say to which simple pattern a map responds most.
 *
 * @param {HTMLElement} line
 * @param {"pattern" | "pattern.of"} word
 * @param {Word | null} pattern null: nothing is said
 */
export function sayPattern(line, word, pattern) {
  line.hidden = !pattern;
  if (pattern) setText(line, word, { n: PATTERN_COUNT, pattern: () => t(pattern) });
}

// How a value came about, in a form that a reader can add up: terms, a total, and lines about it.

export const DECIMALS = 3;
const PIXEL_DECIMALS = 4; // as many as of the mean and the deviation beside it
const LOG_DIGITS = 5; // of a number whose logarithm is shown

/**
 * exps[digit] / sum = prob.
 *
 * @typedef {{ exps: Float64Array, digit: number, sum: number, prob: number }} Fraction
 */

/**
 * @typedef {object} Account
 * @property {Named} name of the value
 * @property {Term[]} terms what is added up; none: it is not a sum
 * @property {Term | null} total
 * @property {{ values: number[], across: number, winner: number } | null} cells of a pooling
 * @property {Fraction | null} fraction
 * @property {Named[]} lines
 */

/**
 * @param {Explainer} explainer
 * @param {Cell} cell
 * @returns {Account}
 */
export function accountOf(explainer, cell) {
  const stage = explainer.stages[cell.stage];
  const explained = explainer.explain(cell);
  /** @type {Account} */
  const account = {
    name: nameOfCell(stage, cell.index),
    terms: [],
    total: null,
    cells: null,
    fraction: null,
    lines: [],
    ...partOf(explained, stage, cell, explainer),
  };
  if (isMuted(stage, cell.index)) {
    // What is shown is then 0; the sum says what it would be.
    if (account.total) {
      account.total.amount = account.terms.reduce((sum, { amount }) => sum + amount, 0);
    }
    account.lines.push({ word: "sum.muted", values: {} });
  }
  return account;
}

/**
 * @param {Explanation} explained
 * @param {Placed} stage
 * @param {Cell} cell
 * @param {Explainer} explainer
 * @returns {Partial<Account>}
 */
function partOf(explained, stage, cell, explainer) {
  const { before } = stage;
  switch (explained.kind) {
    case "Conv2d":
      return summed(stage, convolved(explained, before), explained.value);
    case "Linear":
      return {
        ...summed(stage, weighed(explained, stage), explained.value),
        lines: silent(explained, stage),
      };
    case "MaxPool2d":
    case "AvgPool2d":
      return pooled(explained);
    case "LogSoftmax": {
      const { exps, digit, sum, prob, largest, value } = explained;
      const shown = precise(prob, DECIMALS, LOG_DIGITS);
      const is = relation(Math.log(numberIn(shown)), text(value));
      return {
        fraction: { exps, digit, sum, prob },
        lines: [
          { word: "sum.log", values: { prob: shown, is, value: text(value) } },
          { word: "sum.softmax.words", values: { largest: text(largest) } },
        ],
      };
    }
    default: {
      const lines = spoken(explained, stage, cell.index, explainer);
      if (!before || !kindOf(stage).isPointwise) return { lines };
      // What it is given was summed up by the stage before: that is the longer story.
      const of = accountOf(explainer, { ...cell, stage: before.index });
      return { ...of, name: nameOfCell(stage, cell.index), lines: [...of.lines, ...lines] };
    }
  }
}

/** A formula with its numbers as they are shown. @param {(string | number)[]} parts */
const written = (parts) =>
  parts.map((part, i) => {
    if (typeof part === "string") return part;
    const isBehindSign = /[+−×÷] $/.test(`${parts[i - 1] ?? ""}`);
    return isBehindSign && text(part).startsWith("−") ? `(${text(part)})` : text(part);
  }).join("");

/** @param {Placed} stage @param {Term[]} terms @param {number} amount @returns {Partial<Account>} */
const summed = ({ name }, terms, amount) => {
  return { terms, total: { word: "sum.total", values: { layer: name }, amount } };
};

/**
 * @param {Extract<Explanation, { kind: "MaxPool2d" | "AvgPool2d" }>} explained
 * @returns {Partial<Account>}
 */
function pooled(explained) {
  const { cells, window, value } = explained;
  const values = cells.map((cell) => cell.value);
  const winner = explained.kind === "MaxPool2d" ? explained.winner : -1;
  const n = values.length;
  const sum = values.map((each, i) => i && each >= 0 ? `+ ${text(each)}` : text(each)).join(" ");
  const mean = values.reduce((all, each) => all + rounded(each, DECIMALS), 0) / n;
  return {
    cells: { values, across: window.columns, winner },
    lines: [
      winner < 0
        ? {
          word: "sum.mean",
          values: { sum, n, is: relation(mean, text(value)), value: text(value) },
        }
        : { word: "sum.max", values: { n, value: text(values[winner]) } },
    ],
  };
}

/**
 * What to say about a value that is not a sum.
 *
 * @param {Explanation} explained
 * @param {Placed} stage
 * @param {number} index
 * @param {Explainer} explainer
 * @returns {Named[]}
 */
function spoken(explained, stage, index, { stages }) {
  const { before, name } = stage;
  switch (explained.kind) {
    case "Normalize": {
      const { pixel, mean, std, value } = explained;
      const next = stages[1]?.name ?? name;
      const given = [pixel, mean, std].map((each) => rounded(each, PIXEL_DECIMALS));
      const [shown, from, by] = given.map((each) => decimal(each, PIXEL_DECIMALS));
      const is = relation((given[0] - given[1]) / given[2], text(value));
      const values = { pixel: shown, mean: from, std: by, is, value: text(value) };
      return [
        { word: "sum.pixel", values },
        { word: "sum.pixel.words", values: { layer: next } },
      ];
    }
    case "Flatten": {
      if (!before) return [];
      const place = counted(before, explained.from.index);
      const area = before.size / before.count;
      const values = { ...place, area, width: before.width, neuron: index + 1, layer: before.name };
      return [{ word: "sum.flat.words", values }, { word: "sum.flat", values }];
    }
    case "Dropout": {
      const { rate, value } = explained;
      const values = { value: text(value), rate: Math.round(100 * rate) };
      return [{ word: "sum.dropout", values: { ...values, kept: rounded(1 - rate, 2) } }];
    }
    case "ReLU": { // exact: what is negative becomes zero
      const values = { input: text(explained.input), value: text(Math.max(0, explained.input)) };
      return [{ word: "sum.relu", values }];
    }
    default: {
      const formula = kindOf(stage).formula?.(explained);
      if (!formula || isMuted(stage, index)) return []; // muted, it gives what no formula does
      const values = { layer: name, formula: written(formula), value: text(explained.value) };
      return [{ word: "sum.formula", values }];
    }
  }
}

/** @param {number} value */
const text = (value) => decimal(value, DECIMALS);

// What adds up to a value, term by term.

const STRONGEST = 6; // terms of a long sum that are named one by one

/** @typedef {{ word: Word, values: WordValues }} Named a word with what fills it */
/**
 * parts: what the amount is the sum of, where those are shown too.
 *
 * @typedef {Named & { amount: number, parts?: Float32Array }} Term
 */

/** @param {ExplainedConvolution} explained @param {Placed | null} before @returns {Term[]} */
export function convolved({ patches, bias }, before) {
  const layer = before?.name ?? "";
  return [
    ...patches.map(({ channel, sum, products }) =>
      patches.length === 1
        ? { ...term("sum.all", {}, sum), parts: products }
        : term("sum.channel", { layer, map: channel + 1 }, sum)
    ),
    term("sum.bias", {}, bias),
  ];
}

/** @param {ExplainedLinear} explained @param {Placed} stage @returns {Term[]} */
function weighed(explained, { before }) {
  if (!before) return [];
  const terms = contributing(explained);
  const named = terms.slice(0, STRONGEST).map(({ index, product }) => {
    const origin = originOf(before, index);
    const { word, values } = shortNameOf(origin.stage, origin.index);
    return term(word, values, product);
  });
  const others = terms.slice(STRONGEST);
  const rest = others.reduce((sum, { product }) => sum + product, 0);
  return [
    ...named,
    ...(others.length ? [term("sum.rest", { n: others.length }, rest)] : []),
    term("sum.bias", {}, explained.bias),
  ];
}

/**
 * How many of a neuron's inputs are 0 and add nothing to its sum.
 *
 * @param {ExplainedLinear} explained
 * @param {Placed} stage
 * @returns {Named[]}
 */
export function silent({ terms }, { name, before }) {
  const zeros = terms.filter(({ input }) => input === 0).length;
  if (!before || !zeros) return [];
  const values = { n: zeros, all: terms.length, before: before.name, layer: name };
  const word = zeros < terms.length
    ? "sum.zeros"
    : isNeurons(before)
    ? "sum.silent"
    : "sum.nothing";
  return [{ word, values }];
}

/** What takes part in a neuron's sum: the strongest first. @param {ExplainedLinear} explained */
export const contributing = ({ terms }) => terms.filter(({ product }) => product !== 0);

/** @param {Word} word @param {WordValues} values @param {number} amount @returns {Term} */
const term = (word, values, amount) => ({ word, values, amount });
