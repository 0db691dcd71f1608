// From the server's reply to what the page shows.

/** @import { Word } from "./i18n.js" */

import { floatsOf } from "./floats.js";

/**
 * A place on the pad: left, top, right and bottom in shares of its side.
 *
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box
 */

/**
 * What the server says of one digit of the drawing.
 *
 * @typedef {object} DigitReply
 * @property {number} digit the likeliest
 * @property {boolean} confident whether the network stands by it
 * @property {number | null} runner_up what else it may be, where that is worth a word
 * @property {number[]} probs the ten probabilities
 * @property {Box} box
 */

/**
 * The digit to show under the pen, which does not flicker, and the exponential average of the
 * probabilities that it is held by.
 *
 * @typedef {{ digit: number, probs: number[] }} Smoothed
 */

/**
 * @typedef {object} DigitsReply
 * @property {DigitReply[]} digits from left to right
 * @property {number} followed which of them `seen` and `maps` belong to, counted from 0
 * @property {Smoothed} smoothed of the followed digit
 * @property {string} seen base64 of float32: the 28 x 28 pixels that the network is given
 * @property {string} maps base64 of float32: the values of all layers, one layer after the other
 */

/** @typedef {{ error: string } | { blank: true } | DigitsReply} Reply */

/**
 * @typedef {object} StrokesPayload
 * @property {number[][]} strokes [x, y, x, y, ...] for each
 * @property {number} canvas the side of the square that they lie in
 * @property {number | null} follow
 * @property {Smoothed} [smoothed] of the answer before, while the pen is down
 */

/** @typedef {{ picture: string, follow: number | null }} PicturePayload picture: a data URL */

/**
 * What the server is asked.
 *
 * @typedef {object} Question
 * @property {StrokesPayload | PicturePayload} payload
 * @property {object | null} stroke what the pen draws just now, the same object until it is lifted
 * @property {number} inked when the newest ink was made, in ms of performance.now()
 */

/**
 * A digit as the page shows it.
 *
 * @typedef {DigitReply & { shown: string }} Digit shown: the digit, or "?"
 */

/**
 * @typedef {object} Answer
 * @property {boolean} blank there is nothing to show
 * @property {Word | null} why there is not
 * @property {Digit[]} digits from left to right
 * @property {number} followed
 * @property {boolean} drawing whether the pen is still down
 * @property {Float32Array} seen 784 values; empty when blank
 * @property {Float32Array} maps the values of all layers; empty when blank
 */

const NO_VALUES = new Float32Array(0);

/** @type {Answer} */
export const BLANK = Object.freeze({
  blank: true,
  why: "answer.none",
  digits: [],
  followed: 0,
  drawing: false,
  seen: NO_VALUES,
  maps: NO_VALUES,
});

/**
 * @param {Reply} reply
 * @param {Question} question the one that it replies to
 * @returns {Answer}
 */
export function answerOf(reply, { payload, stroke }) {
  if ("error" in reply) return { ...BLANK, why: null };
  if ("blank" in reply) return "picture" in payload ? { ...BLANK, why: "answer.no_ink" } : BLANK;
  const { followed, smoothed, seen, maps } = reply;
  const drawing = stroke !== null;
  return {
    blank: false,
    why: null,
    digits: reply.digits.map((digit, i) =>
      shownAs(digit, drawing, i === followed ? smoothed : null)
    ),
    followed,
    drawing,
    seen: floatsOf(seen),
    maps: floatsOf(maps),
  };
}

/**
 * Under the pen a half-drawn 7 is a fair 1: there the page shows the smoothed digit, and no "?".
 *
 * @param {DigitReply} digit
 * @param {boolean} drawing
 * @param {Smoothed | null} smoothed
 * @returns {Digit}
 */
function shownAs(digit, drawing, smoothed) {
  if (!drawing) return { ...digit, shown: digit.confident ? String(digit.digit) : "?" };
  const shown = smoothed?.digit ?? digit.digit;
  const confident = digit.confident && shown === digit.digit;
  return { ...digit, confident, shown: String(shown) };
}
