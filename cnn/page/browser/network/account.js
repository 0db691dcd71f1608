// How a value came about, as what a reader can add up: terms, a total, and lines about it.

/**
 * @import { Explanation } from "../engine/layers.js"
 * @import { Word } from "../shared/i18n.js"
 * @import { Cell } from "../shared/store.js"
 * @import { Explainer } from "./explainer.js"
 * @import { Placed } from "./stages.js"
 * @import { Named, Term } from "./terms.js"
 */

import { decimal, precise } from "../shared/numbers.js";
import { relation, rounded } from "../shared/sums.js";
import { counted, nameOfCell, unitOf } from "./cells.js";
import { convolved, silent, weighed } from "./terms.js";

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
 * @property {Term[]} terms what is added up; none: it is no sum
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
  if (explainer.muted.get(stage.index)?.has(unitOf(stage, cell.index))) {
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
    case "ReLU": {
      const values = { input: text(explained.input), value: text(Math.max(0, explained.input)) };
      const of = before ? accountOf(explainer, { ...cell, stage: before.index }) : null;
      const lines = [...of?.lines ?? [], { word: /** @type {Word} */ ("sum.relu"), values }];
      return { ...of, name: nameOfCell(stage, cell.index), lines };
    }
    case "MaxPool2d":
    case "AvgPool2d":
      return pooled(explained);
    case "LogSoftmax": {
      const { exps, digit, sum, prob, largest, value } = explained;
      const shown = precise(prob, DECIMALS, LOG_DIGITS);
      const is = relation(Math.log(Number(shown)), text(value));
      return {
        fraction: { exps, digit, sum, prob },
        lines: [
          { word: "sum.log", values: { prob: shown, is, value: text(value) } },
          { word: "sum.softmax.words", values: { largest: text(largest) } },
        ],
      };
    }
    default:
      return { lines: spoken(explained, stage, cell.index, explainer) };
  }
}

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

/** @param {number} value */
const text = (value) => decimal(value, DECIMALS);
