/**
 * @import { Stroke } from "./drawing.js"
 * @import { Place } from "./pointer.js"
 * @import { Sheet } from "./sheet.js"
 */

import { store } from "../shared/store.js";
import { extend } from "./stroke.js";

export const PEN = 16; // width of the ink, in the drawing's units

/** The tool that draws. A tap on a digit of a number is no ink: it chooses the digit. */
export class Pen {
  /** @type {Stroke | null} what is being drawn */
  stroke = null;

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
    this.stroke = { points: [], width: PEN };
    extend(this.stroke.points, x, y);
    const { strokes } = this.sheet.drawing;
    this.sheet.draft({ strokes: [...strokes, this.stroke], picture: null }, time);
  }

  /** @param {Place[]} places @param {number} time */
  move(places, time) {
    const { points } = /** @type {Stroke} */ (this.stroke);
    // Every place, not only until one is new: `filter` calls extend for each.
    if (!places.filter(([x, y]) => extend(points, x, y)).length) return;
    this.sheet.draft(this.sheet.drawing, time); // the same drawing: its last stroke has grown
  }

  up() {
    const { points } = /** @type {Stroke} */ (this.stroke);
    this.stroke = null;
    const tapped = points.length === 2 ? this.digitAt(points[0], points[1]) : null;
    if (tapped === null) return this.sheet.commit();
    this.sheet.cancel();
    store.set("follow", tapped);
  }
}
