// How a value came about, as what a reader can add up: terms, a total, and lines about it.

/**
 * @import { Explanation, ExplainedConvolution, ExplainedLinear } from "../engine/explanation.js"
 * @import { Word, WordValues } from "../shared/i18n.js"
 * @import { Cell } from "../shared/store.js"
 * @import { Explainer } from "./explainer.js"
 * @import { Placed } from "./stages.js"
 */

import { decimal, precise } from "../shared/numbers.js";
import { counted, nameOfCell, originOf, shortNameOf, unitOf } from "./cells.js";

export const DECIMALS = 3;
const STRONGEST = 6; // terms of a long sum that are named one by one

/** @typedef {{ word: Word, values: WordValues }} Named a word with what fills it */
/**
 * parts: what the amount is the sum of, where those are shown too.
 *
 * @typedef {Named & { amount: number, parts?: Float32Array }} Term
 */

/**
 * @typedef {object} Account
 * @property {Named} name of the value
 * @property {Term[]} terms what is added up; none: it is no sum
 * @property {Term | null} total
 * @property {{ values: number[], across: number, winner: number } | null} cells of a pooling
 * @property {{ exps: Float64Array, digit: number, sum: number, prob: number } | null} fraction
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
  if (explainer.muted.get(stage.index)?.has(unitOf(stage, cell.index))) {
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
      return summed(stage, convolved(explained, before));
    case "Linear":
      return summed(stage, weighed(explained, stage));
    case "ReLU": {
      const values = { input: text(explained.input), value: text(Math.max(0, explained.input)) };
      const of = before ? accountOf(explainer, { ...cell, stage: before.index }) : null;
      return { ...of, name: nameOfCell(stage, cell.index), lines: [{ word: "sum.relu", values }] };
    }
    case "MaxPool2d":
    case "AvgPool2d":
      return pooled(explained);
    case "LogSoftmax": {
      const { exps, digit, sum, prob, largest, value } = explained;
      return {
        fraction: { exps, digit, sum, prob },
        lines: [
          { word: "sum.log", values: { prob: precise(prob, DECIMALS), value: text(value) } },
          { word: "sum.softmax.words", values: { largest: text(largest) } },
        ],
      };
    }
    default:
      return { lines: spoken(explained, stage, cell.index, explainer) };
  }
}

/** @param {Placed} stage @param {Term[]} terms @returns {Partial<Account>} */
function summed({ name }, terms) {
  const amount = terms.reduce((sum, term) => sum + term.amount, 0);
  return { terms, total: { word: "sum.total", values: { layer: name }, amount } };
}

/** @param {ExplainedConvolution} explained @param {Placed | null} before @returns {Term[]} */
function convolved({ patches, bias }, before) {
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
function weighed({ terms, bias }, { before }) {
  if (!before) return [];
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
    term("sum.bias", {}, bias),
  ];
}

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
  return {
    cells: { values, across: window.columns, winner },
    lines: [
      winner < 0
        ? { word: "sum.mean", values: { sum, n, value: text(value) } }
        : { word: "sum.max", values: { n, value: text(values[winner]) } },
    ],
  };
}

/**
 * What is said of a value that is no sum.
 *
 * @param {Explanation} explained
 * @param {Placed} stage
 * @param {number} index
 * @param {Explainer} explainer
 * @returns {Named[]}
 */
function spoken(explained, { before, name }, index, { stages }) {
  switch (explained.kind) {
    case "Normalize": {
      const { pixel, mean, std, value } = explained;
      const next = stages[1]?.name ?? name;
      const values = { pixel: text(pixel), mean: decimal(mean, 4), std: decimal(std, 4) };
      return [
        { word: "sum.pixel", values: { ...values, value: text(value) } },
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
      const values = { value: text(value), rate: Math.round(100 * rate), kept: 1 - rate };
      return [{
        word: "sum.dropout",
        values: { ...values, kept: `${Number(values.kept.toFixed(2))}` },
      }];
    }
    default:
      return [];
  }
}

/** @param {Word} word @param {WordValues} values @param {number} amount @returns {Term} */
const term = (word, values, amount) => ({ word, values, amount });

/** @param {number} value */
const text = (value) => decimal(value, DECIMALS);
