// Points, commas and minus signs beside digits, as in cnn/preprocess/marks.py: there stands why;
// the same names, the same numbers.

/** @import { Box } from "./boxes.js" */

import { around, digitsOf } from "./boxes.js";

const POINT_SIDE = 0.24;
const COMMA = { width: 0.3, height: 0.45, slender: 1.3, least: 0.2, leastDeep: 0.13, deep: 1.04 };
const FOOT = { top: [0.68, 1.05], low: 0.8 };
const MINUS = { width: [0.18, 0.9], height: 0.25, flat: 1.6, halfway: [0.22, 0.75], covered: 0.5 };
const CLEAR = 0.03;
const BAND = 0.1;

/**
 * The boxes that are marks beside digits.
 * @param {Box[]} boxes @param {readonly number[][]} strokes
 */
export function findMarks(boxes, strokes) {
  /** @type {Map<Box, "." | "," | "-">} */
  const marks = new Map();
  const tallest = Math.max(...boxes.map((box) => box.height));
  const isSmall = (/** @type {Box} */ { width, height }) =>
    (height <= MINUS.height * tallest && width >= MINUS.flat * height) ||
    (height <= COMMA.height * tallest && width <= COMMA.width * tallest);
  const small = boxes.filter(isSmall);
  if (!small.length) return marks;
  const others = boxes.filter((box) => !isSmall(box));
  const isLarge = new Set(others.flatMap((box) => box.parts));
  const byStroke = new Map(boxes.map((box) => [box.parts[0], box]));
  const groups = digitsOf(boxes)
    .filter((group) => group.parts.some((part) => isLarge.has(part)))
    .map((group) => group.parts.map((part) => /** @type {Box} */ (byStroke.get(part))));
  for (const box of small) {
    const digits = groups.map((group) =>
      around(group.includes(box) ? group.filter((other) => other !== box) : group)
    );
    const mark = markOf(box, digits);
    if (mark && isClear(box, mark, others, strokes)) marks.set(box, mark);
  }
  return marks;
}

/**
 * What a box looks like beside the nearest digit, by its size and its height on the line.
 * @param {Box} box @param {Box[]} digits
 */
function markOf(box, digits) {
  const x = (box.left + box.right) / 2;
  const away = (/** @type {Box} */ digit) => Math.max(digit.left - x, x - digit.right, 0);
  const nearest = digits.reduce((best, digit) => (away(digit) < away(best) ? digit : best));
  const line = nearest.bottom - nearest.top;
  const width = box.width / line, height = box.height / line;
  const top = (box.top - nearest.top) / line, bottom = (box.bottom - nearest.top) / line;
  if (
    within(width, MINUS.width) && height <= MINUS.height && width >= MINUS.flat * height &&
    within((top + bottom) / 2, MINUS.halfway)
  ) return "-";
  if (!within(top, FOOT.top) || bottom < FOOT.low) return null;
  const least = bottom > COMMA.deep ? COMMA.leastDeep : COMMA.least;
  if (
    height >= least && height <= COMMA.height && COMMA.slender * width <= height &&
    width <= COMMA.width
  ) return ",";
  return Math.max(width, height) <= POINT_SIDE ? "." : null;
}

/** @param {number} value @param {number[]} range */
const within = (value, [low, high]) => value >= low && value <= high;

/**
 * Does a box, at its own height, keep away from the ink of all others?
 * @param {Box} box @param {string} mark @param {Box[]} others @param {readonly number[][]} strokes
 */
function isClear(box, mark, others, strokes) {
  return others.every((other) => {
    const clear = CLEAR * other.height;
    if (other.left - clear > box.right || other.right + clear < box.left) return true;
    const covered = Math.min(other.right, box.right) - Math.max(other.left, box.left);
    if (mark === "-" && covered > MINUS.covered * box.width) return false;
    const around = BAND * other.height;
    const stroke = strokes[other.parts[0]];
    const [left, right] = lineBetween(stroke, box.top - around, box.bottom + around);
    return left - clear > box.right || right + clear < box.left;
  });
}

/**
 * Left and right of a stroke's line between two heights; Infinity and -Infinity where it has none.
 * @param {number[]} stroke @param {number} top @param {number} bottom
 */
function lineBetween(stroke, top, bottom) {
  let left = Infinity, right = -Infinity;
  const take = (/** @type {number} */ x) => {
    left = Math.min(left, x);
    right = Math.max(right, x);
  };
  for (let k = 0; k < stroke.length; k += 2) {
    const x = stroke[k], y = stroke[k + 1];
    if (y >= top && y <= bottom) take(x);
    if (k + 2 >= stroke.length) break;
    const nextX = stroke[k + 2], nextY = stroke[k + 3];
    for (const level of [top, bottom]) {
      if (y < level !== nextY < level) take(x + ((level - y) / (nextY - y)) * (nextX - x));
    }
  }
  return [left, right];
}
