// One weight of the first convolution: the loss as it depends on it, and its gradient as a sum over
// all places at which it is used.

/**
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 */

import { windowAt, windowsOf } from "../../../engine/layers/window.js";
import { argmax } from "../../../engine/probabilities.js";
import { Trainer } from "../../../engine/train.js";
import { partOf } from "../../blocks/part.js";

/**
 * Which weight: of which kernel, and which of its weights, row by row; both counted from 0.
 *
 * @typedef {{ kernel: number, at: number }} Place
 */

/**
 * The loss at a weight, and where its slope comes from. Each place is a pixel of the kernel's map,
 * row by row.
 *
 * @typedef {object} Slope
 * @property {number} loss −log of the label's probability
 * @property {number} value of the weight
 * @property {number} slope of the loss there: the gradient, the sum of all products
 * @property {Float32Array} slopes (maps, height, width) of the loss, by each pixel of each map: 0
 *   where a pixel lost in pooling or a ReLU does not let it through
 * @property {Float32Array} own (height, width) those of the kernel's map
 * @property {Float32Array} below (height, width) what lies under the weight at each place
 * @property {Float64Array} products (height, width)
 */

/** The first convolution, where it reads one map. @param {LoadedNetwork} loaded */
export function firstOf({ network: { stages } }) {
  const index = stages.findIndex(({ kind }) => kind === "Conv2d");
  return stages[index]?.in_channels === 1 ? index : -1;
}

/** @param {LoadedNetwork} loaded with a first convolution */
function made(loaded) {
  const { tensors, network: { stages } } = loaded;
  const first = firstOf(loaded);
  const conv = stages[first];
  const [count, height, width] = conv.shape;
  const { shape } = stages[first - 1];
  const { kernel: [rows, columns] } = windowsOf(conv, shape);
  const size = rows * columns;
  // Of each place of a map, where the kernel's weights then lie; -1: in the padding.
  const windows = Array.from(
    { length: height * width },
    (_, place) => windowAt(conv, shape, Math.floor(place / width), place % width).places,
  );
  const weights = tensors.get(`${conv.name}.weight`)?.data ?? new Float32Array(0);
  const before = partOf(stages, 0, first + 1, tensors);
  const after = partOf(stages, first + 1, stages.length, tensors);
  // The layers behind the maps, which send the slopes back to them. It is never made to learn.
  const trainer = new Trainer(stages.slice(first + 1), {
    ...{ tensors, optimizer: "sgd", rate: 0, shape: conv.shape },
  });
  const { classes } = loaded.network;

  /** What lies under a weight at each place; 0 in the padding. @param {Float32Array} given @param {number} at */
  const under = (given, at) => Float32Array.from(windows, (places) => given[places[at]] ?? 0);

  /** The logarithms of all probabilities. @param {Float32Array} maps */
  const logProbs = (maps) => /** @type {Float32Array} */ (after(maps).at(-1));

  /** @param {Float32Array} maps @param {number} label */
  function slopesOf(maps, label) {
    const seed = Float32Array.from(classes, (_, i) => i === label ? -1 : 0);
    return trainer.inputGradient(maps, seed);
  }

  /** @param {Float32Array} slopes @param {Float32Array} below @param {number} kernel */
  function summed(slopes, below, kernel) {
    const own = slopes.subarray(kernel * below.length, (kernel + 1) * below.length);
    const products = Float64Array.from(own, (slope, place) => slope * below[place]);
    return { own, products, slope: products.reduce((sum, product) => sum + product, 0) };
  }

  return {
    ...{ conv, kernels: count, rows, columns, height, width },
    /** @param {number} kernel */
    weightsOf: (kernel) => weights.slice(kernel * size, (kernel + 1) * size),
    /** A digit on the way. @param {Float32Array} seen (784) */
    readingOf(seen) {
      const stages = before(seen);
      const [given, maps] = [stages[first - 1], stages[first]];
      return {
        given,
        answer: argmax(logProbs(maps)),
        /** The weight on which the loss depends most. @param {number} label @returns {Place} */
        strongest(label) {
          const sums = new Float64Array(weights.length);
          slopesOf(maps, label).forEach((slope, i) => {
            if (slope === 0) return; // as most are
            const from = Math.floor(i / windows.length) * size;
            windows[i % windows.length].forEach((place, at) => {
              if (place >= 0) sums[from + at] += slope * given[place];
            });
          });
          const most = argmax(sums.map(Math.abs));
          return { kernel: Math.floor(most / size), at: most % size };
        },
        /**
         * The loss as it depends on one weight, all others being what they are.
         *
         * @param {Place} place
         * @param {number} label
         */
        along({ kernel, at }, label) {
          const below = under(given, at);
          const old = weights[kernel * size + at];
          const from = kernel * below.length;

          /** The maps, had the weight this value. @param {number} value */
          function mapsAt(value) {
            const moved = maps.slice();
            below.forEach((pixel, place) => moved[from + place] += (value - old) * pixel);
            return moved;
          }

          return {
            old,
            /** @param {number} value of the weight */
            loss: (value) => -logProbs(mapsAt(value))[label],
            /** @param {number} value of the weight @returns {Slope} */
            slope(value) {
              const moved = mapsAt(value);
              const slopes = slopesOf(moved, label);
              const loss = -logProbs(moved)[label];
              return { loss, value, slopes, below, ...summed(slopes, below, kernel) };
            },
          };
        },
      };
    },
  };
}

/** @type {WeakMap<LoadedNetwork, ReturnType<typeof made>>} */
const kept = new WeakMap();

/** The network, as this step needs it. @param {LoadedNetwork} loaded */
export function weighted(loaded) {
  const found = kept.get(loaded) ?? made(loaded);
  kept.set(loaded, found);
  return found;
}
