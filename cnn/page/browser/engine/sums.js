// Weighted sums, which is what a convolution and a linear layer are made of. Nearly all of a look's
// time is spent here.

const LANES = 8; // sums at once: each value is fetched once for eight, and eight fit the registers

/**
 * Weights in the order in which `weightedSums` needs them: eight outputs' weights of one input side
 * by side. The last eight may be filled up with zeros.
 *
 * @typedef {object} Packed
 * @property {number} inputs of each output
 * @property {Float32Array} weights (outputs / 8, inputs, 8)
 * @property {Float32Array} bias (outputs)
 */

/**
 * @param {Float32Array} weight (outputs, inputs)
 * @param {Float32Array} bias (outputs)
 * @returns {Packed}
 */
export function packed(weight, bias) {
  const inputs = weight.length / bias.length;
  const outputs = Math.ceil(bias.length / LANES) * LANES;
  const weights = new Float32Array(outputs * inputs);
  for (let i = 0; i < weight.length; i++) {
    const output = Math.floor(i / inputs);
    const lane = output % LANES;
    weights[(output - lane) * inputs + (i % inputs) * LANES + lane] = weight[i];
  }
  const filled = new Float32Array(outputs);
  filled.set(bias);
  return { inputs, weights, bias: filled };
}

/**
 * out[o][p] = bias[o] + the sum over i of weight[o][i] * x[places[p] + taps[i]].
 *
 * @param {Float64Array} x as doubles, so that none is converted eight times
 * @param {Int32Array} places
 * @param {Int32Array} taps one for each input
 * @param {Packed} packed
 * @param {Float32Array} out (outputs, places), outputs being a multiple of eight
 */
export function weightedSums(x, places, taps, { inputs, weights, bias }, out) {
  const count = places.length;
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
}
