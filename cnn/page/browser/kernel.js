// Kernels as pictures.

import { bytesOf, Pixels } from "./colors.js";

// A kernel's layers side by side, one pixel of paper between them.
export function kernelCanvas({ shape, values }, map) {
  const [, depth, rows, columns] = shape;
  const across = depth * (columns + 1) - 1;
  const all = bytesOf(values).subarray(map * depth * rows * columns);
  const strip = new Uint8Array(across * rows);
  for (let d = 0; d < depth; d++) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        strip[r * across + d * (columns + 1) + c] = all[(d * rows + r) * columns + c];
      }
    }
  }
  const pixels = new Pixels(across, rows);
  pixels.canvas.className = "kernel";
  pixels.canvas.repaint = () => pixels.paint(strip);
  pixels.canvas.repaint();
  return pixels.canvas;
}
