// What is made of ten logits.

/** What ReLU leaves of the logits. @param {ArrayLike<number>} logits */
export const rectified = (logits) => Array.from(logits, (logit) => Math.max(0, logit));

/**
 * The digits from the largest logit to the smallest; of equals the smaller digit first.
 *
 * @param {ArrayLike<number>} logits
 */
export const ranked = (logits) =>
  Array.from(logits, (_, digit) => digit).sort((a, b) => logits[b] - logits[a] || a - b);
