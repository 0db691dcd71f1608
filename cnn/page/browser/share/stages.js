// The stages of a network as rows of a picture.

/**
 * @import { LoadedNetwork } from "../shared/network.js"
 * @import { Poster } from "./poster.js"
 */

import { Pixels } from "../shared/colors.js";
import { endOf, namedEnd, signOf } from "../shared/scales.js";

// These give what came before them, in another order or form; the last one's are the probabilities.
const WITHOUT_ROW = ["Normalize", "Flatten", "Dropout", "LogSoftmax"];
const GAP = 8; // px between maps
const SMALLEST = 40; // px, the side of a map
const LARGEST = 124;
const NEURON = 24; // px, the height of a row of neurons
const MOST_NEURONS = 256; // in a row

/**
 * @typedef {object} StageRow
 * @property {string} label
 * @property {number} height in pixels
 * @property {string} end of its colours
 * @property {(sheet: Poster, x: number, y: number) => void} paint
 */

/**
 * @param {LoadedNetwork} loaded
 * @param {Float32Array[]} maps the values of every stage; none: nothing but paper
 * @param {number} width in pixels that they have
 * @returns {StageRow[]}
 */
export function stagesOf({ network, scales }, maps, width) {
  return network.stages.flatMap(({ name, kind, shape }, index) => {
    if (WITHOUT_ROW.includes(kind)) return [];
    const values = maps[index] ?? new Float32Array(shape.reduce((product, n) => product * n));
    const end = endOf(values, scales[index]);
    return [{
      label: `${name}   ${shape.join(" × ")}`,
      end: namedEnd(end, signOf(network.stages, index)),
      ...(shape.length === 3 ? mapsRow(shape, values, end, width) : neuronsRow(values, end, width)),
    }];
  });
}

/**
 * @param {number[]} shape maps, height, width
 * @param {Float32Array} values
 * @param {number} end of their scale
 * @param {number} width
 */
function mapsRow([count, rows, columns], values, end, width) {
  const across = Math.min(count, Math.floor((width + GAP) / (SMALLEST + GAP)));
  const side = Math.min(LARGEST, Math.floor((width + GAP) / across) - GAP);
  return {
    height: Math.ceil(count / across) * (side + GAP) - GAP,
    /** @type {StageRow["paint"]} */
    paint(sheet, x, y) {
      const area = rows * columns;
      for (let map = 0; map < count; map++) {
        const pixels = new Pixels(columns, rows);
        pixels.paint(values.subarray(map * area, (map + 1) * area), end);
        const [column, row] = [map % across, Math.floor(map / across)];
        sheet.framed(pixels.canvas, x + column * (side + GAP), y + row * (side + GAP), side);
      }
    },
  };
}

/**
 * @param {Float32Array} values
 * @param {number} end of their scale
 * @param {number} width
 */
function neuronsRow(values, end, width) {
  const across = Math.min(values.length, MOST_NEURONS);
  const rows = Math.ceil(values.length / across);
  return {
    height: rows * NEURON,
    /** @type {StageRow["paint"]} */
    paint({ context }, x, y) {
      const pixels = new Pixels(across, rows);
      const padded = new Float32Array(across * rows);
      padded.set(values);
      pixels.paint(padded, end);
      context.imageSmoothingEnabled = false;
      context.drawImage(pixels.canvas, x, y, width, rows * NEURON);
    },
  };
}
