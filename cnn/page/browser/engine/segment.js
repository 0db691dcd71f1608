// A number's strokes -> its digits and marks from left to right, as in cnn/preprocess/segment.py.

import constants from "./constants.json" with { type: "json" };

/**
 * Strokes that are one digit, or a mark beside digits. strokes: their indices, in ascending order;
 * mark: null for a digit.
 *
 * @typedef {{ strokes: number[], mark: "." | "," | "-" | null }} Group
 */

const { THINNEST } = constants.boxes;

/**
 * Which strokes are one digit, and which is a point, a comma or a minus sign beside digits.
 * @param {readonly number[][]} strokes  flat, [x, y, x, y, ...], canvas pixels; an empty one is in
 *   no group
 * @param {number} canvas  its side in pixels
 * @returns {Group[]} from left to right
 */
export function groupStrokes(strokes, canvas) {
  /** @type {Box[]} */
  const boxes = [];
  strokes.forEach((stroke, i) => {
    if (stroke.length) boxes.push(boxOf(stroke, i, canvas * THINNEST));
  });
  if (!boxes.length) return [];
  const marks = findMarks(boxes, strokes);
  const digits = digitsOf(boxes.filter((box) => !marks.has(box)));
  const found = digits.map((box) => ({ box, mark: /** @type {Group["mark"]} */ (null) }));
  for (const [box, mark] of marks) found.push({ box, mark });
  found.sort((a, b) => a.box.left + a.box.right - (b.box.left + b.box.right));
  return found.map(({ box, mark }) => ({ strokes: box.parts.sort((a, b) => a - b), mark }));
}

/**
 * @param {number[]} stroke @param {number} i @param {number} thinnest @returns {Box}
 */
function boxOf(stroke, i, thinnest) {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (let k = 0; k < stroke.length; k += 2) {
    left = Math.min(left, stroke[k]);
    right = Math.max(right, stroke[k]);
    top = Math.min(top, stroke[k + 1]);
    bottom = Math.max(bottom, stroke[k + 1]);
  }
  const width = Math.max(right - left, thinnest), height = Math.max(bottom - top, thinnest);
  const middle = (left + right) / 2;
  left = middle - width / 2;
  right = middle + width / 2;
  return { parts: [i], left, top, right, bottom, width, height };
}

// The boxes of a number's strokes -> which strokes are one digit, as in cnn/preprocess/boxes.py,
// which says why, and what the constants mean.

/**
 * @typedef {object} Box  of one stroke or of several, canvas pixels
 * @property {number[]} parts  indices of its strokes
 * @property {number} left @property {number} top @property {number} right @property {number} bottom
 * @property {number} width @property {number} height
 */

const { OVERLAP, SMALL, STANDING_HEIGHT, STANDING_FOOT, MISS, SPECK } = constants.boxes;
const { HANGING_FOOT, HANGING_WIDTH, HANGING_MISS } = constants.boxes;

/**
 * Boxes of strokes -> one box for each digit, in no order.
 * @param {Box[]} boxes
 */
function digitsOf(boxes) {
  if (boxes.length < 2) return boxes;
  const groups = new Groups(boxes.length);
  boxes.forEach((a, i) => {
    for (let j = 0; j < i; j++) {
      if (shared(a, boxes[j]) >= OVERLAP * Math.min(a.width, boxes[j].width)) groups.join(i, j);
    }
  });
  joinSpecks(boxes, groups);
  return joinMissed(groups.list().map((group) => around(group.map((i) => boxes[i]))));
}

/** A speck joins the nearest box that is not one. @param {Box[]} boxes @param {Groups} groups */
function joinSpecks(boxes, groups) {
  const tallest = Math.max(...boxes.map((box) => box.height));
  const isSpeck = boxes.map((box) => Math.max(box.height, box.width) < SPECK * tallest);
  boxes.forEach((box, i) => {
    if (!isSpeck[i]) return;
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    let nearest = 0, least = Infinity;
    boxes.forEach((other, j) => {
      if (isSpeck[j]) return;
      const aside = Math.max(other.left - x, x - other.right, 0);
      const away = Math.max(other.top - y, y - other.bottom, 0);
      const distance = aside * aside + away * away;
      if (distance < least) [nearest, least] = [j, distance];
    });
    groups.join(i, nearest);
  });
}

