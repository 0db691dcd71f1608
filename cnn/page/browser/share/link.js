// Strokes as text that fits into a link, and back.

/** @import { Stroke } from "../shared/store.js" */

import { CANVAS, MAX_POINTS } from "../shared/store.js";

// base64url of these bytes: the version; the ink's width; how many strokes; for each of them how
// many points, and each point's offset from the one before, x then y, in tenths of a unit; finally
// a checksum. Numbers are varints of 7 bits a byte, the lowest first; offsets are zigzag: 0, -1, 1,
// -2, 2 become 0 to 4. So a drawing made on the pad comes back unchanged. One that is too long
// loses points that are close together, but no more of them than it must.

export const LONGEST = 1900; // characters: with its address a link stays below 2,000 or so

const VERSION = 1;
const GRAIN = 10; // steps in a unit of the pad: what its points are rounded to
const CHECK = 256; // the check sum is one byte
const SPACINGS = [0, 2, 3, 4, 6, 8, 11, 16, 22, 32]; // between points, in the pad's units

/**
 * @param {Stroke[]} strokes one at least, all of one width
 * @returns {string | null} at most LONGEST characters; null when not even a few of the points fit
 */
export function encodeStrokes(strokes) {
  for (const spacing of SPACINGS) {
    const bytes = bytesOf(strokes.map((stroke) => spaced(stroke, spacing)));
    if (Math.ceil(bytes.length * 4 / 3) <= LONGEST) return textOf(bytes);
  }
  return null;
}

/**
 * @param {string} text
 * @returns {Stroke[] | null} strokes as `encodeStrokes` takes them; null when it did not make this
 *   text
 */
export function decodeStrokes(text) {
  const bytes = text.length <= LONGEST ? bytesIn(text) : null;
  if (!bytes || bytes.pop() !== sumOf(bytes) || bytes.shift() !== VERSION) return null;
  try {
    const next = varintsOf(bytes);
    const width = bounded(next(), CANVAS);
    const strokes = Array.from({ length: bounded(next(), bytes.length) }, () => {
      let at = [0, 0];
      const points = Array.from({ length: bounded(next(), MAX_POINTS) }, () => {
        at = at.map((before) => bounded(before + unzigzag(next()), GRAIN * CANVAS, 0));
        return at.map((steps) => steps / GRAIN);
      });
      return { points: points.flat(), width };
    });
    return next.isDone() ? strokes : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** @param {Stroke[]} strokes */
function bytesOf(strokes) {
  /** @type {number[]} */
  const bytes = [VERSION];
  /** @param {number} value */
  function add(value) {
    for (; value > 127; value >>>= 7) bytes.push(value & 127 | 128);
    bytes.push(value);
  }
  add(Math.round(strokes[0].width));
  add(strokes.length);
  for (const { points } of strokes) {
    add(points.length / 2);
    const before = [0, 0];
    points.forEach((at, i) => {
      const steps = Math.round(GRAIN * at);
      add(zigzag(steps - before[i % 2]));
      before[i % 2] = steps;
    });
  }
  return [...bytes, sumOf(bytes)];
}

/** @param {number[]} bytes */
function varintsOf(bytes) {
  let i = 0;
  /** @returns {number} below 2 ** 14: nothing here is larger */
  function next() {
    const [low, high] = [bytes[i++], bytes[i]];
    if (low === undefined) throw new RangeError("cut off");
    if (low < 128) return low;
    i++;
    if (high === undefined || high > 127) throw new RangeError("too large");
    return low & 127 | high << 7;
  }
  return Object.assign(next, { isDone: () => i === bytes.length });
}

/** @param {number} value */
const zigzag = (value) => value < 0 ? -2 * value - 1 : 2 * value;

/** @param {number} value */
const unzigzag = (value) => value & 1 ? -(value + 1) / 2 : value / 2;

/** @param {number} value @param {number} most @param {number} least */
function bounded(value, most, least = 1) {
  if (value < least || value > most) throw new RangeError(`${value}`);
  return value;
}

/** A checksum that a lost byte, or two swapped ones, would change. @param {number[]} bytes */
const sumOf = (bytes) => bytes.reduce((sum, byte, i) => (sum + (i + 1) * (byte + 1)) % CHECK, 0);

/** @param {number[]} bytes */
const textOf = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** @param {string} text */
function bytesIn(text) {
  if (!/^[\w-]+$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return null; // no bytes encode to this length
  }
}

/**
 * The stroke without points that are closer than `spacing` to the last one kept; its ends stay.
 *
 * @param {Stroke} stroke
 * @param {number} spacing
 */
function spaced({ points, width }, spacing) {
  const kept = points.slice(0, 2);
  for (let i = 2; i < points.length; i += 2) {
    const [x, y] = kept.slice(-2);
    const isLast = i === points.length - 2;
    if (isLast || Math.hypot(points[i] - x, points[i + 1] - y) >= spacing) {
      kept.push(points[i], points[i + 1]);
    }
  }
  return { points: kept, width };
}
