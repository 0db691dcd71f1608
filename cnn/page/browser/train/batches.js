// What a network learns from next: batches of digits in an order of chance, each jittered.

/**
 * @import { Digits, Examples } from "../engine/digits.js"
 * @import { Plan } from "./plan.js"
 */

import { jitter } from "../engine/jitter.js";
import { PIXELS } from "../engine/strokes.js";

export const OWN_TIMES = 20; // that a reader's own digit comes as often as one of the others
const AREA = PIXELS * PIXELS;
const INK = 255;

/**
 * How many digits of each kind an epoch learns from: in it each comes once, and the reader's own
 * OWN_TIMES.
 *
 * @typedef {{ mnist: number, synthetic: number, own: number }} Counts
 *
 * size: all of them. next: a batch that is good until the next one: (batch, 784), ink 1, and (batch).
 *
 * @typedef {{ counts: Counts, size: number,
 *   next: () => { pixels: Float32Array, labels: Uint8Array } }} Batches
 */

/**
 * @param {Digits} digits
 * @param {Examples} own the reader's
 * @param {Plan} plan
 * @param {() => number} random in [0, 1)
 * @returns {Batches}
 */
export function batchesOf({ mnist, synthetic }, own, plan, random) {
  const mine = plan.own ? examplesIn(own) : [];
  const kinds = {
    mnist: examplesIn(mnist).slice(0, plan.digits),
    synthetic: plan.synthetic ? examplesIn(synthetic) : [],
    own: Array.from({ length: OWN_TIMES }, () => mine).flat(),
  };
  const counts = {
    mnist: kinds.mnist.length,
    synthetic: kinds.synthetic.length,
    own: kinds.own.length,
  };
  const all = Object.values(kinds).flat();
  const pixels = new Float32Array(plan.batch * AREA);
  const labels = new Uint8Array(plan.batch);
  let at = all.length;

  function next() {
    for (let i = 0; i < plan.batch; i++) {
      if (at === all.length) {
        shuffle(all, random);
        at = 0;
      }
      const { digit, label } = all[at++];
      const place = pixels.subarray(i * AREA, (i + 1) * AREA);
      labels[i] = label;
      if (plan.jitter) jitter(digit, random, place);
      else for (let pixel = 0; pixel < AREA; pixel++) place[pixel] = digit[pixel] / INK;
    }
    return { pixels, labels };
  }
  return { counts, size: all.length, next };
}

/** @param {Examples} examples */
const examplesIn = ({ digits, labels }) =>
  Array.from(labels, (label, index) => {
    return { digit: digits.subarray(index * AREA, (index + 1) * AREA), label };
  });

/** Fisher and Yates's. @param {unknown[]} items @param {() => number} random */
function shuffle(items, random) {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
}
