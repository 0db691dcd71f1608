/** @import { Place } from "./pointer.js" */

/**
 * The part of the way from one place to another that lies within a square, by Liang and Barsky.
 *
 * @param {Place} from
 * @param {Place} to
 * @param {number} side of the square, whose left top corner is (0, 0)
 * @returns {[Place, Place] | null} an end that lies within is the very same object; null: none of it
 */
export function within(from, to, side) {
  let [enters, leaves] = [0, 1]; // shares of the way
  for (const axis of [0, 1]) {
    const way = to[axis] - from[axis];
    const [low, high] = [-from[axis], side - from[axis]];
    if (way === 0) {
      if (low > 0 || high < 0) return null; // beside it, all the way
      continue;
    }
    const [first, second] = way > 0 ? [low / way, high / way] : [high / way, low / way];
    enters = Math.max(enters, first);
    leaves = Math.min(leaves, second);
  }
  if (enters > leaves) return null;
  /** @param {number} share @returns {Place} */
  const at = (share) => [
    clamped(from[0] + share * (to[0] - from[0]), side),
    clamped(from[1] + share * (to[1] - from[1]), side),
  ];
  return [enters === 0 ? from : at(enters), leaves === 1 ? to : at(leaves)];
}

/**
 * @param {number} at
 * @param {number} side
 */
export const clamped = (at, side) => Math.min(side, Math.max(0, at));
