// MNIST's frame, and the round pen that inks it: what cnn/preprocess/frame.py says, in JavaScript.

export const SIDE = 20; // px, the longer side of the ink
export const PEN = 2.4; // px, the pen's width: the median of MNIST's 60,000 training digits
export const CENTRE = 14; // px, where the ink's centre of mass goes: the pixel (14, 14) of 0 to 27
const EDGE = 1; // px, how far the pen's edge fades from ink to paper: the median of the same
const PIXELS = 28; // along each side of the frame

const REACH = PEN / 2 + EDGE / 2; // px, how far from a dot there is ink of it
const nearest = new Float64Array(PIXELS * PIXELS); // px squared, from each pixel to the next dot

/**
 * Ink the dots with their centre of mass in the middle of the frame.
 *
 * They are inked once to find the centre of mass and a second time around it: a second inking keeps
 * the edges as sharp as the first has them, where moving its pixels would blur them.
 *
 * @param {Float64Array} dots x, y, x, y, ... in px
 * @param {number} length of the dots within it, at least 2
 * @returns {Float32Array} (28, 28), ink 1, paper 0
 */
export function inkCentred(dots, length) {
  const digit = new Float32Array(PIXELS * PIXELS);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < length; i += 2) {
    left = Math.min(left, dots[i]);
    right = Math.max(right, dots[i]);
    top = Math.min(top, dots[i + 1]);
    bottom = Math.max(bottom, dots[i + 1]);
  }
  const [x, y] = [CENTRE - (left + right) / 2, CENTRE - (top + bottom) / 2];
  ink(dots, length, x, y, digit);
  const middle = centreOfMass(digit);
  ink(dots, length, x + CENTRE - middle.x, y + CENTRE - middle.y, digit);
  return digit;
}

/**
 * Ink the dots, moved by (moveX, moveY), round and with a soft edge.
 *
 * @param {Float64Array} dots
 * @param {number} length
 * @param {number} moveX
 * @param {number} moveY
 * @param {Float32Array} digit where to
 */
export function ink(dots, length, moveX, moveY, digit) {
  nearest.fill(REACH * REACH);
  for (let i = 0; i < length; i += 2) {
    const x = dots[i] + moveX;
    const y = dots[i + 1] + moveY;
    const right = Math.min(PIXELS - 1, Math.floor(x + REACH));
    const bottom = Math.min(PIXELS - 1, Math.floor(y + REACH));
    const left = Math.max(0, Math.ceil(x - REACH));
    for (let row = Math.max(0, Math.ceil(y - REACH)); row <= bottom; row++) {
      const up = (row - y) * (row - y);
      for (let column = left; column <= right; column++) {
        const away = (column - x) * (column - x) + up;
        const at = row * PIXELS + column;
        if (away < nearest[at]) nearest[at] = away;
      }
    }
  }
  for (let i = 0; i < digit.length; i++) {
    const level = (REACH - Math.sqrt(nearest[i])) / EDGE;
    digit[i] = Math.min(1, level);
  }
}

/**
 * Where the ink's centre of mass is, in px; NaN where there is none.
 *
 * @param {Float32Array} digit
 */
export function centreOfMass(digit) {
  let [sum, x, y] = [0, 0, 0];
  for (let row = 0, i = 0; row < PIXELS; row++) {
    for (let column = 0; column < PIXELS; column++, i++) {
      sum += digit[i];
      x += digit[i] * column;
      y += digit[i] * row;
    }
  }
  return { x: x / sum, y: y / sum };
}
