// The boxes of a number's strokes -> which strokes are one digit, as in cnn/preprocess/boxes.py:
// there stands why; the same names, the same numbers.

/**
 * @typedef {object} Box  of one stroke or of several, canvas pixels
 * @property {number[]} parts  indices of its strokes
 * @property {number} left @property {number} top @property {number} right @property {number} bottom
 * @property {number} width @property {number} height
 */

const OVERLAP = 0.45;
const SMALL = 0.78;
const STANDING = { height: 0.5, foot: 0.2 };
const MISS = 0.06;
const HANGING = { foot: 0.25, width: 0.6, miss: 0.14 };
const SPECK = 0.16;

/**
 * Boxes of strokes -> one box for each digit, in no order.
 * @param {Box[]} boxes
 */
export function digitsOf(boxes) {
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

/** A speck joins the nearest part that is none. @param {Box[]} boxes @param {Groups} groups */
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

/** What is no whole digit joins the digit that it only just misses. @param {Box[]} boxes */
function joinMissed(boxes) {
  const groups = new Groups(boxes.length);
  boxes.forEach((box, i) => {
    let nearest = -1, most = -Infinity;
    boxes.forEach((other, j) => {
      const share = shared(box, other);
      const isSmall = box.height < SMALL * other.height;
      const isStanding = box.height >= STANDING.height * other.height &&
        Math.abs(box.bottom - other.bottom) <= STANDING.foot * other.height;
      const isHanging = box.bottom <= other.bottom - HANGING.foot * other.height &&
        box.right - box.left <= HANGING.width * other.height && box.left < other.left;
      const miss = isHanging ? HANGING.miss : MISS;
      const isMissed = isSmall && share >= -miss * other.height && !isStanding;
      if (isMissed && share > most) [nearest, most] = [j, share];
    });
    if (nearest >= 0) groups.join(i, nearest);
  });
  return groups.list().map((group) => around(group.map((i) => boxes[i])));
}

/** How much two share in x; less than 0: the gap between them. @param {Box} a @param {Box} b */
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

/** Indices 0 to n - 1, joined two by two. */
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

  /** @returns {number[][]} each group's indices, rising; the groups by their lowest */
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
