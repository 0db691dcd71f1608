// Layers that pass every value on unchanged: Flatten puts them in a row, Dropout acts in training
// only.

/** @import { Kind } from "./layer.js" */

import { sizeOf } from "../safetensors.js";
import { cellRect, sameCell, sameTerm } from "./layer.js";
import { cellAt } from "./window.js";

/**
 * value is that of the cell it comes from. index: among all values of the layer before.
 *
 * @typedef {{ kind: "Flatten", value: number,
 *   from: { index: number, channel: number, row: number, column: number } }} ExplainedFlatten
 */

/**
 * The value passes unchanged: dropout acts in training only. rate: of what it drops there.
 *
 * @typedef {{ kind: "Dropout", rate: number, value: number }} ExplainedDropout
 */

/** @type {Kind} */
export const Flatten = {
  make: (_, shape) => ({ shape: [sizeOf(shape)], forward: (x) => x }),
  explain: ({ shape }, index, value) => {
    return { kind: "Flatten", from: { index, ...cellAt(index, shape) }, value };
  },
  terms: sameTerm,
  /** One value lies in one cell; where several are seen, a linear layer sees them all. */
  field(_, shape, { left, right }) {
    const [, height, width] = shape;
    if (right - left > 1) return { top: 0, left: 0, bottom: height, right: width };
    const { row, column } = cellAt(left, shape);
    return cellRect(row, column);
  },
};

/** @type {Kind} */
export const Dropout = {
  make: (_, shape) => ({ shape, forward: (x) => x }),
  explain: ({ spec }, _, value) => ({ kind: "Dropout", rate: spec.p ?? 0, value }),
  terms: sameTerm,
  field: sameCell,
};
