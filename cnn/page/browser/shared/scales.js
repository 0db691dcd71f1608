// Where a layer's colours and bars end. One end a layer, zero in the middle: the maps, their legends,
// what is enlarged of them and the saved picture all ask here.

/** @import { Spec } from "../engine/layers/layer.js" */

/** On which side of zero a layer's values are. @typedef {"both" | "above" | "below"} Sign */

const DIGITS = 2; // that an end has
const FUZZ = 1e-9; // of a unit: 7.4 / 0.1 is a little more than 74

/**
 * Where a layer's scale ends for the values that it has just now: where it rests, or as far from
 * zero as the largest of them needs. Nothing is cut off.
 *
 * @param {ArrayLike<number>} values of the whole layer
 * @param {number} atRest
 */
export function endOf(values, atRest) {
  let most = atRest;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most > atRest ? roundedUp(most) : atRest;
}

/**
 * The next number with two digits: a value is never beyond the end that is named.
 *
 * @param {number} value from 0 on
 */
export function roundedUp(value) {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - DIGITS + 1);
  return Number((Math.ceil(value / unit - FUZZ) * unit).toPrecision(DIGITS));
}

/**
 * An end as it is named: with both signs where values are on both sides of zero.
 *
 * @param {number} end
 * @param {Sign} sign
 */
export const namedEnd = (end, sign) => ({ both: "±", above: "", below: "−" })[sign] + plainEnd(end);

/** @param {number} end */
export const plainEnd = (end) => end < 100 ? end.toPrecision(DIGITS) : end.toFixed(0);

/**
 * @param {readonly Spec[]} stages
 * @param {number} index
 * @returns {Sign}
 */
export function signOf(stages, index) {
  const { kind } = stages[index];
  if (kind === "Normalize" || kind === "ReLU") return "above";
  if (kind === "LogSoftmax") return "below";
  const givesOn = kind.endsWith("Pool2d") || kind === "Flatten" || kind === "Dropout";
  return givesOn && index > 0 ? signOf(stages, index - 1) : "both";
}
