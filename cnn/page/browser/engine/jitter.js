// Digits turned, sheared, scaled and moved, each its own way: cnn/training/augment.py's `move`
// without its warp, which more digits than a browser trains on need to pay.

import { PIXELS } from "./strokes.js";

// As in augment.py; px, radians, and shares of 1: at most, either way.
const SHIFT = 0.7;
const TURN = Math.PI / 18;
const SCALE = 0.08;
const SHEAR = 0.15;
const INK = 255;
// A digit with a pixel of paper on every side, so that no pixel is fetched from outside.
const SIDE = PIXELS + 2;
const framed = new Float32Array(SIDE * SIDE);

/**
 * Jitter one digit.
 *
 * @param {Uint8Array} digit (784), ink 255
 * @param {() => number} random in [0, 1), asked six times
 * @param {Float32Array} out (784), ink 1: the digit as it is fetched, by bilinear interpolation
 */
export function jitter(digit, random, out) {
  const uniform = () => 2 * random() - 1;
  const [turn, shear] = [TURN * uniform(), SHEAR * uniform()];
  const [scaleX, scaleY] = [1 + SCALE * uniform(), 1 + SCALE * uniform()];
  const [shiftX, shiftY] = [SHIFT * uniform(), SHIFT * uniform()];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [xFromX, xFromY] = [cos * scaleX, (shear * cos - sin) * scaleX];
  const [yFromX, yFromY] = [sin * scaleY, (shear * sin + cos) * scaleY];
  frame(digit);
  const middle = (PIXELS - 1) / 2;
  for (let row = 0, i = 0; row < PIXELS; row++) {
    // In the frame, of which the digit begins at (1, 1).
    let x = 1 + middle + shiftX - middle * xFromX + (row - middle) * xFromY;
    let y = 1 + middle + shiftY - middle * yFromX + (row - middle) * yFromY;
    for (let column = 0; column < PIXELS; column++, i++, x += xFromX, y += yFromX) {
      if (x < 0 || y < 0 || x >= SIDE - 1 || y >= SIDE - 1) {
        out[i] = 0;
        continue;
      }
      const left = x | 0;
      const top = y | 0;
      const at = top * SIDE + left;
      const right = x - left;
      const above = framed[at] + right * (framed[at + 1] - framed[at]);
      const below = framed[at + SIDE] + right * (framed[at + SIDE + 1] - framed[at + SIDE]);
      out[i] = above + (y - top) * (below - above);
    }
  }
}

/** @param {Uint8Array} digit */
function frame(digit) {
  for (let row = 0, i = 0; row < PIXELS; row++) {
    const begin = (row + 1) * SIDE + 1;
    for (let column = 0; column < PIXELS; column++, i++) framed[begin + column] = digit[i] / INK;
  }
}
