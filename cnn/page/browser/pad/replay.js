// Drawings that draw themselves: the examples, and the first view.

/**
 * @import { Word } from "../shared/i18n.js"
 * @import { Stroke } from "../shared/store.js"
 * @import { Sheet } from "./sheet.js"
 */

import { create } from "../shared/dom.js";
import { setLabel } from "../shared/i18n.js";
import { NOTHING } from "../shared/store.js";
import { Ink } from "./ink.js";
import { PEN } from "./pen.js";

const REPLAY_MS = 1500; // how long an example takes to draw itself
const FIRST_VIEW_MS = 2800; // slow enough to watch what it does to the network
const LONGEST_FRAME_MS = 100; // a busy page, or one that was hidden, goes on where it was

/** An example that draws itself on the sheet. */
export class Replay {
  /** @type {object | null} what is being drawn */
  stroke = null;
  /** @type {number[][]} all of its strokes */
  #all = [];

  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
  }

  /** @param {number[][]} strokes */
  start(strokes) {
    const mine = this.stroke = {}; // replaces another under way, which then is not a step
    this.#all = strokes;
    grow(inked(strokes), REPLAY_MS, (grown, isDone) => {
      if (mine !== this.stroke) return false;
      if (isDone) this.finish();
      else this.sheet.draft({ strokes: grown, picture: null });
      return true;
    });
  }

  /** Show the whole drawing immediately. */
  finish() {
    if (!this.stroke) return;
    this.stroke = null;
    this.sheet.replace({ strokes: inked(this.#all), picture: null });
  }

  /** Leave an empty sheet to someone who begins to draw. */
  makeWay() {
    if (!this.stroke) return;
    this.stroke = null;
    this.sheet.draft(NOTHING);
  }
}

/**
 * A digit that draws itself once, when the page is opened, and then stays there: it is not an undo
 * step and is not saved. Whoever begins to draw finds the sheet empty.
 */
export class FirstView {
  /** @type {object | null} what is being drawn */
  stroke = null;
  /** @type {number[][] | null} all of its strokes, once they are shown */
  #all = null;
  #isOver = false;

  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
  }

  /** @param {number[][]} strokes */
  start(strokes) {
    if (this.#isOver || this.#all || !this.sheet.isEmpty) return;
    this.#all = strokes;
    this.stroke = {};
    grow(inked(strokes), FIRST_VIEW_MS, (grown, isDone) => {
      if (!this.stroke) return false;
      if (isDone) this.finish();
      else this.sheet.preview({ strokes: grown, picture: null });
      return true;
    });
  }

  /** Show the whole digit immediately. */
  finish() {
    if (!this.stroke || !this.#all) return;
    this.stroke = null;
    this.sheet.preview({ strokes: inked(this.#all), picture: null });
  }

  /** Take it away, for good. */
  stop() {
    const wasShown = this.#all && !this.#isOver;
    this.#isOver = true;
    this.stroke = null;
    if (wasShown) this.sheet.preview(null);
  }
}

/** @param {number[][]} strokes @returns {Stroke[]} */
const inked = (strokes) => strokes.map((points) => ({ points, width: PEN }));

/**
 * Call `show` in each frame with what has been drawn of the strokes so far, until it returns false;
 * just once, with all of them, where reduced motion is preferred.
 *
 * @param {Stroke[]} strokes
 * @param {number} duration in ms
 * @param {(grown: Stroke[], isDone: boolean) => boolean} show
 */
function grow(strokes, duration, show) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let [passed, before] = [0, performance.now()];
  /** @type {Stroke[]} */
  let grown = [];
  /** @param {number} now */
  const frame = (now) => {
    passed += Math.min(LONGEST_FRAME_MS, Math.max(0, now - before));
    before = now;
    const share = isStill ? 1 : Math.min(1, passed / duration);
    grown = beginning(strokes, share, grown);
    if (show(grown, share === 1) && share < 1) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/**
 * The strokes up to `share` of all their points; the last one may end between two points.
 *
 * @param {Stroke[]} strokes
 * @param {number} share
 * @param {Stroke[]} grown what this returned for a smaller share: its strokes are reused
 */
export function beginning(strokes, share, grown = []) {
  let left = share * strokes.reduce((sum, { points }) => sum + points.length / 2 - 1, 0);
  const next = [];
  for (const [i, { points, width }] of strokes.entries()) {
    const stroke = grown[i] ?? { points: [], width };
    const last = points.length / 2 - 1;
    const whole = Math.floor(Math.min(left, last));
    const part = Math.min(left, last) - whole;
    stroke.points.splice(0, Infinity, ...points.slice(0, 2 * whole + 2));
    if (part > 0) {
      for (const axis of [0, 1]) {
        const [from, to] = [points[2 * whole + axis], points[2 * whole + 2 + axis]];
        stroke.points.push(from + part * (to - from));
      }
    }
    next.push(stroke);
    left -= last;
    if (left <= 0) break;
  }
  return next;
}

const THUMBNAIL_PEN = 18; // a little wider than the pad's: a thumbnail is small
const THIN = 0.11; // of the digit's longer side: with that pen a small digit would be a blot

/** @typedef {{ name: string, strokes: number[][] }} Example strokes: [x, y, x, y, ...] for each */

/** Thumbnails of the examples. */
export class Examples {
  #thumbnails;

  /**
   * @param {HTMLElement} place
   * @param {Example[]} examples
   * @param {(strokes: number[][]) => void} onchoose
   */
  constructor(place, examples, onchoose) {
    this.#thumbnails = examples.map(({ name, strokes }) => {
      const button = create("button", { type: "button", className: "example" });
      const canvas = create("canvas");
      button.append(canvas);
      button.addEventListener("click", () => onchoose(strokes));
      if (/^\d$/.test(name)) setLabel(button, "examples.digit", { name });
      else setLabel(button, /** @type {Word} */ (`examples.${name}`));
      return { button, strokes, ink: new Ink(canvas) };
    });
    place.prepend(...this.#thumbnails.map(({ button }) => button));
  }

  paint() {
    for (const { ink, strokes } of this.#thumbnails) {
      ink.fit();
      ink.clear();
      const width = Math.min(THUMBNAIL_PEN, THIN * extentOf(strokes));
      for (const points of strokes) ink.stroke({ points, width });
    }
  }
}

/** The longer side of their box. @param {number[][]} strokes */
function extentOf(strokes) {
  const sides = [0, 1].map((axis) => {
    const along = strokes.flatMap((points) => points.filter((_, i) => i % 2 === axis));
    return Math.max(...along) - Math.min(...along);
  });
  return Math.max(...sides);
}
