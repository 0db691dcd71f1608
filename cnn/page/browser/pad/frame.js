// Where the 28 x 28 pixels that the network sees lie on the pad.

/** @import { Box } from "../shared/answer.js" */

import { PEN, SIDE } from "../engine/strokes.js";

const PIXELS = 28; // along each side
const SMALLEST = 1 / 12; // of the pad: smaller drawings are not enlarged to the whole 20 px
const REACH = PEN / 2 + 0.5; // px from the middle of the pen's line to where its ink ends

/**
 * A square on the pad, in shares of the pad's side; it may reach beyond.
 *
 * @typedef {{ left: number, top: number, side: number }} Frame
 */

/**
 * Found from where the ink begins and ends: on the pad, and in what the network sees.
 *
 * @param {Float32Array} seen 784 values, ink 1, paper 0
 * @param {Box} box of the digit on the pad: of the middle of the pen's line, or of a picture's ink
 * @param {boolean} isDrawn by strokes, not a picture
 * @returns {Frame | null} null: nothing is seen
 */
export function frameOnPad(seen, [left, top, right, bottom], isDrawn) {
  const across = extent(seen, 1);
  const down = extent(seen, PIXELS);
  if (!across || !down) return null;
  const extentOnPad = Math.max(right - left, bottom - top, SMALLEST);
  const pixel = extentOnPad / (isDrawn ? SIDE - PEN : SIDE); // how large it is on the pad
  return {
    left: (left + right) / 2 - (across.middle + 0.5) * pixel,
    top: (top + bottom) / 2 - (down.middle + 0.5) * pixel,
    side: PIXELS * pixel,
  };
}

/**
 * Where the ink's middle is along an axis, in px from the first pixel's middle.
 *
 * @param {Float32Array} seen
 * @param {number} step from one pixel to the next along the axis
 */
function extent(seen, step) {
  const levels = new Float32Array(PIXELS);
  for (let i = 0; i < seen.length; i++) {
    const at = Math.floor(i / step) % PIXELS;
    levels[at] = Math.max(levels[at], seen[i]);
  }
  const first = levels.findIndex((level) => level > 0);
  const last = levels.findLastIndex((level) => level > 0);
  if (first < 0) return null;
  // The ink fades at its edge: how dark its outermost pixel is says how far the line is from there.
  const begin = first + REACH + 0.5 - levels[first];
  const end = last - REACH - 0.5 + levels[last];
  return { middle: (begin + end) / 2 };
}
