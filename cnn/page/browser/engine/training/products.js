// Sums of products, in which nearly all of training's time is spent. Doubles throughout: a float
// would be converted each time it is read.

/** 0, 1, 2, ... @param {number} count @param {number} [step] */
export const steps = (count, step = 1) => Int32Array.from({ length: count }, (_, i) => i * step);

/**
 * out[at + o * across + p * down] = bias[o] + the sum over i of weights[o][i] * x[places[p] + taps[i]]
 *
 * Four outputs for three places at once: seven numbers are fetched for twelve products, and twelve
 * sums fit the registers (2.1 products a nanosecond; eight outputs for one place, as in
 * ../layers/dot-products.js, 1.1 to 1.6). Where fewer are left, the last is computed again.
 *
 * @param {Float64Array} x
 * @param {Int32Array} places
 * @param {Int32Array} taps
 * @param {Float64Array} weights (outputs, taps)
 * @param {ArrayLike<number> | null} bias (outputs); null: none
 * @param {Float32Array | Float64Array} out
 * @param {{ at?: number, across: number, down: number }} layout
 */
export function dotProducts(x, places, taps, weights, bias, out, { at = 0, across, down }) {
  const inputs = taps.length;
  const outputs = weights.length / inputs;
  const count = places.length;
  for (let o = 0; o < outputs; o += 4) {
    const o1 = Math.min(o + 1, outputs - 1);
    const o2 = Math.min(o + 2, outputs - 1);
    const o3 = Math.min(o + 3, outputs - 1);
    const [w0, w1, w2, w3] = [o * inputs, o1 * inputs, o2 * inputs, o3 * inputs];
    const b0 = bias ? bias[o] : 0, b1 = bias ? bias[o1] : 0;
    const b2 = bias ? bias[o2] : 0, b3 = bias ? bias[o3] : 0;
    for (let p = 0; p < count; p += 3) {
      const q = Math.min(p + 1, count - 1), r = Math.min(p + 2, count - 1);
      const x0 = places[p], x1 = places[q], x2 = places[r];
      let p0 = b0, p1 = b1, p2 = b2, p3 = b3;
      let q0 = b0, q1 = b1, q2 = b2, q3 = b3;
      let r0 = b0, r1 = b1, r2 = b2, r3 = b3;
      for (let i = 0; i < inputs; i++) {
        const tap = taps[i];
        const f0 = weights[w0 + i], f1 = weights[w1 + i];
        const f2 = weights[w2 + i], f3 = weights[w3 + i];
        const u = x[x0 + tap];
        p0 += u * f0;
        p1 += u * f1;
        p2 += u * f2;
        p3 += u * f3;
        const v = x[x1 + tap];
        q0 += v * f0;
        q1 += v * f1;
        q2 += v * f2;
        q3 += v * f3;
        const w = x[x2 + tap];
        r0 += w * f0;
        r1 += w * f1;
        r2 += w * f2;
        r3 += w * f3;
      }
      const to0 = at + o * across, to1 = at + o1 * across;
      const to2 = at + o2 * across, to3 = at + o3 * across;
      out[to0 + p * down] = p0;
      out[to1 + p * down] = p1;
      out[to2 + p * down] = p2;
      out[to3 + p * down] = p3;
      out[to0 + q * down] = q0;
      out[to1 + q * down] = q1;
      out[to2 + q * down] = q2;
      out[to3 + q * down] = q3;
      out[to0 + r * down] = r0;
      out[to1 + r * down] = r1;
      out[to2 + r * down] = r2;
      out[to3 + r * down] = r3;
    }
  }
}

/** Some factors, each with the place of what it multiplies: the first `count` of both arrays. */
export class Sparse {
  count = 0;

  /** @param {number} capacity */
  constructor(capacity) {
    this.places = new Int32Array(capacity);
    this.factors = new Float64Array(capacity);
  }

  /** @param {number} place @param {number} factor */
  add(place, factor) {
    this.places[this.count] = place;
    this.factors[this.count++] = factor;
  }
}

/**
 * out[at + i] = the sum over k of factors[k] * rows[places[k] + taps[i]]; eight sums at once.
 *
 * @param {Float64Array} rows
 * @param {Sparse} sparse
 * @param {Int32Array} taps
 * @param {Float32Array} out
 * @param {number} at
 */
export function sparseSums(rows, { places, factors, count }, taps, out, at) {
  const last = taps.length - 1;
  for (let i = 0; i <= last; i += 8) {
    const t0 = taps[i], t1 = taps[Math.min(i + 1, last)];
    const t2 = taps[Math.min(i + 2, last)], t3 = taps[Math.min(i + 3, last)];
    const t4 = taps[Math.min(i + 4, last)], t5 = taps[Math.min(i + 5, last)];
    const t6 = taps[Math.min(i + 6, last)], t7 = taps[Math.min(i + 7, last)];
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (let k = 0; k < count; k++) {
      const place = places[k];
      const factor = factors[k];
      s0 += factor * rows[place + t0];
      s1 += factor * rows[place + t1];
      s2 += factor * rows[place + t2];
      s3 += factor * rows[place + t3];
      s4 += factor * rows[place + t4];
      s5 += factor * rows[place + t5];
      s6 += factor * rows[place + t6];
      s7 += factor * rows[place + t7];
    }
    const to = at + i, end = at + last; // what lies beyond the last is the last, again
    out[to] = s0;
    out[Math.min(to + 1, end)] = s1;
    out[Math.min(to + 2, end)] = s2;
    out[Math.min(to + 3, end)] = s3;
    out[Math.min(to + 4, end)] = s4;
    out[Math.min(to + 5, end)] = s5;
    out[Math.min(to + 6, end)] = s6;
    out[Math.min(to + 7, end)] = s7;
  }
}
