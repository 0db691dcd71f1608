// A 3 x 3 kernel over 28 x 28 pixels with a frame of zeros, as the network's first convolution has it.

/** @import { Kernel } from "./kernels.js" */

export const SIDE = 28;
export const F = 3; // the kernel's side
export const P = 1; // the frame's width

/**
 * The nine values under the kernel.
 *
 * @param {ArrayLike<number>} pixels 28 x 28
 * @param {number} row of the output, from 0
 * @param {number} column
 * @returns {number[]} row by row; 0 in the frame
 */
export function patchAt(pixels, row, column) {
  return Array.from({ length: F * F }, (_, i) => {
    const y = row - P + Math.floor(i / F);
    const x = column - P + i % F;
    return y < 0 || x < 0 || y >= SIDE || x >= SIDE ? 0 : pixels[y * SIDE + x];
  });
}

/**
 * The whole map.
 *
 * @param {ArrayLike<number>} pixels 28 x 28
 * @param {Kernel} kernel
 * @returns {Float32Array} 28 x 28
 */
export function convolved(pixels, { weights, bias }) {
  const out = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      let sum = bias;
      for (let i = 0; i < F * F; i++) {
        const y = row - P + Math.floor(i / F);
        const x = column - P + i % F;
        if (y >= 0 && x >= 0 && y < SIDE && x < SIDE) sum += weights[i] * pixels[y * SIDE + x];
      }
      out[row * SIDE + column] = sum;
    }
  }
  return out;
}

/**
 * Where the kernel lies on nothing but blank paper, and its frame.
 *
 * @param {ArrayLike<number>} pixels 28 x 28
 * @param {number} paper the value of a blank pixel
 * @returns {number[]} indices of the map
 */
export function blankPlaces(pixels, paper) {
  const ink = Array.from(pixels, (pixel) => pixel === paper ? 0 : 1);
  const places = Array.from({ length: SIDE * SIDE }, (_, i) => i);
  return places.filter((i) => patchAt(ink, Math.floor(i / SIDE), i % SIDE).every((each) => !each));
}

/** The pixels with their frame of zeros. @param {ArrayLike<number>} pixels @returns 30 x 30 */
export function framed(pixels) {
  const side = SIDE + 2 * P;
  const out = new Float32Array(side * side);
  for (let i = 0; i < SIDE * SIDE; i++) {
    out[(Math.floor(i / SIDE) + P) * side + i % SIDE + P] = pixels[i];
  }
  return out;
}
