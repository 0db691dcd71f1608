// Flatten passes everything on; Dropout, in training, only what its mask lets through.

/** @import { Kind } from "./layer.js" */

import { sizeFor } from "../layers/layer.js";
import { sizeOf } from "../safetensors.js";

/** @type {Kind} */
export const Flatten = {
  make: (_, shape) => ({ shape: [sizeOf(shape)], forward: (x) => x, backward: (dy) => dy }),
};

/** What is dropped is drawn anew for each digit; the rest grows by as much. @type {Kind} */
export const Dropout = {
  make(spec, shape, { capacity, random, dropout = spec.p ?? 0 }) {
    const size = sizeFor(spec, shape);
    const mask = new Float32Array(capacity * size);
    const out = new Float32Array(capacity * size);
    const dx = new Float32Array(capacity * size);
    const kept = dropout < 1 ? 1 / (1 - dropout) : 0;
    return {
      shape,
      forward(x, { count, isLearning }) {
        if (!isLearning || dropout === 0) return x;
        for (let i = 0; i < count * size; i++) {
          mask[i] = random() < dropout ? 0 : kept;
          out[i] = x[i] * mask[i];
        }
        return out;
      },
      backward(dy, { count, isLearning }) {
        if (!isLearning || dropout === 0) return dy;
        for (let i = 0; i < count * size; i++) dx[i] = dy[i] * mask[i];
        return dx;
      },
    };
  },
};
