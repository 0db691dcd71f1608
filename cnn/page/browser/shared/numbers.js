const WHOLE_FROM = 0.0995; // from here on without a decimal: with one it would read 10.0%
const MOST_DECIMALS = 100; // that toFixed gives
const MINUS = "−"; // as wide as a digit, where a hyphen is not

/**
 * @param {number} value
 * @param {number} decimals
 */
export function decimal(value, decimals) {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/**
 * A number from 0 on that may be tiny: with as many decimals as show two of its digits, at least so
 * many.
 *
 * @param {number} value
 * @param {number} least
 */
export function precise(value, least) {
  const wanted = value > 0 ? Math.ceil(-Math.log10(value)) + 1 : 0;
  return decimal(value, Math.min(MOST_DECIMALS, Math.max(least, wanted)));
}

/** A probability as a percentage. @param {number} prob */
export const percent = (prob) => `${(100 * prob).toFixed(prob < WHOLE_FROM ? 1 : 0)}%`;
