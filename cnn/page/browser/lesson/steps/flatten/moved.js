// A digit moved within its frame, after the page has framed it.

const SIDE = 28; // px
const CENTRE = 14; // px, the pixel of 0 to 27 that framing puts the centre of mass at

/**
 * right, down: px. turn: radians, clockwise. scale: of its size, 1 for as it is.
 *
 * @typedef {{ right: number, down: number, turn: number, scale: number }} Move
 */

/** @type {Move} */
export const STILL = Object.freeze({ right: 0, down: 0, turn: 0, scale: 1 });

/**
 * The digit scaled and turned around its centre of mass, then moved. Between pixels it is
 * interpolated (bilinear); whole pixels without turn and scale are copied. What leaves the frame is
 * lost, paper comes in.
 *
 * @param {Float32Array} digit 784 values
 * @param {Move} move
 * @returns {Float32Array} 784 values
 */
export function moved(digit, { right, down, turn, scale }) {
  const out = new Float32Array(digit.length);
  const [cos, sin] = [Math.cos(turn) / scale, Math.sin(turn) / scale];
  for (let row = 0, i = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++, i++) {
      const [x, y] = [column - CENTRE - right, row - CENTRE - down];
      out[i] = between(digit, CENTRE + cos * x + sin * y, CENTRE + cos * y - sin * x);
    }
  }
  return out;
}

/**
 * The digit's value at a place between its pixels; paper beyond the frame.
 *
 * @param {Float32Array} digit
 * @param {number} x
 * @param {number} y
 */
function between(digit, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, below] = [x - left, y - top];
  const upper = (1 - across) * at(digit, left, top) + across * at(digit, left + 1, top);
  if (below === 0) return upper;
  const lower = (1 - across) * at(digit, left, top + 1) + across * at(digit, left + 1, top + 1);
  return (1 - below) * upper + below * lower;
}

/** @param {Float32Array} digit @param {number} column @param {number} row */
const at = (digit, column, row) =>
  column < 0 || row < 0 || column >= SIDE || row >= SIDE ? 0 : digit[row * SIDE + column];
