// From scores, one for each class, to an answer: which is the likeliest, and how probable each is.

/**
 * The place of the largest value, of equal ones the first; -1 where there are none.
 *
 * @param {ArrayLike<number>} values
 */
export function argmax(values) {
  let best = values.length ? 0 : -1;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/**
 * The places of all values from the largest to the smallest, of equal ones the first first.
 *
 * @param {ArrayLike<number>} values
 */
export const ranked = (values) =>
  Array.from(values, (_, i) => i).sort((a, b) => values[b] - values[a] || a - b);

/**
 * exp of each score less the largest, so that none overflows, and their sum.
 *
 * @param {ArrayLike<number>} scores
 */
export function exponentials(scores) {
  const largest = scores[argmax(scores)];
  const exps = Float64Array.from(scores, (score) => Math.exp(score - largest));
  return { largest, exps, sum: exps.reduce((all, exp) => all + exp, 0) };
}

/**
 * Probabilities, which sum to 1: of logits, or of log-probabilities, whose exp they are.
 *
 * @param {ArrayLike<number>} scores
 * @returns {number[]}
 */
export function probabilitiesOf(scores) {
  const { exps, sum } = exponentials(scores);
  return Array.from(exps, (exp) => exp / sum);
}
