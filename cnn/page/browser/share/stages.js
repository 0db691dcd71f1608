// The stages of a network as rows of a picture.

/**
 * @import { LoadedNetwork } from "../shared/network.js"
 * @import { Poster } from "./poster.js"
 */

import { Pixels } from "../shared/colors.js";

// These give what came before them, in another order or form; the last one's are the probabilities.
const WITHOUT_ROW = ["Normalize", "Flatten", "Dropout", "LogSoftmax"];
const GAP = 8; // px between maps
const SMALLEST = 40; // px, the side of a map
const LARGEST = 124;
const NEURON = 24; // px, the height of a row of neurons
const MOST_NEURONS = 256; // in a row

/**
 * @typedef {object} StageRow
 * @property {number} index of the stage
 * @property {string} label
 * @property {string} scale where its colours end
 * @property {number} height in pixels
 * @property {(sheet: Poster, values: Float32Array | undefined, x: number, y: number) => void} paint
 *   its values, or nothing but paper
 */

/**
 * @param {LoadedNetwork} loaded
 * @param {number} width in pixels that they have
 * @returns {StageRow[]}
 */
export function stagesOf({ network, scales }, width) {
  return network.stages.flatMap((stage, index) => {
    if (WITHOUT_ROW.includes(stage.kind)) return [];
    const scale = scales[index] || 1; // a dead stage has nothing to colour
    return [{
      index,
      label: `${stage.name}   ${stage.shape.join(" × ")}`,
      scale: scale.toPrecision(2),
      ...(stage.shape.length === 3
        ? mapsRow(stage.shape, scale, width)
        : neuronsRow(stage.shape[0], scale, width)),
    }];
  });
}

/**
 * @param {number[]} shape maps, height, width
 * @param {number} scale
 * @param {number} width
 */
function mapsRow([count, rows, columns], scale, width) {
  const across = Math.min(count, Math.floor((width + GAP) / (SMALLEST + GAP)));
  const side = Math.min(LARGEST, Math.floor((width + GAP) / across) - GAP);
  return {
    height: Math.ceil(count / across) * (side + GAP) - GAP,
    /** @type {StageRow["paint"]} */
    paint(sheet, values = new Float32Array(count * rows * columns), x, y) {
      const area = rows * columns;
      for (let map = 0; map < count; map++) {
        const pixels = new Pixels(columns, rows);
        pixels.paint(values.subarray(map * area, (map + 1) * area), scale);
        const [column, row] = [map % across, Math.floor(map / across)];
        sheet.framed(pixels.canvas, x + column * (side + GAP), y + row * (side + GAP), side);
      }
    },
  };
}

/**
 * @param {number} count
 * @param {number} scale
 * @param {number} width
 */
function neuronsRow(count, scale, width) {
  const across = Math.min(count, MOST_NEURONS);
  const rows = Math.ceil(count / across);
  return {
    height: rows * NEURON,
    /** @type {StageRow["paint"]} */
    paint({ context }, values = new Float32Array(count), x, y) {
      const pixels = new Pixels(across, rows);
      const padded = new Float32Array(across * rows);
      padded.set(values);
      pixels.paint(padded, scale);
      context.imageSmoothingEnabled = false;
      context.drawImage(pixels.canvas, x, y, width, rows * NEURON);
    },
  };
}
