// Kernels as pictures.

/** @import { Kernels } from "./layers.js" */

import { Pixels } from "../shared/colors.js";
import { floatsOf } from "../shared/floats.js";

/**
 * A canvas with a kernel's channels side by side, one pixel of paper between them.
 *
 * @param {Kernels} kernels
 * @param {number} index which of them, counted from 0
 */
export function kernelCanvas({ shape, values, scale }, index) {
  const [, channels, rows, columns] = shape;
  const across = channels * (columns + 1) - 1;
  const size = channels * rows * columns;
  const kernel = floatsOf(values).subarray(index * size, (index + 1) * size);
  const strip = new Float32Array(across * rows);
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < rows; row++) {
      const from = (channel * rows + row) * columns;
      strip.set(kernel.subarray(from, from + columns), row * across + channel * (columns + 1));
    }
  }
  const pixels = new Pixels(across, rows);
  pixels.canvas.className = "kernel";
  const paint = () => pixels.paint(strip, scale);
  paint();
  return { canvas: pixels.canvas, paint };
}
