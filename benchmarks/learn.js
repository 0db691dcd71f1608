// A module worker that trains the article's ConvNet, for learn.py: as the page does, and by loops
// as a textbook has them: a digit at a time, every weight times every input, there and back.

import { readSafetensors } from "/engine/safetensors.js";
import { Trainer } from "/engine/train.js";

const MOMENTUM = 0.9;
const [MEAN, STD] = [0.1307, 0.3081];

const fetched = async (path) => (await fetch(path)).arrayBuffer();

/** The same sums as the page's Trainer with "sgd" and no dropout, and the same interface. */
class Textbook {
  #weights = {};
  #gradients = {};
  #momenta = {};
  #rate;

  constructor(_, { tensors, rate }) {
    for (const [name, { data }] of tensors) {
      this.#weights[name] = data.slice();
      this.#gradients[name] = new Float32Array(data.length);
      this.#momenta[name] = new Float32Array(data.length);
    }
    this.#rate = rate;
  }

  step(digits, labels) {
    for (const gradient of Object.values(this.#gradients)) gradient.fill(0);
    let loss = 0;
    for (let b = 0; b < labels.length; b++) {
      loss += this.#learn(digits.subarray(784 * b, 784 * (b + 1)), labels[b]) / labels.length;
    }
    for (const name in this.#weights) {
      const [weight, gradient] = [this.#weights[name], this.#gradients[name]];
      const momentum = this.#momenta[name];
      for (let i = 0; i < weight.length; i++) {
        momentum[i] = MOMENTUM * momentum[i] + gradient[i] / labels.length;
        weight[i] -= this.#rate * momentum[i];
      }
    }
    return { loss };
  }

  #learn(digit, label) {
    const [w, g] = [this.#weights, this.#gradients];
    const x = digit.map((pixel) => (pixel - MEAN) / STD);
    const a1 = relu(convolve(x, 1, 28, w["conv1.weight"], w["conv1.bias"]));
    const p1 = pool(a1, 8, 28);
    const a2 = relu(convolve(p1.out, 8, 14, w["conv2.weight"], w["conv2.bias"]));
    const p2 = pool(a2, 16, 14);
    const a3 = relu(multiply(p2.out, w["fc1.weight"], w["fc1.bias"]));
    const logits = multiply(a3, w["fc2.weight"], w["fc2.bias"]);
    const most = Math.max(...logits);
    const sum = logits.reduce((all, logit) => all + Math.exp(logit - most), 0);
    const dLogits = logits.map((logit, i) => Math.exp(logit - most) / sum - (i === label ? 1 : 0));
    const d3 = multiplyBack(dLogits, a3, w["fc2.weight"], g["fc2.weight"], g["fc2.bias"]);
    reluBack(d3, a3);
    const dp2 = multiplyBack(d3, p2.out, w["fc1.weight"], g["fc1.weight"], g["fc1.bias"]);
    const d2 = poolBack(dp2, p2.winners, a2.length);
    reluBack(d2, a2);
    const { "conv2.weight": w2, "conv1.weight": w1 } = w;
    const dp1 = convolveBack(d2, p1.out, 8, 14, w2, g["conv2.weight"], g["conv2.bias"]);
    const d1 = poolBack(dp1, p1.winners, a1.length);
    reluBack(d1, a1);
    convolveBack(d1, x, 1, 28, w1, g["conv1.weight"], g["conv1.bias"]);
    return Math.log(sum) + most - logits[label];
  }
}

function convolve(x, channels, side, weight, bias) {
  const out = new Float32Array(bias.length * side * side);
  for (let o = 0; o < bias.length; o++) {
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        let sum = bias[o];
        for (let c = 0; c < channels; c++) {
          for (let i = 0; i < 3; i++) {
            for (let j = 0; j < 3; j++) {
              const [y, z] = [row + i - 1, column + j - 1];
              if (y < 0 || y >= side || z < 0 || z >= side) continue;
              sum += x[(c * side + y) * side + z] * weight[((o * channels + c) * 3 + i) * 3 + j];
            }
          }
        }
        out[(o * side + row) * side + column] = sum;
      }
    }
  }
  return out;
}

function convolveBack(d, x, channels, side, weight, dWeight, dBias) {
  const dx = new Float32Array(x.length);
  for (let o = 0; o < dBias.length; o++) {
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const gradient = d[(o * side + row) * side + column];
        dBias[o] += gradient;
        for (let c = 0; c < channels; c++) {
          for (let i = 0; i < 3; i++) {
            for (let j = 0; j < 3; j++) {
              const [y, z] = [row + i - 1, column + j - 1];
              if (y < 0 || y >= side || z < 0 || z >= side) continue;
              const [from, at] = [(c * side + y) * side + z, ((o * channels + c) * 3 + i) * 3 + j];
              dWeight[at] += gradient * x[from];
              dx[from] += gradient * weight[at];
            }
          }
        }
      }
    }
  }
  return dx;
}

