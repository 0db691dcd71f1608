/**
 * @import { Place } from "./pointer.js"
 * @import { Sheet } from "./sheet.js"
 */

import { distance } from "./stroke.js";

const REACH = 12; // how near it must come to a stroke, in the drawing's units

/** The tool that takes whole strokes. */
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
      // All along the way from where it was, so that a quick one misses nothing.
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

  cancel() {} // what it took is a step: undo gives it back

  /** @param {Place[]} places */
  #erase(places) {
    const { strokes, picture } = this.sheet.drawing;
    const kept = strokes.filter(({ points }) =>
      places.every(([x, y]) => distance(points, x, y) > REACH)
    );
    if (kept.length < strokes.length) this.sheet.replace({ strokes: kept, picture });
  }
}
