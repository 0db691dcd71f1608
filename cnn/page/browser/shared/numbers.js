// Numbers as the reader's language writes them, and sums of them that add up.

import { LANGUAGES } from "../words/languages.js";
import { store } from "./store.js";

const MORE = ">"; // than what is shown
const MAX_TENTHS = 99.9; // %, for what is below one and yet would read 100.0%
const MAX_DECIMALS = 100; // the most that toFixed and Intl allow
const MINUS = "−"; // as wide as a digit, where a hyphen is not

/** The tag of the current language, for Intl. */
const tag = () => LANGUAGES[store.get("language") ?? "en"].tag;

/** @type {Map<string, Intl.NumberFormat>} kept, because one is slow to make and quick to use */
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
 * The plural form that goes with a count: "one" or "other" in English, up to six in other
 * languages.
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
 * The number in a text, as `decimal` writes it or as it is typed: with a comma or a point. NaN:
 * there is none.
 *
 * @param {string} text
 */
export const numberIn = (text) => Number(text.trim().replace(MINUS, "-").replace(",", ".") || NaN);

/**
 * A number, 0 or more, that may be tiny: with enough decimals to show `digits` of its significant
 * digits, and with at least `least` decimals.
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
 * A probability as a percentage, always to a tenth, so that it reads the same wherever it is shown.
 *
 * @param {number} prob
 */
export function percent(prob) {
  const tenths = rounded(100 * prob, 1);
  if (prob < 1 && tenths === 100) return MORE + ofHundred(decimal(MAX_TENTHS, 1));
  return ofHundred(decimal(tenths, 1));
}

// Sums as they are shown: every number is rounded, and yet the rounded numbers add up.

/**
 * What a sum reads as. terms + rounding = total, to the last decimal shown.
 *
 * @typedef {{ terms: number[], rounding: number, total: number }} RoundedSum rounding: the sum of
 *   all the others' rounding errors, 0 where they add up anyway
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
 * How a result computed from the rounded numbers on the page compares to the result that is shown:
 * equal to its last decimal, or not quite because of the rounding.
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
