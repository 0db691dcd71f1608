// Dropout as training does it, on one digit: which values are silenced, and what the rest of the
// network then says.

/**
 * Random numbers from 0 to 1, the same for the same seed: mulberry32, by Tommy Ettinger.
 *
 * @param {number} seed a whole number
 */
export function randoms(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Which of the values are silenced: each for itself, with the rate as its probability.
 *
 * @param {number} count
 * @param {number} rate from 0 to less than 1
 * @param {number} seed
 * @returns {Uint8Array} 1: silenced
 */
export function silencedOf(count, rate, seed) {
  const next = randoms(seed);
  return Uint8Array.from({ length: count }, () => Number(next() < rate));
}

/**
 * What dropout passes on in training: 0 for the silenced, the others divided by 1 - rate, so that
 * the sum stays what it was, give or take.
 *
 * @param {Float32Array} values
 * @param {Uint8Array} silenced
 * @param {number} rate
 */
export const dropped = (values, silenced, rate) =>
  values.map((value, i) => silenced[i] ? 0 : value / (1 - rate));

/**
 * What the network says in several passes, each with others silenced: ten values for each.
 *
 * @param {(x: Float32Array) => Float32Array} run from what dropout gives to ten logits
 * @param {Float32Array} values what dropout is given
 * @param {number} rate
 * @param {number[]} seeds one for each pass
 * @returns {Float32Array[]}
 */
export const passes = (run, values, rate, seeds) =>
  seeds.map((seed) => run(dropped(values, silencedOf(values.length, rate, seed), rate)).slice());
