// Two convolutions with nothing between them: one convolution, with a larger kernel.

/**
 * @import { Layer, Spec } from "../../../engine/layers/layer.js"
 * @import { Tensors } from "../../../engine/safetensors.js"
 * @import { Context } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { layerOf } from "../../../engine/layers.js";
import { windowsOf } from "../../../engine/layers/window.js";
import { argmax } from "../../../engine/probabilities.js";
import { roundedUp } from "../../../shared/colors.js";
import { create } from "../../../shared/dom.js";
import { write } from "../../../shared/i18n.js";
import { decimal, precise } from "../../../shared/numbers.js";
import { pixelGrid } from "../../blocks/grid.js";

const DECIMALS = 2;

/**
 * One map of the second convolution, in three ways: functions of what the first is given.
 *
 * @typedef {object} Ways
 * @property {number[]} sides of all three maps, [height, width]
 * @property {number[]} kernel sides of the one kernel, [rows, columns]
 * @property {Float32Array} weights of it, row by row
 * @property {Rect} inner the cells at which the second kernel lies wholly on the first's maps: at
 *   the others it meets its padding, where the first has no values, and the one kernel sees pixels
 * @property {Layer["forward"]} two both convolutions, nothing between
 * @property {Layer["forward"]} one the one convolution
 * @property {Layer["forward"]} rectified both, ReLU between
 *
 * @typedef {import("../../blocks/grid.js").Rect} Rect
 */

/**
 * What two convolutions come to: a sum of weighted sums of the same pixels is a weighted sum of
 * pixels. A stride of the first moves the second's weights as far apart.
 *
 * @param {Spec} first of one input channel
 * @param {Spec} second that reads all its maps
 * @param {number[]} shape of what the first is given
 * @param {Tensors} tensors of the whole network
 * @param {number} map of the second, counted from 0
 * @returns {Ways}
 */
export function waysOf(first, second, shape, tensors, map) {
  const [a, b] = [windowsOf(first, shape), windowsOf(second, first.shape)];
  const [channels] = first.shape;
  const kernels = { first: sizeOf(a.kernel), second: sizeOf(b.kernel) };
  const ofFirst = dataOf(tensors, first, "weight");
  const biases = dataOf(tensors, first, "bias");
  const size = channels * kernels.second;
  const ofSecond = dataOf(tensors, second, "weight").slice(map * size, (map + 1) * size);
  const ownBias = dataOf(tensors, second, "bias").slice(map, map + 1);
  const kernel = b.kernel.map((side, axis) => (side - 1) * a.stride[axis] + a.kernel[axis]);
  const weights = new Float64Array(sizeOf(kernel));
  let bias = ownBias[0];
  ofSecond.forEach((weight, at) => {
    const [channel, cell] = [Math.floor(at / kernels.second), at % kernels.second];
    const [down, across] = [Math.floor(cell / b.kernel[1]), cell % b.kernel[1]];
    bias += weight * biases[channel];
    for (let i = 0; i < kernels.first; i++) {
      const row = down * a.stride[0] + Math.floor(i / a.kernel[1]);
      const column = across * a.stride[1] + i % a.kernel[1];
      weights[row * kernel[1] + column] += weight * ofFirst[channel * kernels.first + i];
    }
  });
  const one = convolution([1, ...shape.slice(1)], {
    kernel,
    stride: b.stride.map((step, axis) => step * a.stride[axis]),
    padding: b.padding.map((side, axis) => side * a.stride[axis] + a.padding[axis]),
    weights: Float32Array.from(weights),
    bias: Float32Array.of(bias),
  });
  const { forward: begin } = layerOf(first, shape, tensors);
  const { forward: end, shape: [, ...sides] } = convolution(first.shape, {
    ...b,
    weights: ofSecond,
    bias: ownBias,
  });
  return {
    sides,
    kernel,
    weights: Float32Array.from(weights),
    inner: innerOf(b, first.shape),
    two: (x) => end(begin(x)),
    one: one.forward,
    rectified: (x) => end(begin(x).map((value) => Math.max(0, value))),
  };
}

/** @param {number[]} sides */
const sizeOf = ([rows, columns]) => rows * columns;

/** @param {Tensors} tensors @param {Spec} stage @param {string} part */
const dataOf = (tensors, { name }, part) =>
  tensors.get(`${name}.${part}`)?.data ?? new Float32Array(0);

/**
 * A convolution that gives one map.
 *
 * @param {number[]} shape of what it is given
 * @param {{ kernel: number[], stride: number[], padding: number[], weights: Float32Array,
 *   bias: Float32Array }} what
 */
function convolution(shape, { kernel, stride, padding, weights, bias }) {
  const spec = { name: "one", kind: "Conv2d", kernel_size: kernel, stride, padding };
  const made = { ...spec, in_channels: shape[0], out_channels: 1, shape: [1] };
  made.shape.push(...windowsOf(made, shape).counts);
  const tensors = new Map([
    ["one.weight", { shape: [1, shape[0], ...kernel], data: weights }],
    ["one.bias", { shape: [1], data: bias }],
  ]);
  return layerOf(made, shape, tensors);
}

