/**
 * @import { Digit } from "../shared/answer.js"
 * @import { Stroke } from "../shared/drawing.js"
 * @import { Place } from "./pointer.js"
 * @import { Sheet } from "./sheet.js"
 */

import { CANVAS } from "../shared/drawing.js";
import { store } from "../shared/store.js";
import { clamped, within } from "./border.js";
import { extend } from "./stroke.js";

export const PEN = 16; // width of the ink, in the drawing's units
const FINEST = 5; // width of the ink of a number of tiny digits
const SHARE = 0.12; // of a digit's size, the ink's width: MNIST's is 2.4 of 20 pixels
const TAP = 6; // how far a tap may slip, in the drawing's units: a third of the ink's width

/**
 * The tool that draws. Ink ends at the border: if the pen comes back, it goes on as another stroke
 * of the same step. A tap on a digit of a number is no ink: it chooses the digit.
 */
export class Pen {
  /** @type {object | null} what is being drawn, the same until the pen is lifted */
  stroke = null;
  /** @type {Stroke[]} what was there before */
  #before = [];
  /** @type {Stroke[]} of this step */
  #strokes = [];
  #isInside = false;
  /** @type {Place} where it was last, on the pad or beside it */
  #last = [0, 0];

  /**
   * @param {Sheet} sheet
   * @param {(x: number, y: number) => number | null} digitAt which digit of a number is there
   */
  constructor(sheet, digitAt) {
    this.sheet = sheet;
    this.digitAt = digitAt;
  }

  /** @param {Place} at @param {number} time */
  down([x, y], time) {
    this.stroke = {};
    this.#before = this.sheet.drawing.strokes;
    this.#strokes = [];
    this.#last = [clamped(x, CANVAS), clamped(y, CANVAS)];
    this.#begin(this.#last);
    this.#isInside = true;
    this.#draft(time);
  }

  /** @param {Place[]} places @param {number} time */
  move(places, time) {
    let inked = false;
    for (const place of places) inked = this.#to(place) || inked;
    if (inked) this.#draft(time);
  }

  up() {
    const [x, y] = this.#strokes[0].points;
    const tapped = this.#isTap() ? this.digitAt(x, y) : null;
    this.stroke = null;
    if (tapped === null) return this.#settle();
    this.sheet.cancel();
    store.set("follow", tapped);
  }

  /** Take back what is being drawn. */
  cancel() {
    this.stroke = null;
    this.sheet.cancel();
  }

  /** @param {Place} place @returns {boolean} whether it made ink */
  #to(place) {
    const part = within(this.#last, place, CANVAS);
    this.#last = place;
    if (!part) return false;
    const [from, to] = part;
    const begins = !this.#isInside;
    if (begins) this.#begin(from);
    this.#isInside = to === place;
    return this.#extend(to) || begins;
  }

  /** @param {Place} at */
  #begin(at) {
    const width = this.#before.at(-1)?.width ?? PEN;
    this.#strokes.push({ points: [], width });
    this.#extend(at);
  }

  /** @param {Place} at */
  #extend([x, y]) {
    return extend(this.#strokes[this.#strokes.length - 1].points, x, y);
  }

  /** @param {number} time */
  #draft(time) {
    this.sheet.draft({ strokes: [...this.#before, ...this.#strokes], picture: null }, time);
  }

  #isTap() {
    const [{ points }, ...others] = this.#strokes;
    return !others.length && this.#isInside &&
      points.every((at, i) => Math.abs(at - points[i % 2]) <= TAP);
  }

  /** The step is done. A number of small digits gets finer ink, as its digits are read by now. */
  #settle() {
    const width = widthFor(store.get("answer").digits);
    const { strokes } = this.sheet.drawing;
    if (strokes.every((stroke) => stroke.width === width)) return this.sheet.commit();
    this.sheet.replace({
      strokes: strokes.map(({ points }) => ({ points, width })),
      picture: null,
    });
  }
}

/**
 * Thick ink would fill the gaps of small digits, and those between them.
 *
 * @param {Digit[]} digits from left to right, marks among them
 */
function widthFor(digits) {
  const boxes = digits.filter(({ mark }) => !mark).map(({ box }) => box);
  if (boxes.length < 2) return PEN;
  const sizes = boxes.map(([left, top, right, bottom]) => Math.max(right - left, bottom - top));
  return Math.min(PEN, Math.max(FINEST, Math.round(SHARE * CANVAS * Math.max(...sizes))));
}
