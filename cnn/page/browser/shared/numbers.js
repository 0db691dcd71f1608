const WHOLE_FROM = 0.0995; // from here on without a decimal: with one it would read 10.0%
const MINUS = "−"; // as wide as a digit, where a hyphen is not

/**
 * @param {number} value
 * @param {number} decimals
 */
export function decimal(value, decimals) {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** A probability as a percentage. @param {number} prob */
export const percent = (prob) => `${(100 * prob).toFixed(prob < WHOLE_FROM ? 1 : 0)}%`;
