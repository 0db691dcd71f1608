// Numbers that look random and are the same for the same seed, in every browser.

/**
 * A function that gives the next number in [0, 1): Mulberry32 (Tommy Ettinger, 2017, public
 * domain), of 2^32 numbers until it repeats.
 *
 * @param {number} seed a whole number
 * @returns {() => number}
 */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
