// Kernels to try: what the network learned, and what people designed by hand.

/** @import { LoadedNetwork } from "../../../shared/network.js" */

const NINTH = 1 / 9;

/** @typedef {{ weights: number[], bias: number }} Kernel nine weights, row by row */

/** By name, from textbooks of image processing. @type {Record<string, number[]>} */
export const CLASSIC = {
  identity: [0, 0, 0, 0, 1, 0, 0, 0, 0],
  edge: [-1, -1, -1, -1, 8, -1, -1, -1, -1],
  sobelX: [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  sobelY: [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  blur: new Array(9).fill(NINTH),
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
};

/**
 * The kernels of the network's first convolution.
 *
 * @param {LoadedNetwork} loaded
 * @returns {Kernel[]}
 */
export function learnedOf({ network, tensors }) {
  const stage = network.stages.find(({ kind }) => kind === "Conv2d");
  const weights = tensors.get(`${stage?.name}.weight`)?.data ?? new Float32Array(0);
  const biases = tensors.get(`${stage?.name}.bias`)?.data ?? new Float32Array(0);
  return Array.from(biases, (bias, i) => ({
    weights: Array.from(weights.subarray(9 * i, 9 * i + 9)),
    bias,
  }));
}

/** What all nine weigh together: a kernel's value on a picture of ones. @param {number[]} weights */
export const sumOf = (weights) => weights.reduce((sum, weight) => sum + weight, 0);

/**
 * What a kernel gives on blank paper.
 *
 * @param {Kernel} kernel
 * @param {number} paper its value after normalising
 */
export const onPaper = ({ weights, bias }, paper) => paper * sumOf(weights) + bias;

/**
 * The kernel whose answer to blank paper is farthest from zero.
 *
 * @param {Kernel[]} kernels
 * @param {number} paper
 */
export function loudestOnPaper(kernels, paper) {
  const sizes = kernels.map((kernel) => Math.abs(onPaper(kernel, paper)));
  return sizes.indexOf(Math.max(...sizes));
}