const relu = (x) => x.map((value) => Math.max(0, value));

function reluBack(d, y) {
  for (let i = 0; i < d.length; i++) if (y[i] <= 0) d[i] = 0;
}

function pool(x, channels, side) {
  const half = side / 2;
  const out = new Float32Array(channels * half * half);
  const winners = new Int32Array(out.length);
  for (let c = 0; c < channels; c++) {
    for (let row = 0; row < half; row++) {
      for (let column = 0; column < half; column++) {
        let winner = -1;
        for (let i = 0; i < 2; i++) {
          for (let j = 0; j < 2; j++) {
            const at = (c * side + 2 * row + i) * side + 2 * column + j;
            if (winner < 0 || x[at] > x[winner]) winner = at;
          }
        }
        const to = (c * half + row) * half + column;
        out[to] = x[winner];
        winners[to] = winner;
      }
    }
  }
  return { out, winners };
}

function poolBack(d, winners, size) {
  const dx = new Float32Array(size);
  for (let i = 0; i < d.length; i++) dx[winners[i]] += d[i];
  return dx;
}

function multiply(x, weight, bias) {
  const out = new Float32Array(bias.length);
  for (let o = 0; o < bias.length; o++) {
    let sum = bias[o];
    for (let i = 0; i < x.length; i++) sum += weight[o * x.length + i] * x[i];
    out[o] = sum;
  }
  return out;
}

function multiplyBack(d, x, weight, dWeight, dBias) {
  const dx = new Float32Array(x.length);
  for (let o = 0; o < d.length; o++) {
    dBias[o] += d[o];
    for (let i = 0; i < x.length; i++) {
      dWeight[o * x.length + i] += d[o] * x[i];
      dx[i] += d[o] * weight[o * x.length + i];
    }
  }
  return dx;
}

/** Those that were made, by the names that learn.py gives them. */
const trainers = {};
let batches = [];
const commands = {
  async open({ labels, batch }) {
    const { card, tensors } = readSafetensors(await fetched("/convnet.safetensors"));
    const all = new Float32Array(await fetched("/digits"));
    batches = Array.from({ length: labels.length / batch }, (_, i) => [
      all.subarray(784 * batch * i, 784 * batch * (i + 1)),
      Uint8Array.from(labels.slice(batch * i, batch * (i + 1))),
    ]);
    const make = (Kind, optimizer, rate) =>
      new Kind(card.architecture, { tensors, optimizer, rate, dropout: 0 });
    trainers.textbook = { steps: 0, trainer: make(Textbook, "sgd", 0.02) };
    trainers.sgd = { steps: 0, trainer: make(Trainer, "sgd", 0.02) };
    trainers.adam = { steps: 0, trainer: make(Trainer, "adam", 0.003) };
    trainers.muon = { steps: 0, trainer: make(Trainer, "muon", 0.03) };
  },
  /** The milliseconds of so many steps, and their losses. */
  learn({ name, steps }) {
    const learner = trainers[name];
    const began = performance.now();
    const losses = Array.from({ length: steps }, () => {
      return learner.trainer.step(...batches[learner.steps++ % batches.length]).loss;
    });
    return [performance.now() - began, losses];
  },
};

onmessage = async ({ data: { command, ...given } }) => postMessage(await commands[command](given));
