// Numbers as the reader's language writes them, and sums of them that add up.

import { LANGUAGES } from "../words/languages.js";
import { store } from "./store.js";

const MORE = ">"; // than what is shown
const MAX_TENTHS = 99.9; // %, of what is below one and yet would read 100.0%
const MAX_DECIMALS = 100; // that toFixed and Intl give
const MINUS = "−"; // as wide as a digit, where a hyphen is not

/** What the present language is to Intl. */
const tag = () => LANGUAGES[store.get("language") ?? "en"].tag;

/** @type {Map<string, Intl.NumberFormat>} one is slow to make, and quick to use */
const formats = new Map();

/**
 * @param {number} value
 * @param {Intl.NumberFormatOptions} options
 */
function written(value, options) {
  const key = `${tag()} ${options.style} ${options.useGrouping} ${options.maximumFractionDigits}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(tag(), options);
  formats.set(key, format);
  return format.format(value).replace("-", MINUS);
}

/**
 * A count, or any number with the decimals that it has: 103,018.
 *
 * @param {number} value
 */
export const number = (value) => written(value, { maximumFractionDigits: 20 });

/**
 * The form that goes with so many: "one" or "other" in English, up to six in others.
 *
 * @param {number} count
 */
export const formOf = (count) => new Intl.PluralRules(tag()).select(count);

/**
 * @param {string} date YYYY-MM-DD
 */
export function day(date) {
  return new Intl.DateTimeFormat(tag(), { dateStyle: "long" }).format(new Date(`${date}T00:00`));
}

/**
 * @param {number} value
 * @param {number} decimals
 */
export function decimal(value, decimals) {
  // Rounded as in sums, so that they add up; -0 has no sign.
  const shown = rounded(value, decimals) || 0;
  return written(shown, {
    useGrouping: false,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/**
 * The number that a text says, as `decimal` writes it or as it is typed: with a comma or a point.
 * NaN: it says none.
 *
 * @param {string} text
 */
export const numberIn = (text) => Number(text.trim().replace(MINUS, "-").replace(",", ".") || NaN);

/**
 * A number from 0 on that may be tiny: with as many decimals as show so many of its digits, at least
 * so many decimals.
 *
 * @param {number} value
 * @param {number} least
 * @param {number} digits
 */
export function precise(value, least, digits = 2) {
  const wanted = value > 0 ? Math.ceil(-Math.log10(value)) + digits - 1 : 0;
  return decimal(value, Math.min(MAX_DECIMALS, Math.max(least, wanted)));
}

/**
 * A number that was written, as a percentage: 97.3% or 97,3 %.
 *
 * @param {string} text
 */
export const ofHundred = (text) => written(0, { style: "percent" }).replace("0", text);

/**
 * A probability as a percentage, to a tenth everywhere: two shown of one and the same agree.
 *
 * @param {number} prob
 */
export function percent(prob) {
  const tenths = rounded(100 * prob, 1);
  if (prob < 1 && tenths === 100) return MORE + ofHundred(decimal(MAX_TENTHS, 1));
  return ofHundred(decimal(tenths, 1));
}

// Sums as they are shown: every number rounded, and yet they add up with the digits shown.

/**
 * What a sum reads as. terms + rounding = total, to the last decimal shown.
 *
 * @typedef {{ terms: number[], rounding: number, total: number }} RoundedSum rounding: what rounding
 *   all the others comes to, 0 where they add up as they are
 */

/**
 * @param {readonly number[]} amounts
 * @param {number} total what they come to, as the network computed it
 * @param {number} decimals that are shown
 * @returns {RoundedSum}
 */
export function roundedSum(amounts, total, decimals) {
  const unit = 10 ** decimals;
  // In whole units of the last decimal: 0.1 + 0.2 is then 3, not 0.30000000000000004.
  const unitsOf = (/** @type {number} */ amount) => Math.round(rounded(amount, decimals) * unit);
  const terms = amounts.map(unitsOf);
  const sum = unitsOf(total);
  const rounding = sum - terms.reduce((all, term) => all + term, 0);
  return { terms: terms.map((term) => term / unit), rounding: rounding / unit, total: sum / unit };
}

/**
 * How what is computed from numbers as they are shown compares to the result as it is shown: equal to
 * its last decimal, or not quite, as they are rounded.
 *
 * @param {number} computed
 * @param {string} shown
 */
export function relation(computed, shown) {
  const [, places = ""] = shown.split(/[.,]/);
  return decimal(computed, places.length) === shown ? "=" : "≈";
}

/**
 * A number as it is read, rounded.
 *
 * @param {number} value
 * @param {number} decimals
 */
export const rounded = (value, decimals) => Number(value.toFixed(decimals));
