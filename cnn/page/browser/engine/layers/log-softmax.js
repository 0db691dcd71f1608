// LogSoftmax: logits become log-probabilities.

/** @import { Kind } from "./layer.js" */

import { exponentials } from "../probabilities.js";
import { everything, sameTerm, sizeFor, unfit } from "./layer.js";

/**
 * exps = exp(logits - largest), prob = exps[digit] / sum, value = log(prob) =
 * logits[digit] - largest - log(sum).
 *
 * @typedef {{ kind: "LogSoftmax", digit: number, logits: Float32Array, largest: number,
 *   exps: Float64Array, sum: number, value: number, prob: number }} ExplainedLogSoftmax
 */

/** @type {Kind} */
export const LogSoftmax = {
  make(spec, shape) {
    if (shape.length !== 1) throw unfit(spec, `cannot read ${shape}`);
    const size = sizeFor(spec, shape);
    return {
      shape,
      forward(x) {
        const { largest, sum } = exponentials(x);
        const out = new Float32Array(size);
        const log = largest + Math.log(sum);
        for (let i = 0; i < size; i++) out[i] = x[i] - log;
        return out;
      },
    };
  },
  explain({ x }, digit, value) {
    const { largest, exps, sum } = exponentials(x);
    return {
      ...{ kind: "LogSoftmax", digit, logits: x, largest, exps, sum, value },
      prob: exps[digit] / sum,
    };
  },
  terms: sameTerm, // a log-probability stands for its logit
  field: everything,
};
