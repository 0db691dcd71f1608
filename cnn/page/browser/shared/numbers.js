const MINUS = "−"; // as wide as a digit, where a hyphen is not

/**
 * @param {number} value
 * @param {number} decimals
 */
export function decimal(value, decimals) {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}
