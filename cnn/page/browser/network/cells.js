// Where a value lies in the pictures of its stage, and how it is called.

/**
 * @import { Cell } from "../shared/store.js"
 * @import { Placed } from "./stages.js"
 * @import { Named } from "./terms.js"
 */

import { hasBars, hasMaps, isNeurons } from "./stages.js";

/** Which picture of its stage a value is in, and where, counted from 0. */
/** @param {Placed} stage @param {number} index */
export function placeOf({ size, count, width }, index) {
  const area = size / count;
  const within = index % area;
  return {
    map: Math.floor(index / area),
    row: Math.floor(within / width),
    column: within % width,
  };
}

/**
 * What of a stage is switched off with a value: its map, or without maps the value itself.
 *
 * @param {Placed} stage
 * @param {number} index
 */
export const unitOf = (stage, index) => hasMaps(stage) ? placeOf(stage, index).map : index;

/**
 * How a value is called.
 *
 * @param {Placed} stage
 * @param {number} index
 * @returns {Named}
 */
export function nameOfCell(stage, index) {
  const layer = stage.name;
  if (hasBars(stage)) return { word: "cell.digit", values: { layer, digit: index } };
  if (!hasMaps(stage)) {
    const word = isNeurons(stage) ? "cell.neuron" : "cell.value";
    return { word, values: { layer, neuron: index + 1 } };
  }
  return { word: "cell.map", values: { layer, ...counted(stage, index) } };
}

/**
 * The same in short, where the stage is known.
 *
 * @param {Placed} stage
 * @param {number} index
 * @returns {Named}
 */
export function shortNameOf(stage, index) {
  if (hasMaps(stage)) return { word: "cell.short", values: counted(stage, index) };
  const word = isNeurons(stage) ? "cell.short.neuron" : "cell.short.value";
  return { word, values: { neuron: index + 1 } };
}

/** @param {Placed} stage @param {number} index */
export function counted(stage, index) {
  const { map, row, column } = placeOf(stage, index);
  return { map: map + 1, row: row + 1, column: column + 1 };
}

/**
 * The value of a map that a value of a stage without maps is, where nothing was computed between
 * them; else the value itself.
 *
 * @param {Placed} stage
 * @param {number} index
 * @returns {{ stage: Placed, index: number }}
 */
export function originOf(stage, index) {
  const { before, kind } = stage;
  return before && (kind === "Flatten" || kind === "Dropout")
    ? originOf(before, index)
    : { stage, index };
}

/** @param {Cell | null} a @param {Cell | null} b */
export const isSame = (a, b) => a === b || (a?.stage === b?.stage && a?.index === b?.index);
