// Conv2d in training. Forward and back it multiplies matrices that are never written down: the
// kernels, and what all windows over all digits of a batch see.

/**
 * @import { Spec } from "../layers/layer.js"
 * @import { Kind } from "./layer.js"
 * @import { Matrix } from "./products.js"
 */

import { grid } from "../layers/dot-products.js";
import { sizeFor, tensorOf, unfit } from "../layers/layer.js";
import { windowsOf } from "../layers/window.js";
import { matrix, multiply, steps } from "./products.js";
import { freshWeights, learn } from "./weighted.js";

/** @type {Kind} */
export const Conv2d = {
  learns: ["weight", "bias"],
  tensors: (spec, random) => freshWeights(weightShape(spec), random),
  make(spec, shape, { tensors, gradients, capacity }, isFirst) {
    const { kernel, stride, padding, counts } = windowsOf(spec, shape);
    const [inputs, height, width] = shape;
    if (inputs !== spec.in_channels) throw unfit(spec, `cannot read ${shape}`);
    const { out_channels: outputs = 0 } = spec;
    const weight = tensorOf(spec, "weight", weightShape(spec), tensors);
    const bias = tensorOf(spec, "bias", [outputs], tensors);
    const gradient = {
      weight: tensorOf(spec, "weight", weightShape(spec), gradients),
      bias: tensorOf(spec, "bias", [outputs], gradients),
    };
    const y = new Maps(spec, capacity, [outputs, ...counts]);
    const dx = new Maps(spec, capacity, shape);

    const padded = new Maps(spec, capacity, [
      ...[inputs, height + 2 * padding[0], width + 2 * padding[1]],
    ]);
    const inside = padded.grid(shape, [1, 1], padding);
    const places = padded.gridOfAll(counts, stride, [0, 0]);
    const taps = padded.grid([inputs, ...kernel], [1, 1], [0, 0]);

    // The way back is a convolution, too. A cell gets its gradient from all windows that saw it: it
    // looks back at them through the kernel, turned about. Where windows lie apart, zeros fill in.
    const [down, right] = [kernel[0] - 1, kernel[1] - 1];
    const spread = new Maps(spec, capacity, [
      ...[outputs, padded.shape[1] + down, padded.shape[2] + right],
    ]);
    const spreadOut = spread.grid(y.shape, stride, [down, right]);
    const cells = spread.gridOfAll([height, width], [1, 1], [
      down + padding[0],
      right + padding[1],
    ]);
    const tapsBack = spread.grid([outputs, ...kernel], [-1, -1], [0, 0]);
    const area = kernel[0] * kernel[1];
    const kernelsByInput = {
      values: weight,
      rows: steps(inputs, area),
      columns: grid([outputs, area], [inputs * area, 1]),
    };

    return {
      shape: y.shape,
      forward(x, { count }) {
        padded.place(x, inside, count);
        multiply(matrix(weight, outputs), padded.seen(places, taps, count), y.whole(count), bias);
        return y.values;
      },
      backward(dy, { count, isLearning }) {
        if (isLearning) learn(y.whole(count, dy), padded.seen(places, taps, count), gradient);
        if (isLearning && isFirst) return dy;
        spread.place(dy, spreadOut, count);
        multiply(kernelsByInput, spread.seen(cells, tapsBack, count), dx.whole(count));
        return dx.values;
      },
    };
  },
};

/** @param {Spec} spec */
function weightShape({ in_channels: inputs = 0, out_channels: outputs = 0, kernel_size = [] }) {
  return [outputs, inputs, ...kernel_size];
}

/** Feature maps of some digits, 0 at first. */
class Maps {
  #capacity;
  #size; // of a digit

  /** @param {Spec} spec @param {number} capacity in digits @param {number[]} shape of a digit's */
  constructor(spec, capacity, shape) {
    this.shape = shape;
    this.#capacity = capacity;
    this.#size = sizeFor(spec, shape);
    this.values = new Float32Array(capacity * this.#size);
    this.rows = steps(shape[0], this.#size / shape[0]);
    this.columns = grid([capacity, this.#size / shape[0]], [this.#size, 1]);
  }

  /**
   * Where some cells of one digit's maps lie.
   *
   * @param {number[]} counts of maps, rows and columns
   * @param {number[]} apart from one row and column to the next
   * @param {number[]} from the first row and column
   */
  grid(counts, [down, right], [top, left]) {
    const [, height, width] = this.shape;
    return grid(counts, [height * width, down * width, right], top * width + left);
  }

  /**
   * Where some cells of the first map of each digit lie.
   *
   * @param {number[]} counts of rows and columns
   * @param {number[]} apart
   * @param {number[]} from
   */
  gridOfAll(counts, [down, right], [top, left]) {
    const width = this.shape[2];
    const apart = [this.#size, down * width, right];
    return grid([this.#capacity, ...counts], apart, top * width + left);
  }

  /**
   * Put digits one after the other where these cells lie.
   *
   * @param {Float32Array} given
   * @param {Int32Array} cells of a digit
   * @param {number} count of digits
   */
  place(given, cells, count) {
    for (let digit = 0, from = 0; digit < count; digit++) {
      const to = digit * this.#size;
      for (let i = 0; i < cells.length; i++) this.values[to + cells[i]] = given[from++];
    }
  }

  /**
   * @param {number} count of digits
   * @param {Float32Array} [values] others, of the same shape
   * @returns {Matrix} (maps, cells of all digits)
   */
  whole(count, values = this.values) {
    return {
      values: this.#first(values, count),
      rows: this.rows,
      columns: this.#first(this.columns, count),
    };
  }

  /**
   * What is seen from all places through the taps.
   *
   * @param {Int32Array} places of all digits
   * @param {Int32Array} taps
   * @param {number} count of digits
   * @returns {Matrix} (places, taps)
   */
  seen(places, taps, count) {
    return {
      values: this.#first(this.values, count),
      rows: this.#first(places, count),
      columns: taps,
    };
  }

  /**
   * @template {Float32Array | Int32Array} T
   * @param {T} all
   * @param {number} count
   */
  #first = (all, count) => /** @type {T} */ (all.subarray(0, all.length / this.#capacity * count));
}
