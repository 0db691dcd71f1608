// What a network makes of a digit that is moved: its probabilities, and when it loses it.

/**
 * @import { Network } from "../../../engine/network.js"
 * @import { Move } from "./moved.js"
 */

import { moved, STILL } from "./moved.js";

/**
 * Ten probabilities.
 *
 * @param {Network} network
 * @param {Float32Array} digit 784 values
 */
export function probsOf(network, digit) {
  const maps = network.run(digit);
  return Array.from(maps[maps.length - 1], Math.exp);
}

/** The first of the largest. @param {number[]} probs */
export const likeliest = (probs) => probs.indexOf(Math.max(...probs));

/**
 * The probability of `label` for each shift to the right, all else as in `move`.
 *
 * @param {Network} network
 * @param {Float32Array} digit
 * @param {{ label: number, move: Move, shifts: number[] }} what
 */
export function curveOf(network, digit, { label, move, shifts }) {
  return shifts.map((right) => probsOf(network, moved(digit, { ...move, right }))[label]);
}

/**
 * Where a network stops reading the digit as `label`: px to the right, what it reads there, and
 * the probability of `label` there. at is null where it still reads it after `most`; then read and
 * prob are of there.
 *
 * @typedef {{ at: number | null, read: number, prob: number }} Fall
 */

/**
 * @param {Network} network
 * @param {Float32Array} digit
 * @param {{ label: number, most: number }} what
 * @returns {Fall}
 */
export function fallOf(network, digit, { label, most }) {
  for (let right = 0;; right++) {
    const probs = probsOf(network, moved(digit, { ...STILL, right }));
    const read = likeliest(probs);
    if (read !== label) return { at: right, read, prob: probs[label] };
    if (right === most) return { at: null, read, prob: probs[label] };
  }
}
