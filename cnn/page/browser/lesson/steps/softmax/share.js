// What is made of ten logits.

export const PROB_DECIMALS = 4;
const DIGITS = 6; // of a sum of powers, where it is large
const DECIMALS = 3; // of one that is not

/** What ReLU leaves of the logits. @param {ArrayLike<number>} logits */
export const rectified = (logits) => Array.from(logits, (logit) => Math.max(0, logit));

/**
 * The digits from the largest logit to the smallest; of equals the smaller digit first.
 *
 * @param {ArrayLike<number>} logits
 */
export const ranked = (logits) =>
  Array.from(logits, (_, digit) => digit).sort((a, b) => logits[b] - logits[a] || a - b);

/** @param {number[]} amounts */
export const summed = (amounts) => amounts.reduce((total, amount) => total + amount, 0);

/** With how many decimals a sum of powers is shown, and each of them. @param {number} sum above 0 */
export function decimalsFor(sum) {
  const tens = Math.floor(Math.log10(sum));
  return Math.max(0, Math.min(DECIMALS, DIGITS - 1 - tens) - Math.min(0, tens));
}
