const NOT_ALL = ">99.9%"; // of what is below one, and yet would read 100.0%
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
 * A number from 0 on that may be tiny: with as many decimals as show so many of its digits, at least
 * so many decimals.
 *
 * @param {number} value
 * @param {number} least
 * @param {number} digits
 */
export function precise(value, least, digits = 2) {
  const wanted = value > 0 ? Math.ceil(-Math.log10(value)) + digits - 1 : 0;
  return decimal(value, Math.min(MOST_DECIMALS, Math.max(least, wanted)));
}

/**
 * A probability as a percentage, to a tenth everywhere: two shown of one and the same agree.
 *
 * @param {number} prob
 */
export function percent(prob) {
  const tenths = decimal(100 * prob, 1);
  return prob < 1 && tenths === "100.0" ? NOT_ALL : `${tenths}%`;
}
