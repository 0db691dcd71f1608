/**
 * exp(logit / temperature), each as a share of their sum.
 *
 * @param {ArrayLike<number>} logits
 * @param {number} temperature above 0; 1 leaves the logits as they are
 * @returns {number[]}
 */
export function probsOf(logits, temperature = 1) {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  const largest = Math.max(...scaled);
  const exps = scaled.map((logit) => Math.exp(logit - largest)); // so none overflows
  const sum = exps.reduce((total, exp) => total + exp, 0);
  return exps.map((exp) => exp / sum);
}
