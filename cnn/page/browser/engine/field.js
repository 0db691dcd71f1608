// The receptive field: what of each stage before a cell can see.

/**
 * @import { Stage } from "./described.js"
 * @import { Network } from "./network.js"
 */

import { windowsOf } from "./described.js";
import { cellAt } from "./window.js";

/**
 * A part of a map: from top and left up to, not including, bottom and right.
 *
 * @typedef {{ top: number, left: number, bottom: number, right: number }} Rect
 */

/**
 * The smallest rectangle in every stage up to `stage` on which the cell depends, in all channels,
 * without the padding: [0] is in the digit, [stage] the cell itself. null: it sees nothing but
 * padding.
 *
 * A stage without maps is one row: row 0, and the value's index as column.
 *
 * @param {Network} network
 * @param {number} stage index in network.stages
 * @param {number} row
 * @param {number} column
 * @returns {(Rect | null)[]}
 */
export function receptiveField(network, stage, row, column) {
  const rects = [/** @type {Rect | null} */ (cellRect(row, column))];
  for (let at = stage; at > 0; at--) {
    const [seen] = rects;
    rects.unshift(seen && before(network.stages[at], network.stages[at - 1].shape, seen));
  }
  return rects;
}

/** @param {number} row @param {number} column @returns {Rect} */
const cellRect = (row, column) => ({ top: row, left: column, bottom: row + 1, right: column + 1 });

/**
 * What of the stage before, of this shape, a part of a stage depends on.
 *
 * @param {Stage} stage
 * @param {number[]} shape
 * @param {Rect} seen
 * @returns {Rect | null}
 */
function before(stage, shape, seen) {
  switch (stage.kind) {
    case "Conv2d":
    case "MaxPool2d":
    case "AvgPool2d":
      return underWindows(stage, shape, seen);
    case "Flatten":
      return unflattened(shape, seen);
    case "Linear":
    case "LogSoftmax":
      return { top: 0, left: 0, bottom: 1, right: shape[0] };
    default: // of each value the same value
      return seen;
  }
}

/** @param {Stage} stage @param {number[]} shape @param {Rect} seen @returns {Rect | null} */
function underWindows(stage, shape, { top, left, bottom, right }) {
  const { kernel, stride, padding } = windowsOf(stage, shape);
  const [down, across] = [[top, bottom], [left, right]].map(([from, to], axis) => {
    let [first, end] = [Infinity, -Infinity];
    for (let i = from; i < to; i++) {
      const start = i * stride[axis] - padding[axis];
      const [begin, stop] = [Math.max(0, start), Math.min(shape[axis + 1], start + kernel[axis])];
      if (begin >= stop) continue; // nothing but padding
      first = Math.min(first, begin);
      end = Math.max(end, stop);
    }
    return { first, end };
  });
  if (down.first > down.end || across.first > across.end) return null;
  return { top: down.first, left: across.first, bottom: down.end, right: across.end };
}

/**
 * One value lies in one cell; where several are seen, a linear stage sees them all.
 *
 * @param {number[]} shape
 * @param {Rect} seen
 * @returns {Rect}
 */
function unflattened(shape, { left, right }) {
  const [, height, width] = shape;
  if (right - left > 1) return { top: 0, left: 0, bottom: height, right: width };
  const { row, column } = cellAt(left, shape);
  return cellRect(row, column);
}
