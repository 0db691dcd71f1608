// Dot products, which a convolution and a linear layer are made of. Nearly all of a forward pass's
// time is spent here.

import { sizeOf } from "../safetensors.js";

const LANES = 8; // sums at once: each value is fetched once for eight, and eight fit the registers

/**
 * Weights in the order in which `dotProducts` needs them: for each input the weights of eight
 * outputs, side by side. The last eight may be filled up with zeros.
 *
 * @typedef {object} Packed
 * @property {number} inputs of each output
 * @property {number} outputs not counting those that fill up the last eight
 * @property {Float32Array} weights (filled outputs / 8, inputs, 8)
 * @property {Float32Array} bias (filled outputs)
 */

/**
 * @param {Float32Array} weight (outputs, inputs)
 * @param {Float32Array} bias (outputs)
 * @returns {Packed}
 */
export function pack(weight, bias) {
  const inputs = weight.length / bias.length;
  const outputs = bias.length;
  const filled = new Float32Array(Math.ceil(outputs / LANES) * LANES);
  const weights = new Float32Array(filled.length * inputs);
  for (let output = 0, i = 0; output < outputs; output++) {
    const lane = output % LANES;
    for (let to = (output - lane) * inputs + lane, end = i + inputs; i < end; i++, to += LANES) {
      weights[to] = weight[i];
    }
  }
  filled.set(bias);
  return { inputs, outputs, weights, bias: filled };
}

/**
 * bias[o] + the sum over i of weight[o][i] * x[places[p] + taps[i]], for every output o and place p.
 *
 * @param {Float64Array} x as doubles, so that none is converted eight times
 * @param {Int32Array} places
 * @param {Int32Array} taps one for each input
 * @param {Packed} packed
 * @returns {Float32Array} (outputs, places)
 */
export function dotProducts(x, places, taps, { inputs, outputs, weights, bias }) {
  const count = places.length;
  const out = new Float32Array(bias.length * count);
  for (let o = 0; o < bias.length; o += LANES) {
    const first = o * inputs;
    for (let p = 0; p < count; p++) {
      const place = places[p];
      let s0 = bias[o], s1 = bias[o + 1], s2 = bias[o + 2], s3 = bias[o + 3];
      let s4 = bias[o + 4], s5 = bias[o + 5], s6 = bias[o + 6], s7 = bias[o + 7];
      for (let i = 0, w = first; i < inputs; i++, w += LANES) {
        const value = x[place + taps[i]];
        s0 += value * weights[w];
        s1 += value * weights[w + 1];
        s2 += value * weights[w + 2];
        s3 += value * weights[w + 3];
        s4 += value * weights[w + 4];
        s5 += value * weights[w + 5];
        s6 += value * weights[w + 6];
        s7 += value * weights[w + 7];
      }
      const to = o * count + p;
      out[to] = s0;
      out[to + count] = s1;
      out[to + 2 * count] = s2;
      out[to + 3 * count] = s3;
      out[to + 4 * count] = s4;
      out[to + 5 * count] = s5;
      out[to + 6 * count] = s6;
      out[to + 7 * count] = s7;
    }
  }
  return out.subarray(0, outputs * count);
}

/**
 * Where the cells of a grid lie, row-major.
 *
 * @param {number[]} counts along each axis
 * @param {number[]} steps from a cell to the next along each axis
 * @param {number} first where the first cell lies
 */
export function grid(counts, steps, first = 0) {
  const all = new Int32Array(sizeOf(counts));
  for (let i = 0; i < all.length; i++) {
    let [rest, at] = [i, first];
    for (let axis = counts.length - 1; axis >= 0; axis--) {
      at += rest % counts[axis] * steps[axis];
      rest = Math.floor(rest / counts[axis]);
    }
    all[i] = at;
  }
  return all;
}
