/** @import { Sheet } from "./sheet.js" */

import { PEN } from "./pen.js";

const REPLAY_MS = 700; // how long an example takes to draw itself

/** An example that draws itself on the sheet. */
export class Replay {
  /** @type {object | null} what is being drawn */
  stroke = null;

  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
  }

  /** @param {number[][]} strokes */
  start(strokes) {
    this.stop();
    const mine = this.stroke = {};
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const began = performance.now();
    /** @param {number} now */
    const frame = (now) => {
      if (mine !== this.stroke) return; // it was stopped meanwhile
      const share = still ? 1 : Math.min(1, Math.max(0, now - began) / REPLAY_MS);
      const drawing = { strokes: beginning(strokes, share), picture: null };
      if (share < 1) {
        this.sheet.draft(drawing);
        requestAnimationFrame(frame);
      } else {
        this.stroke = null;
        this.sheet.replace(drawing);
      }
    };
    requestAnimationFrame(frame);
  }

  /** What was drawn so far stays. */
  stop() {
    if (!this.stroke) return;
    this.stroke = null;
    this.sheet.commit();
  }
}

/**
 * The first `share` of all points, and one at least.
 *
 * @param {number[][]} strokes
 * @param {number} share
 */
function beginning(strokes, share) {
  const total = strokes.reduce((sum, points) => sum + points.length / 2, 0);
  let left = Math.max(1, Math.round(share * total));
  const grown = [];
  for (const points of strokes) {
    if (left > 0) grown.push({ points: points.slice(0, 2 * left), width: PEN });
    left -= points.length / 2;
  }
  return grown;
}
