// What turns gradients into a step of the weights. PyTorch and cnn/training/muon.py define them.

/** @import { Tensor, Tensors } from "./safetensors.js" */

import { matrix, multiply } from "./training/products.js";

const SGD_MOMENTUM = 0.9;
const ADAM_BETAS = [0.9, 0.999]; // torch's defaults, as is EPSILON
const EPSILON = 1e-8;
const MUON_MOMENTUM = 0.85;
const NEWTON_SCHULZ = [3.4445, -4.775, 2.0315]; // of x, x³ and x⁵: Keller Jordan's coefficients
const NEWTON_SCHULZ_STEPS = 4;
const TINY = 1e-7; // so that a gradient of 0 is not divided by 0
// Beside Muon: of its rate, and what is kept at a step, as in cnn/training/trainer.py.
const ADAMS_SHARE = 1 / 6;
const ADAMS_BETAS_BESIDE_MUON = [0.9, 0.99];

/**
 * Some of a network's weights, in whatever shape. The gradient's values are new at every step.
 *
 * @typedef {{ weight: Tensor, gradient: Tensor }} Parameter
 */

/**
 * Changes the weights by one step of this rate.
 *
 * @typedef {(rate: number) => void} Optimizer
 */

/** @type {Record<"sgd" | "adam" | "muon", (parameters: Parameter[]) => Optimizer>} */
export const OPTIMIZERS = {
  sgd: (parameters) => together(parameters.map(sgd)),
  adam: (parameters) => together(parameters.map((parameter) => adam(parameter, ADAM_BETAS))),
  /** Muon for all matrices but the last, which gives the logits; Adam for the rest. */
  muon(parameters) {
    const matrices = parameters.filter(({ weight }) => weight.shape.length > 1).slice(0, -1);
    return together(parameters.map((parameter) => {
      if (matrices.includes(parameter)) return muon(parameter);
      const step = adam(parameter, ADAMS_BETAS_BESIDE_MUON);
      return (rate) => step(ADAMS_SHARE * rate);
    }));
  },
};

const SPAN = 6; // steps at first: cnn/training/trainer.py's

/**
 * Bring an average of a network's weights up to date: an exponential one whose reach grows with the
 * steps, so that early weights do not linger. It reads digits better than any of the weights that it
 * is made of.
 *
 * @param {Tensors} mean which becomes that of one step more
 * @param {Tensors} weights after the step
 * @param {number} step counted from 0
 */
export function average(mean, weights, step) {
  const share = (SPAN - 1) / (step + SPAN);
  for (const [name, { data }] of weights) {
    const means = /** @type {Tensor} */ (mean.get(name)).data;
    for (let i = 0; i < means.length; i++) means[i] += share * (data[i] - means[i]);
  }
}

/** @param {Optimizer[]} all @returns {Optimizer} */
const together = (all) => (rate) => all.forEach((step) => step(rate));

/** @param {Parameter} parameter @returns {Optimizer} */
function sgd({ weight: { data: weight }, gradient: { data: gradient } }) {
  const momentum = new Float32Array(weight.length);
  return (rate) => {
    for (let i = 0; i < weight.length; i++) {
      momentum[i] = SGD_MOMENTUM * momentum[i] + gradient[i];
      weight[i] -= rate * momentum[i];
    }
  };
}

/** @param {Parameter} parameter @param {number[]} betas @returns {Optimizer} */
function adam({ weight: { data: weight }, gradient: { data: gradient } }, [keep, keepSquares]) {
  const mean = new Float32Array(weight.length);
  const squares = new Float32Array(weight.length);
  let taken = 0;
  return (rate) => {
    taken++;
    // Both means start at 0: they are too small by these factors until many steps are taken.
    const length = rate / (1 - keep ** taken);
    const grown = 1 / Math.sqrt(1 - keepSquares ** taken);
    for (let i = 0; i < weight.length; i++) {
      mean[i] += (1 - keep) * (gradient[i] - mean[i]);
      squares[i] = keepSquares * squares[i] + (1 - keepSquares) * gradient[i] * gradient[i];
      weight[i] -= length * mean[i] / (Math.sqrt(squares[i]) * grown + EPSILON);
    }
  };
}

