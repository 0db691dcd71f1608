// From what was read to what the page shows.

/**
 * @import { Reading } from "../engine/reader.js"
 * @import { Word } from "./i18n.js"
 */

/**
 * A place on the pad: left, top, right and bottom in shares of its side.
 *
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box
 */

/**
 * One digit of the answer, or a mark between digits.
 *
 * @typedef {Reading["digits"][number] & { shown: string }} Digit shown: the digit or mark, or "?"
 */

/**
 * Everything but `shown` comes from the same forward pass, just as the network computed it.
 *
 * @typedef {object} Answer
 * @property {boolean} blank there is nothing to show
 * @property {Word | null} why the word that says why there is nothing to show
 * @property {Digit[]} digits from left to right
 * @property {readonly string[]} classes the names of what the network tells apart, each digit's among
 *   them; empty when blank
 * @property {number} followed which of them is shown in the network
 * @property {boolean} drawing whether the pen is still down
 * @property {Float32Array} seen 784 values; empty when blank
 * @property {Float32Array[]} maps the values of each stage of the network; empty when blank
 * @property {boolean} silent no neuron that feeds the logits fired, so that they are the same for
 *   every drawing: nothing was recognised
 */

/** @type {Answer} */
export const BLANK = Object.freeze({
  blank: true,
  why: "answer.none",
  digits: [],
  classes: [],
  followed: 0,
  drawing: false,
  seen: new Float32Array(0),
  maps: [],
  silent: false,
});

/**
 * @param {Reading} reading
 * @param {boolean} drawing whether the pen is still down
 * @returns {Answer}
 */
export function answerOf({ digits, classes, followed, held, seen, maps, silent }, drawing) {
  /** @param {Reading["digits"][number]} digit @param {number} index */
  function shown(digit, index) {
    if (digit.digit === null) return digit.mark;
    // While the pen is down, a half-drawn 7 looks just like a 1: show the held digit, and no "?".
    if (drawing) return classes[index === followed && held ? held.digit : digit.digit];
    return digit.confident ? classes[digit.digit] : "?";
  }
  return {
    blank: false,
    why: null,
    digits: digits.map((digit, index) => ({ ...digit, shown: shown(digit, index) })),
    classes,
    followed,
    drawing,
    seen,
    maps,
    silent,
  };
}
