// A number's strokes -> its digits and marks from left to right, as in cnn/preprocess/segment.py.

/** @import { Box } from "./boxes.js" */

import { digitsOf } from "./boxes.js";
import { findMarks } from "./marks.js";

/**
 * Strokes that are one digit, or a mark beside digits. strokes: their indices, rising;
 * mark: null of a digit.
 *
 * @typedef {{ strokes: number[], mark: "." | "," | "-" | null }} Group
 */

const PEN = 1 / 50; // of the canvas

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
    if (stroke.length) boxes.push(boxOf(stroke, i, canvas * PEN));
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