/** @param {Parameter} parameter @returns {Optimizer} */
function muon({ weight: { shape, data: weight }, gradient: { data: gradient } }) {
  const [rows, columns] = [shape[0], weight.length / shape[0]];
  const scale = Math.sqrt(Math.max(1, rows / columns));
  const momentum = new Float32Array(weight.length);
  const ahead = new Float32Array(weight.length);
  const orthogonal = orthogonaliser(rows, columns);
  return (rate) => {
    for (let i = 0; i < weight.length; i++) {
      momentum[i] += (1 - MUON_MOMENTUM) * (gradient[i] - momentum[i]);
      ahead[i] = gradient[i] + MUON_MOMENTUM * (momentum[i] - gradient[i]); // Nesterov's
    }
    const step = orthogonal(ahead);
    for (let i = 0; i < weight.length; i++) weight[i] -= rate * scale * step[i];
  };
}

/**
 * A matrix (rows, columns) -> the same with its singular values brought near 1, by Newton-Schulz
 * steps x <- (a + b xxᵀ + c (xxᵀ)²) x.
 *
 * All that multiplies x is a polynomial of the first xxᵀ, or of xᵀx where that is smaller; so the
 * steps are taken on that square alone, and x is multiplied once, by the product of all. For fc1
 * that is a third of the multiplications. Such polynomials are symmetric, and their order does not
 * matter, so each product of two is rows times rows.
 *
 * @param {number} rows
 * @param {number} columns
 * @returns {(matrix: Float32Array) => Float32Array}
 */
function orthogonaliser(rows, columns) {
  const isTall = rows > columns;
  const side = Math.min(rows, columns);
  const [a, b, c] = NEWTON_SCHULZ;
  const turned = new Float32Array(rows * columns);
  const out = new Float32Array(rows * columns);
  let [gram, square, factor, product, next] = Array.from(
    { length: 5 },
    () => new Float32Array(side * side),
  );
  return (matrix) => {
    for (let i = 0; i < matrix.length; i++) {
      turned[i % columns * rows + Math.floor(i / columns)] = matrix[i];
    }
    const [long, wide] = isTall ? [turned, matrix] : [matrix, turned];
    rowsTimesRows(long, long, side, gram);
    let norm = 0; // squared: the trace
    for (let i = 0; i < side; i++) norm += gram[i * side + i];
    const shrunk = 1 / (Math.sqrt(norm) + TINY);
    for (let i = 0; i < gram.length; i++) gram[i] *= shrunk * shrunk;
    product.fill(0);
    for (let i = 0; i < side; i++) product[i * side + i] = shrunk;
    for (let step = 0; step < NEWTON_SCHULZ_STEPS; step++) {
      rowsTimesRows(gram, gram, side, square);
      for (let i = 0; i < gram.length; i++) factor[i] = b * gram[i] + c * square[i];
      for (let i = 0; i < side; i++) factor[i * side + i] += a;
      rowsTimesRows(factor, product, side, next);
      [product, next] = [next, product];
      rowsTimesRows(factor, gram, side, next);
      rowsTimesRows(factor, next, side, gram);
    }
    if (isTall) rowsTimesRows(wide, product, rows, out);
    else rowsTimesRows(product, wide, side, out);
    return out;
  };
}

/**
 * left (count, n) times right (m, n) turned: out (count, m), each value a row's product with a row.
 *
 * @param {Float32Array} left
 * @param {Float32Array} right
 * @param {number} count of left's rows
 * @param {Float32Array} out
 */
function rowsTimesRows(left, right, count, out) {
  multiply(
    matrix(left, count),
    matrix(right, right.length * count / left.length),
    matrix(out, count),
  );
}
