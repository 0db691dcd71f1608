// What each map of a network responds to, in a word: which of a few simple patterns excites it most.

/**
 * @import { Network } from "./network.js"
 */

import { PIXELS } from "./strokes.js";

const CENTRE = (PIXELS - 1) / 2;
const HALF_PEN = 1; // px, half as wide as the strokes of the patterns
const MARGIN = 0.25; // of a map on either side: what is seen there may reach beyond the picture
const TIE = 0.01; // of the best response: the simpler pattern, which comes first, wins

/** How far to the right and down of the centre. @typedef {(x: number, y: number) => boolean} Inked */

const line = (/** @type {number} */ distance) => Math.abs(distance) <= HALF_PEN;

/**
 * The patterns, the simplest first. Edges are named by the side of the ink on which they are, ends
 * by where the stroke ends, corners by where they point.
 *
 * @type {Record<string, Inked>}
 */
const PATTERNS = {
  paper: () => false,
  ink: () => true,
  "edge.left": (x) => x >= 0,
  "edge.right": (x) => x <= 0,
  "edge.top": (_, y) => y >= 0,
  "edge.bottom": (_, y) => y <= 0,
  "edge.top_left": (x, y) => x + y >= 0,
  "edge.top_right": (x, y) => y - x >= 0,
  "edge.bottom_left": (x, y) => x - y >= 0,
  "edge.bottom_right": (x, y) => x + y <= 0,
  "stroke.vertical": (x) => line(x),
  "stroke.horizontal": (_, y) => line(y),
  "stroke.rising": (x, y) => line((x + y) * Math.SQRT1_2),
  "stroke.falling": (x, y) => line((x - y) * Math.SQRT1_2),
  "end.left": (x, y) => line(y) && x >= 0,
  "end.right": (x, y) => line(y) && x <= 0,
  "end.top": (x, y) => line(x) && y >= 0,
  "end.bottom": (x, y) => line(x) && y <= 0,
  "corner.top_left": (x, y) => (line(x) && y >= -HALF_PEN) || (line(y) && x >= -HALF_PEN),
  "corner.top_right": (x, y) => (line(x) && y >= -HALF_PEN) || (line(y) && x <= HALF_PEN),
  "corner.bottom_left": (x, y) => (line(x) && y <= HALF_PEN) || (line(y) && x >= -HALF_PEN),
  "corner.bottom_right": (x, y) => (line(x) && y <= HALF_PEN) || (line(y) && x <= HALF_PEN),
};

export const PATTERN_COUNT = Object.keys(PATTERNS).length;

/** @param {Inked} inked */
const pictureOf = (inked) =>
  Float32Array.from(
    { length: PIXELS * PIXELS },
    (_, i) => Number(inked(i % PIXELS - CENTRE, Math.floor(i / PIXELS) - CENTRE)),
  );

/**
 * For each stage with maps, and each of its maps, the name of the pattern to which it responds most:
 * whose largest value, in the middle of the map, is above that of all others; null where no pattern
 * has a value above zero there. Stages without maps have no names.
 *
 * @param {Network} network
 * @returns {(string | null)[][]}
 */
export function patternsOf(network) {
  const names = Object.keys(PATTERNS);
  const runs = names.map((name) => network.run(pictureOf(PATTERNS[name])));
  return network.stages.map(({ shape }, stage) => {
    if (shape.length !== 3) return [];
    return Array.from({ length: shape[0] }, (_, map) => {
      const responses = runs.map((maps) => inMiddle(maps[stage], shape, map));
      const best = Math.max(...responses);
      if (best <= 0) return null;
      return names[responses.findIndex((response) => response >= best * (1 - TIE))];
    });
  });
}

/**
 * The largest value in the middle of a map.
 *
 * @param {Float32Array} values of all maps
 * @param {number[]} shape
 * @param {number} map
 */
function inMiddle(values, [, height, width], map) {
  let most = -Infinity;
  for (let row = Math.floor(MARGIN * height); row < Math.ceil((1 - MARGIN) * height); row++) {
    for (
      let column = Math.floor(MARGIN * width);
      column < Math.ceil((1 - MARGIN) * width);
      column++
    ) {
      most = Math.max(most, values[(map * height + row) * width + column]);
    }
  }
  return most;
}