/**
 * @param {ReturnType<typeof windowsOf>} windows
 * @param {number[]} shape of the maps that they lie on
 * @returns {Rect}
 */
function innerOf({ kernel, stride, padding, counts }, [, ...sides]) {
  const [rows, columns] = counts.map((count, axis) => {
    const first = Math.ceil(padding[axis] / stride[axis]);
    const last = Math.floor((sides[axis] + padding[axis] - kernel[axis]) / stride[axis]);
    return { first, count: Math.max(0, Math.min(count - 1, last) - first + 1) };
  });
  return { row: rows.first, column: columns.first, rows: rows.count, columns: columns.count };
}

/**
 * The largest difference of two maps within these cells.
 *
 * @param {Float32Array} a
 * @param {Float32Array} b
 * @param {number} width of both
 * @param {Rect} within
 */
export function largestDifference(a, b, width, { row, column, rows, columns }) {
  let most = 0;
  for (let y = row; y < row + rows; y++) {
    for (let x = column; x < column + columns; x++) {
      most = Math.max(most, Math.abs(a[y * width + x] - b[y * width + x]));
    }
  }
  return most;
}

// The three maps side by side with the one kernel, and a pixel of each in numbers.

/**
 * @param {Context<Keys["relu"]>} context
 * @param {{ first: Spec, second: Spec }} stages
 */
export function inARowView(context, { first, second }) {
  const element = create("section", { className: "stack in-a-row" });
  const row = create("div", { className: "beside" });
  const same = create("p", { className: "note" });
  const kernel = create("figure", { className: "figure of-kernel secret" });
  const ofKernel = create("figcaption");
  kernel.append(ofKernel);
  same.classList.add("secret");
  element.append(row, same);
  /** @type {ReturnType<typeof built> | null} */
  let parts = null;
  /** @type {{ row: number, column: number } | null} the reader's pixel; null: the largest */
  let chosen = null;
  /** @type {Float32Array[]} */
  let painted = [];

  /** @param {Ways} ways */
  function built({ sides: [height, width], kernel: [rows, columns], inner }) {
    const maps = (/** @type {const} */ (["two", "one", "rectified"])).map((way) => {
      const figure = create("figure", { className: "figure" });
      const caption = create("figcaption");
      const value = create("span", { className: "value" });
      const grid = pixelGrid({
        width,
        height,
        onPoint: (row, column) => {
          chosen = { row, column };
          showPixel();
        },
      });
      context.say(caption, way, { first: first.name, second: second.name, rows, columns });
      context.label(grid.element, `${way}.label`);
      if (way !== "rectified") grid.mark("kernel", inner);
      figure.classList.toggle("secret", way === "one");
      figure.append(caption, grid.element, value);
      return { figure, grid, value };
    });
    const picture = pixelGrid({ width: columns, height: rows, lines: true });
    context.say(ofKernel, "kernel", { rows, columns });
    context.label(picture.element, "kernel.label", { rows, columns });
    kernel.replaceChildren(ofKernel, picture.element);
    const [two, one, rectified] = maps.map(({ figure }) => figure);
    row.replaceChildren(two, kernel, one, rectified);
    return { width, maps, picture };
  }

  function showPixel() {
    if (!parts) return;
    const { width, maps } = parts;
    const brightest = argmax(painted[0]);
    const at = chosen ?? { row: Math.floor(brightest / width), column: brightest % width };
    maps.forEach(({ grid, value }, i) => {
      grid.mark("out", { ...at, rows: 1, columns: 1 });
      write(value, () => decimal(painted[i][at.row * width + at.column], DECIMALS));
    });
  }

  return {
    element,
    /** @param {Ways} ways @param {Float32Array} given to the first convolution */
    paint(ways, given) {
      parts ??= built(ways);
      const { width, maps, picture } = parts;
      painted = [ways.two, ways.one, ways.rectified].map((way) => way(given));
      const end = endOfAll(painted);
      maps.forEach(({ grid }, i) => grid.paint(painted[i], end));
      picture.paint(ways.weights, endOfAll([ways.weights]));
      const [two, one] = painted;
      const difference = largestDifference(two, one, width, ways.inner);
      const most = Math.max(...two.map(Math.abs));
      context.say(same, "same", {
        difference: () => precise(difference, DECIMALS),
        most: () => decimal(most, DECIMALS),
        second: second.name,
      });
      showPixel();
    },
  };
}

/** One scale for pictures that are compared. @param {Float32Array[]} all */
const endOfAll = (all) =>
  roundedUp(Math.max(...all.map((values) => Math.max(...values.map(Math.abs))))) || 1;
