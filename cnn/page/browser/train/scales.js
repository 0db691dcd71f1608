// The scales of a chart's axes: evenly spaced, or logarithmic.

/**
 * at: where a value lies, 0 at the low end and 1 at the high end. ticks: the values that are named.
 *
 * @typedef {{ low: number, high: number, at: (value: number) => number, ticks: number[] }} Scale
 */

const FUZZ = 1e-9; // of a step: 0.3 / 0.1 is a little less than 3
const WAYS = [1, 2, 5, 10]; // steps that are easy to count in, of each power of ten
const DECADES = [[1, 2, 5], [1, 3], [1]]; // what is named of each decade, the most that has room
const PARTS = 8; // of a decade: a logarithmic axis ends at one of them

/**
 * @param {number} low
 * @param {number} high above `low`
 * @param {number} most ticks that have room, at least 2
 * @returns {Scale}
 */
export function evenScale(low, high, most) {
  const step = stepOf(high - low, most);
  const ticks = [];
  for (let i = Math.ceil(low / step - FUZZ); i <= high / step + FUZZ; i++) {
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return { low, high, at: (value) => (value - low) / (high - low), ticks };
}

/**
 * The step between ticks. @param {number} span @param {number} most ticks that have room
 */
function stepOf(span, most) {
  const unit = 10 ** Math.floor(Math.log10(span / most));
  const way = WAYS.find((each) => span / (each * unit) <= most - 1 + FUZZ) ?? 2 * WAYS[3];
  return way * unit;
}

/**
 * The end of an even axis from zero that has room for this: half a step is the most that is left.
 *
 * @param {number} value above 0
 * @param {number} most ticks
 */
export function roundEnd(value, most) {
  const half = stepOf(value, most) / 2;
  return Math.ceil(value / half - FUZZ) * half;
}

/**
 * @param {number} least above 0; the axis begins a little below
 * @param {number} largest the axis ends a little above
 * @param {number} most ticks that have room
 * @returns {Scale}
 */
export function logScale(least, largest, most) {
  const [first, last] = [
    Math.floor(Math.log10(least) * PARTS + FUZZ) / PARTS,
    Math.ceil(Math.log10(largest) * PARTS - FUZZ) / PARTS,
  ];
  const from = first;
  const to = Math.max(last, first + 1 / PARTS);
  const named = DECADES.map((ways) => decadeTicks(from, to, ways));
  const ticks = named.find((each) => each.length <= most) ?? thinned(named[2], most);
  return {
    low: 10 ** from,
    high: 10 ** to,
    at: (value) => (Math.log10(value) - from) / (to - from),
    ticks,
  };
}

/** @param {number} from @param {number} to both as powers of ten @param {number[]} ways */
function decadeTicks(from, to, ways) {
  const ticks = [];
  for (let power = Math.floor(from); power <= to; power++) {
    for (const way of ways) {
      const at = power + Math.log10(way);
      if (at >= from - FUZZ && at <= to + FUZZ) {
        ticks.push(Number((way * 10 ** power).toPrecision(2)));
      }
    }
  }
  return ticks;
}

/** Every second, third, ... of them. @param {number[]} ticks @param {number} most */
function thinned(ticks, most) {
  const each = Math.ceil(ticks.length / most);
  return ticks.filter((_, i) => i % each === 0);
}
