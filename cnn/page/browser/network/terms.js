// What is added up to a value, term by term.

/**
 * @import { ExplainedConvolution } from "../engine/layers/conv2d.js"
 * @import { ExplainedLinear } from "../engine/layers/linear.js"
 * @import { Word, WordValues } from "../shared/i18n.js"
 * @import { Placed } from "./stages.js"
 */

import { originOf, shortNameOf } from "./cells.js";
import { isNeurons } from "./stages.js";

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
export function weighed(explained, { before }) {
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
 * How many of the values before a neuron take no part.
 *
 * @param {ExplainedLinear} explained
 * @param {Placed} stage
 * @returns {Named[]}
 */
export function silent({ terms }, { name, before }) {
  const zeros = terms.filter(({ input }) => input === 0).length;
  if (!before || !zeros) return [];
  const values = { zeros, n: terms.length, before: before.name, layer: name };
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
