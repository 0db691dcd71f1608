// What lights up when a value is pointed at: its receptive field, stage by stage.

/**
 * @import { Rect } from "../engine/layers/layer.js"
 * @import { Network } from "../engine/network.js"
 * @import { Cell } from "../shared/store.js"
 * @import { Placed } from "./stages.js"
 */

import { receptiveField } from "../engine/explain.js";
import { placeOf } from "./cells.js";
import { hasMaps } from "./stages.js";

/**
 * What of a stage is lit. map: which of its maps, counted from 0; null: all of them.
 *
 * @typedef {{ map: number | null, rect: Rect }} Field
 */

/**
 * For each stage up to that of the cell what the cell depends on. A picture of values without maps
 * is lit where they lie in it.
 *
 * @param {Network} network
 * @param {Placed[]} stages
 * @param {Cell} cell
 * @returns {(Field | null)[]} null: nothing of it
 */
export function fieldsOf(network, stages, { stage: at, index }) {
  const stage = stages[at];
  const { map, row, column } = placeOf(stage, index);
  const rects = hasMaps(stage)
    ? receptiveField(network, at, row, column)
    : receptiveField(network, at, 0, index);
  /** @type {number | null} */
  let seen = hasMaps(stage) ? map : index; // a map, or a single value; null: all
  /** @type {(Field | null)[]} */
  const fields = stages.map(() => null);
  for (let i = at; i >= 0; i--) {
    const rect = rects[i];
    fields[i] = rect && fieldOf(stages[i], seen, rect);
    if (mixes(stages[i])) seen = null;
    else if (stages[i].kind === "Flatten" && seen !== null && i > 0) {
      seen = placeOf(stages[i - 1], seen).map;
    }
  }
  return fields;
}

/** @param {Placed} stage @param {number | null} seen @param {Rect} rect @returns {Field} */
function fieldOf(stage, seen, rect) {
  if (hasMaps(stage)) return { map: stage.count > 1 ? seen : null, rect };
  const { width, height } = stage;
  if (seen === null) return { map: null, rect: { top: 0, left: 0, bottom: height, right: width } };
  const { row, column } = placeOf(stage, seen);
  return { map: null, rect: { top: row, left: column, bottom: row + 1, right: column + 1 } };
}

/** Whether each value depends on all maps, or all values, before it. @param {Placed} stage */
const mixes = ({ kind }) => kind === "Conv2d" || kind === "Linear" || kind === "LogSoftmax";
