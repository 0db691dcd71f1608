// Strokes -> digit: cnn/preprocess/strokes.py in JavaScript; that file says what the constants
// mean.

import constants from "./constants.json" with { type: "json" };

export const SMALLEST = constants.strokes.SMALLEST;
const { GRID, STEP, MAX_DOTS, SLACK } = constants.strokes;
const WHOLE = 2 ** 52; // from here on doubles are whole numbers

let points = new Float64Array(1024); // of all strokes, on the grid: x, y, x, y, ...
let dots = new Float64Array(4096); // along them: x, y, x, y, ...

/**
 * Ink the strokes at MNIST's size, place and pen width.
 *
 * Throws a RangeError where a stroke is not a list of finite x and y.
 *
 * @param {readonly number[][]} strokes x, y, x, y, ... on the canvas, y down; one point is a dot
 * @param {number} canvas the canvas's side in the same units
 * @returns {Float32Array | null} (28, 28), ink 1, paper 0; null when there is no point at all
 */
export function digitFromStrokes(strokes, canvas) {
  const count = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  if (!count) return null;
  if (points.length < count) points = new Float64Array(2 * count);
  placeOnGrid(strokes, canvas);
  return inkCentred(dots, dotAlong(strokes));
}

/** @param {readonly number[][]} strokes @param {number} canvas */
function placeOnGrid(strokes, canvas) {
  const { left, top, right, bottom } = boxOf(strokes);
  const extent = Math.max(right - left, bottom - top, canvas * SMALLEST);
  if (!Number.isFinite(extent) || strokes.some((stroke) => stroke.length % 2)) {
    throw new RangeError("a stroke must be a list of points: x, y, x, y, ..., all finite");
  }
  const scale = (SIDE - PEN) / extent * GRID;
  let to = 0;
  for (const stroke of strokes) {
    for (let i = 0; i < stroke.length; i += 2) {
      points[to++] = toEven((stroke[i] - left) * scale) / GRID;
      points[to++] = toEven((stroke[i + 1] - top) * scale) / GRID;
    }
  }
}

/**
 * The box around all points; it holds NaN where a coordinate is NaN.
 *
 * @param {readonly number[][]} strokes
 */
export function boxOf(strokes) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    for (let i = 0; i < stroke.length; i += 2) {
      left = Math.min(left, stroke[i]);
      right = Math.max(right, stroke[i]);
      top = Math.min(top, stroke[i + 1]);
      bottom = Math.max(bottom, stroke[i + 1]);
    }
  }
  return { left, top, right, bottom };
}

/**
 * The nearest whole number, halves to even, as numpy rounds. A double as large as WHOLE has no bits
 * after the point, so the sum is rounded; and there is no branch that could be mispredicted.
 *
 * @param {number} value from 0 up
 */
const toEven = (value) => value + WHOLE - WHOLE;

/**
 * Put dots evenly along each stroke on the grid.
 *
 * @param {readonly number[][]} strokes
 * @returns {number} how many of `dots` are filled
 */
function dotAlong(strokes) {
  const lengths = lengthsOf(strokes);
  const length = lengths.reduce((sum, each) => sum + each, 0);
  const step = Math.max(STEP, length / MAX_DOTS);
  const parts = lengths.map((each) => Math.ceil(each / step - SLACK));
  const room = 2 * parts.reduce((sum, each) => sum + each + 1, 0);
  if (dots.length < room) dots = new Float64Array(2 * room);
  let [from, to] = [0, 0];
  strokes.forEach((stroke, i) => {
    if (stroke.length) to = dotOne(from, from + stroke.length, lengths[i], parts[i], to);
    from += stroke.length;
  });
  return to;
}

/** @param {readonly number[][]} strokes @returns {number[]} how long each is on the grid, in px */
function lengthsOf(strokes) {
  let at = 0;
  return strokes.map((stroke) => {
    const last = at + stroke.length - 2;
    let length = 0;
    for (; at < last; at += 2) length += segment(at);
    if (stroke.length) at += 2;
    return length;
  });
}

/** @param {number} at a point @returns {number} px from it to the next one */
function segment(at) {
  const x = points[at + 2] - points[at];
  const y = points[at + 3] - points[at + 1];
  return Math.sqrt(x * x + y * y);
}

/**
 * Dots along one stroke, which is cut into equal parts.
 *
 * @param {number} from where its points begin
 * @param {number} end where they end
 * @param {number} length px
 * @param {number} parts
 * @param {number} to where the dots go
 * @returns {number} where the next ones go
 */
function dotOne(from, end, length, parts, to) {
  const last = end - 2;
  let [at, passed, ahead] = [from, 0, from < last ? segment(from) : 0];
  for (let part = 0; part <= parts; part++) {
    const along = parts ? length / parts * part : 0;
    while (passed + ahead < along && at + 2 < last) {
      passed += ahead;
      at += 2;
      ahead = segment(at);
    }
    const share = ahead ? Math.min(1, (along - passed) / ahead) : 0;
    const next = ahead ? at + 2 : at;
    dots[to++] = points[at] + share * (points[next] - points[at]);
    dots[to++] = points[at + 1] + share * (points[next + 1] - points[at + 1]);
  }
  return to;
}

// MNIST's frame, and the round pen that inks it: cnn/preprocess/frame.py in JavaScript.

export const PIXELS = constants.frame.PIXELS;
export const SIDE = constants.frame.SIDE;
export const PEN = constants.frame.PEN;
export const CENTRE = constants.frame.CENTRE;
const { EDGE } = constants.frame;

const REACH = PEN / 2 + EDGE / 2; // px, how far a dot's ink reaches
const nearest = new Float64Array(PIXELS * PIXELS); // px squared, from each pixel to the nearest dot

/**
 * Ink the dots with their centre of mass in the middle of the frame.
 *
 * They are inked once to find the centre of mass and a second time around it: inking them again
 * keeps the edges as sharp as they were, while moving the pixels would blur them.
 *
 * @param {Float64Array} dots x, y, x, y, ... in px
 * @param {number} length how many of its values are in use, at least 2
 * @returns {Float32Array} (28, 28), ink 1, paper 0
 */
function inkCentred(dots, length) {
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
