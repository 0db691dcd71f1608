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
 * The end of a scale, in two digits or as many as it has before the point.
 *
 * @param {number} value above 0
 */
export const rough = (value) => value < 100 ? value.toPrecision(2) : value.toFixed(0);
