// Pooling in training: a maximum sends its gradient to the cell that won, an average to all alike.

/**
 * @import { Kind } from "./layer.js"
 * @import { Spec } from "../layers/layer.js"
 */

import { sizeFor, unfit } from "../layers/layer.js";
import { windowAt, windowsOf } from "../layers/window.js";

/** @type {Kind} */
export const MaxPool2d = {
  make(spec, shape, { capacity }) {
    const { counts, area, cells, ends } = windowsOver(spec, shape);
    const [maps, given] = [shape[0], shape[0] * area];
    const size = sizeFor(spec, [maps, ...counts]);
    if (ends.some((end, window) => end === (ends[window - 1] ?? 0))) {
      throw unfit(spec, "has windows of padding alone");
    }
    const out = new Float32Array(capacity * size);
    const winners = new Int32Array(capacity * size); // where in the input; of equal ones the first
    const dx = new Float32Array(capacity * given);
    return {
      shape: [maps, ...counts],
      forward(x, { count }) {
        for (let map = 0, i = 0; map < count * maps; map++) {
          const base = map * area;
          for (let window = 0, k = 0; window < ends.length; window++) {
            let winner = base + cells[k];
            for (k++; k < ends[window]; k++) {
              const other = base + cells[k];
              // Not a branch: no processor guesses which cell wins.
              winner += Number(x[other] > x[winner]) * (other - winner);
            }
            out[i] = x[winner];
            winners[i++] = winner;
          }
        }
        return out;
      },
      backward(dy, { count }) {
        dx.fill(0, 0, count * given);
        for (let i = 0; i < count * size; i++) dx[winners[i]] += dy[i];
        return dx;
      },
    };
  },
};

/** @type {Kind} */
export const AvgPool2d = {
  make(spec, shape, { capacity }) {
    const { counts, area, cells, ends, kernel } = windowsOver(spec, shape);
    const [maps, given] = [shape[0], shape[0] * area];
    const share = 1 / (kernel[0] * kernel[1]); // torch counts the padding among the cells
    const out = new Float32Array(capacity * sizeFor(spec, [maps, ...counts]));
    const dx = new Float32Array(capacity * given);
    return {
      shape: [maps, ...counts],
      forward(x, { count }) {
        for (let map = 0, i = 0; map < count * maps; map++) {
          for (let window = 0, k = 0; window < ends.length; window++) {
            let sum = 0;
            for (; k < ends[window]; k++) sum += x[map * area + cells[k]];
            out[i++] = sum * share;
          }
        }
        return out;
      },
      backward(dy, { count }) {
        dx.fill(0, 0, count * given);
        for (let map = 0, i = 0; map < count * maps; map++) {
          for (let window = 0, k = 0; window < ends.length; window++) {
            const part = dy[i++] * share;
            for (; k < ends[window]; k++) dx[map * area + cells[k]] += part;
          }
        }
        return dx;
      },
    };
  },
};

/**
 * The windows over one map. cells: where the cells of all windows lie in it, without the padding,
 * one window after the other; ends: where each window's end among them.
 *
 * @param {Spec} spec
 * @param {number[]} shape
 */
function windowsOver(spec, shape) {
  const { kernel, counts } = windowsOf(spec, shape);
  const cells = [];
  const ends = [];
  for (let row = 0; row < counts[0]; row++) {
    for (let column = 0; column < counts[1]; column++) {
      const { places } = windowAt(spec, shape, row, column);
      cells.push(...places.filter((place) => place >= 0));
      ends.push(cells.length);
    }
  }
  const area = shape[1] * shape[2];
  return { kernel, counts, area, cells: Int32Array.from(cells), ends: Int32Array.from(ends) };
}
