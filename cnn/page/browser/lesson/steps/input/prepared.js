// What the network would see if a part of the preparation were left out.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 */

import { Network } from "../../../engine/network.js";
import { argmax, probabilitiesOf } from "../../../engine/probabilities.js";
import { isSilent } from "../../../engine/reader.js";
import {
  boxOf,
  CENTRE,
  centreOfMass,
  digitFromStrokes,
  ink,
  PEN,
  PIXELS,
  SIDE,
} from "../../../engine/strokes.js";
import { store } from "../../../shared/store.js";

const STEP = 0.3; // px between the dots that make a line

/**
 * @typedef {object} Parts which parts of the preparation are done
 * @property {boolean} crop take the ink's box; else the whole pad
 * @property {boolean} twenty make its longer side 20 px; else it fills the 28
 * @property {boolean} mass move the centre of mass to the middle; else the box's centre is there
 */

/**
 * Ink the strokes as `digitFromStrokes` does, except for the parts that are left out; with all
 * parts the digit is the same. The pen is as wide as there, whatever the digit's size.
 *
 * @param {readonly number[][]} strokes at least one point: x, y, x, y, ... on the canvas
 * @param {number} canvas the canvas's side in the same units
 * @param {Parts} parts
 * @returns {Float32Array} (28, 28), ink 1, paper 0
 */
export function prepared(strokes, canvas, { crop, twenty, mass }) {
  const whole = crop && twenty && mass ? digitFromStrokes(strokes, canvas) : null;
  if (whole) return whole;
  const box = crop ? boxOf(strokes) : { left: 0, top: 0, right: canvas, bottom: canvas };
  const extent = Math.max(box.right - box.left, box.bottom - box.top, 1);
  // The box is around the middle of the pen's line, so its edge needs room; the pad's edge needs
  // none.
  const scale = ((twenty ? SIDE : PIXELS) - (crop ? PEN : 0)) / extent;
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const dots = dotsOf(strokes, (x, y) => [(x - middle.x) * scale, (y - middle.y) * scale]);
  const digit = new Float32Array(PIXELS * PIXELS);
  ink(dots, dots.length, CENTRE, CENTRE, digit);
  const { x, y } = centreOfMass(digit);
  if (mass && !Number.isNaN(x)) {
    ink(dots, dots.length, 2 * CENTRE - x, 2 * CENTRE - y, digit);
  }
  return digit;
}

/**
 * Dots evenly along the strokes.
 *
 * @param {readonly number[][]} strokes
 * @param {(x: number, y: number) => number[]} place from the canvas to px
 */
function dotsOf(strokes, place) {
  /** @type {number[]} */
  const dots = [];
  for (const stroke of strokes) {
    let [fromX, fromY] = place(stroke[0], stroke[1]);
    dots.push(fromX, fromY);
    for (let i = 2; i < stroke.length; i += 2) {
      const [x, y] = place(stroke[i], stroke[i + 1]);
      const parts = Math.ceil(Math.hypot(x - fromX, y - fromY) / STEP);
      for (let part = 1; part <= parts; part++) {
        const share = part / parts;
        dots.push(fromX + share * (x - fromX), fromY + share * (y - fromY));
      }
      [fromX, fromY] = [x, y];
    }
  }
  return Float64Array.from(dots);
}

const SMALL = 0.35; // of its size, in the pad's upper left corner
const CORNER = 0.06; // of the pad, from its edges

/**
 * The same strokes as if drawn small and in a corner.
 *
 * @param {readonly number[][]} strokes
 * @param {number} canvas
 * @returns {number[][]}
 */
export function inCorner(strokes, canvas) {
  const { left, top } = boxOf(strokes);
  const [from, to] = [[left, top], CORNER * canvas];
  return strokes.map((stroke) => stroke.map((at, i) => to + SMALL * (at - from[i % 2])));
}

// How the network reads a digit that was prepared in some way.

/** silent: no neuron fired, so nothing was read. @typedef {{ digit: string, prob: number, silent: boolean }} Read */

/**
 * @param {LoadedNetwork} loaded
 * @param {boolean} normalises whether the pixels are normalised first, as they are in training
 * @returns {(digit: Float32Array) => Read}
 */
export function readerOf({ card, tensors }, normalises = true) {
  const architecture = /** @type {any[]} */ (card.architecture).map((stage) =>
    stage.kind === "Normalize" && !normalises ? { ...stage, mean: 0, std: 1 } : stage
  );
  const network = new Network({ ...card, architecture }, tensors);
  return (digit) => {
    const maps = network.run(digit);
    const probs = probabilitiesOf(maps[maps.length - 1]);
    const read = argmax(probs);
    const silent = isSilent(network, maps);
    return { digit: network.classes[read], prob: probs[read], silent };
  };
}

/**
 * The strokes of the digit that the page shows; null for a picture, or where nothing is drawn.
 *
 * @param {Answer} answer
 * @returns {number[][] | null}
 */
export function strokesOf({ blank, digits, followed }) {
  const { strokes, picture } = store.get("drawing");
  const own = digits[followed]?.strokes;
  if (blank || picture || !own?.length || own.some((i) => !strokes[i])) return null;
  return own.map((i) => strokes[i].points);
}
