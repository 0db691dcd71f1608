// LogSoftmax in training.

/** @import { Kind } from "./layer.js" */

import { sizeFor, unfit } from "../layers/layer.js";

/** @type {Kind} */
export const LogSoftmax = {
  make(spec, shape, { capacity }) {
    if (shape.length !== 1) throw unfit(spec, `cannot read ${shape}`);
    const size = sizeFor(spec, shape);
    const out = new Float32Array(capacity * size);
    const dx = new Float32Array(capacity * size);
    return {
      shape,
      forward(x, { count }) {
        for (let start = 0; start < count * size; start += size) {
          let [largest, sum] = [-Infinity, 0];
          for (let i = start; i < start + size; i++) largest = Math.max(largest, x[i]);
          for (let i = start; i < start + size; i++) sum += Math.exp(x[i] - largest);
          const log = largest + Math.log(sum);
          for (let i = start; i < start + size; i++) out[i] = x[i] - log;
        }
        return out;
      },
      backward(dy, { count }) {
        for (let start = 0; start < count * size; start += size) {
          let sum = 0;
          for (let i = start; i < start + size; i++) sum += dy[i];
          for (let i = start; i < start + size; i++) dx[i] = dy[i] - Math.exp(out[i]) * sum;
        }
        return dx;
      },
    };
  },
};
