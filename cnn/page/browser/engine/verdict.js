// From probabilities to what the page says: a digit, the runner-up, or "not sure".

/**
 * What to say of one digit: the best guess, whether to stand by it, and what else it may be.
 *
 * @typedef {{ digit: number, confident: boolean, runnerUp: number | null }} Verdict
 */

/**
 * What is shown while the pen is down: a digit, and the average of ten probabilities that chose it.
 *
 * @typedef {{ digit: number, probs: number[] }} Held
 */

const CLEAR = 0.9; // probability from which no runner-up is named
const RUNNER_UP = 0.05; // probability from which a runner-up is worth its name
const SMOOTHING = 0.3; // weight of a look's own probabilities in the exponential average
const SWITCH_MARGIN = 0.5; // by so much another digit's average must lead before it is shown

/**
 * What to say, as `verdict` of cnn/page/verdict.py does.
 *
 * @param {readonly number[]} probs ten
 * @param {number} threshold the least probability at which the page stands by its answer
 * @returns {Verdict}
 */
export function verdict(probs, threshold) {
  const digit = likeliest(probs);
  const second = likeliest(probs.map((prob, other) => other === digit ? -1 : prob));
  const isDoubtful = probs[digit] < CLEAR && probs[second] >= RUNNER_UP;
  return { digit, confident: probs[digit] >= threshold, runnerUp: isDoubtful ? second : null };
}

/**
 * What to show under the pen after a look that gave `probs`.
 *
 * A half-drawn 7 is a fair 1: the big digit may lag, but it does not flicker. How often it changes
 * and how far it lags is measured by benchmarks/flips.py, and SMOOTHING and SWITCH_MARGIN are
 * chosen by it, on drawings that it does not report: only it gives others.
 *
 * @param {number[]} probs ten
 * @param {Held | null} before after the look before it
 * @param {{ smoothing?: number, margin?: number }} [steadiness]
 * @returns {Held}
 */
export function hold(probs, before, { smoothing = SMOOTHING, margin = SWITCH_MARGIN } = {}) {
  if (!before) return { digit: likeliest(probs), probs };
  const average = probs.map((prob, i) => smoothing * prob + (1 - smoothing) * before.probs[i]);
  const digit = likeliest(average);
  const leads = average[digit] - average[before.digit] >= margin;
  return { digit: leads ? digit : before.digit, probs: average };
}

/** @param {readonly number[]} probs @returns {number} the first of the largest */
const likeliest = (probs) => probs.indexOf(Math.max(...probs));
