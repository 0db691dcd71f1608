/**
 * @import { Digit } from "../shared/answer.js"
 * @import { Stroke } from "../shared/store.js"
 * @import { Place } from "./input.js"
 * @import { Sheet } from "./sheet.js"
 */

import { CANVAS, MAX_POINTS, store } from "../shared/store.js";
import { clamped, within } from "./overlays.js";

export const PEN = 16; // width of the ink, in the drawing's units
const FINEST = 5; // width of the ink of a number of tiny digits
const SHARE = 0.12; // the ink's width as a share of a digit's size: MNIST's is 2.4 of 20 pixels
const TAP = 6; // how far a tap may slip, in the drawing's units: a third of the ink's width

/**
 * The tool that draws. Ink ends at the border: if the pen comes back, it goes on as another stroke
 * of the same undo step. A tap on a digit of a number makes no ink; it chooses the digit.
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

  /** Finish the step. A number of small digits gets finer ink, now that its digits are read. */
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
 * How wide the ink should be: thick ink would fill the gaps in small digits and between them.
 *
 * @param {Digit[]} digits from left to right, marks among them
 */
function widthFor(digits) {
  const boxes = digits.filter(({ mark }) => !mark).map(({ box }) => box);
  if (boxes.length < 2) return PEN;
  const sizes = boxes.map(([left, top, right, bottom]) => Math.max(right - left, bottom - top));
  return Math.min(PEN, Math.max(FINEST, Math.round(SHARE * CANVAS * Math.max(...sizes))));
}

// The points of a stroke: x, y, x, y, ...

const NEAREST = 0.8; // to the point before, in the drawing's units: a nearer point adds nothing

/**
 * Add (x, y) to the points unless it is where the pen already was.
 *
 * @param {number[]} points
 * @param {number} x
 * @param {number} y
 * @returns {boolean} whether it was added
 */
export function extend(points, x, y) {
  const last = points.length - 2;
  if (last >= 0 && Math.hypot(x - points[last], y - points[last + 1]) < NEAREST) return false;
  points.push(Math.round(10 * x) / 10, Math.round(10 * y) / 10);
  if (points.length > 2 * MAX_POINTS) thin(points);
  return true;
}

/**
 * Drop every second point, so that a stroke may go on for ever.
 *
 * @param {number[]} points
 */
function thin(points) {
  let kept = 2;
  for (let i = 4; i < points.length; i += 4) {
    points[kept++] = points[i];
    points[kept++] = points[i + 1];
  }
  points.length = kept;
}

/**
 * The distance from (x, y) to the line through the points.
 *
 * @param {number[]} points
 * @param {number} x
 * @param {number} y
 */
export function distance(points, x, y) {
  let nearest = Math.hypot(points[0] - x, points[1] - y);
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [ax, ay, bx, by] = points.slice(i, i + 4);
    const [dx, dy] = [bx - ax, by - ay];
    const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(ax + t * dx - x, ay + t * dy - y));
  }
  return nearest;
}

const REACH = 12; // how near the eraser must come to a stroke, in the drawing's units

/** The tool that erases whole strokes. */
export class Eraser {
  isOn = false; // chosen for the next pointer, too
  /** @type {Place} where it was last */
  #last = [0, 0];

  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
  }

  /** @param {Place} at */
  down(at) {
    this.#last = at;
    this.#erase([at]);
  }

  /** @param {Place[]} places */
  move(places) {
    for (const [x, y] of places) {
      // Erase all along the way from where it was, so that a quick move misses nothing.
      const [fromX, fromY] = this.#last;
      const steps = Math.ceil(Math.hypot(x - fromX, y - fromY) / REACH);
      const way = Array.from({ length: steps }, (_, i) => {
        const share = (i + 1) / steps;
        return /** @type {Place} */ ([fromX + share * (x - fromX), fromY + share * (y - fromY)]);
      });
      this.#last = [x, y];
      this.#erase(way);
    }
  }

  up() {}

  cancel() {} // what it erased is a step: undo brings it back

  /** @param {Place[]} places */
  #erase(places) {
    const { strokes, picture } = this.sheet.drawing;
    const kept = strokes.filter(({ points }) =>
      places.every(([x, y]) => distance(points, x, y) > REACH)
    );
    if (kept.length < strokes.length) this.sheet.replace({ strokes: kept, picture });
  }
}