/** What is not a whole digit joins the digit that it only just misses. @param {Box[]} boxes */
function joinMissed(boxes) {
  const groups = new Groups(boxes.length);
  boxes.forEach((box, i) => {
    let nearest = -1, most = -Infinity;
    boxes.forEach((other, j) => {
      const share = shared(box, other);
      const isSmall = box.height < SMALL * other.height;
      const isStanding = box.height >= STANDING_HEIGHT * other.height &&
        Math.abs(box.bottom - other.bottom) <= STANDING_FOOT * other.height;
      const isHanging = box.bottom <= other.bottom - HANGING_FOOT * other.height &&
        box.right - box.left <= HANGING_WIDTH * other.height && box.left < other.left;
      const miss = isHanging ? HANGING_MISS : MISS;
      const isMissed = isSmall && share >= -miss * other.height && !isStanding;
      if (isMissed && share > most) [nearest, most] = [j, share];
    });
    if (nearest >= 0) groups.join(i, nearest);
  });
  return groups.list().map((group) => around(group.map((i) => boxes[i])));
}

/** How far two overlap in x; below 0: the gap between them. @param {Box} a @param {Box} b */
const shared = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left);

/** One box around all. @param {Box[]} boxes @returns {Box} */
export function around(boxes) {
  if (boxes.length === 1) return boxes[0];
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const height = Math.max(bottom - top, ...boxes.map((box) => box.height));
  const parts = boxes.flatMap((box) => box.parts);
  return { parts, left, top, right, bottom, width: right - left, height };
}

/** Indices 0 to n - 1, joined into groups, two indices at a time (union-find). */
class Groups {
  /** @param {number} n */
  constructor(n) {
    this.above = Array.from({ length: n }, (_, i) => i); // another index of the same group
  }

  /** @param {number} i */
  top(i) {
    while (this.above[i] !== i) i = this.above[i] = this.above[this.above[i]];
    return i;
  }

  /** @param {number} i @param {number} j */
  join(i, j) {
    this.above[this.top(i)] = this.top(j);
  }

  /** @returns {number[][]} each group's indices, ascending; the groups in order of their lowest */
  list() {
    /** @type {Map<number, number[]>} */
    const groups = new Map();
    for (let i = 0; i < this.above.length; i++) {
      const group = groups.get(this.top(i));
      if (group) group.push(i);
      else groups.set(this.top(i), [i]);
    }
    return [...groups.values()];
  }
}

// Points, commas and minus signs beside digits, as in cnn/preprocess/marks.py, which says why and
// uses the same names and the same numbers.

const { POINT_SIDE, FOOT_TOP, FOOT_LOW, CLEAR, BAND } = constants.marks;
const { COMMA_WIDTH, COMMA_HEIGHT, COMMA_SLENDER } = constants.marks;
const { COMMA_LEAST, COMMA_LEAST_DEEP, COMMA_DEEP } = constants.marks;
const { MINUS_WIDTH, MINUS_HEIGHT, MINUS_FLAT, MINUS_HALFWAY, MINUS_COVERED } = constants.marks;

/**
 * The boxes that are marks beside digits.
 * @param {Box[]} boxes @param {readonly number[][]} strokes
 */
function findMarks(boxes, strokes) {
  /** @type {Map<Box, "." | "," | "-">} */
  const marks = new Map();
  const tallest = Math.max(...boxes.map((box) => box.height));
  const isSmall = (/** @type {Box} */ { width, height }) =>
    (height <= MINUS_HEIGHT * tallest && width >= MINUS_FLAT * height) ||
    (height <= COMMA_HEIGHT * tallest && width <= COMMA_WIDTH * tallest);
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
    within(width, MINUS_WIDTH) && height <= MINUS_HEIGHT && width >= MINUS_FLAT * height &&
    within((top + bottom) / 2, MINUS_HALFWAY)
  ) return "-";
  if (!within(top, FOOT_TOP) || bottom < FOOT_LOW) return null;
  const least = bottom > COMMA_DEEP ? COMMA_LEAST_DEEP : COMMA_LEAST;
  if (
    height >= least && height <= COMMA_HEIGHT && COMMA_SLENDER * width <= height &&
    width <= COMMA_WIDTH
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
    if (mark === "-" && covered > MINUS_COVERED * box.width) return false;
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
