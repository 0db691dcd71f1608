// An outline around each digit of a number, and which digit is where.

/**
 * @import { Answer, Box } from "../shared/answer.js"
 * @import { Lit } from "../shared/store.js"
 * @import { Place } from "./input.js"
 */

import { PEN, PIXELS, SIDE, SMALLEST } from "../engine/strokes.js";
import { create, find } from "../shared/dom.js";
import { CANVAS, store } from "../shared/store.js";

export class Outlines {
  /** @type {Box[]} */
  #boxes = [];

  /**
   * @param {HTMLElement} place
   * @param {() => number} inkWidth of the drawing, in its units
   */
  constructor(place, inkWidth) {
    this.place = place;
    this.inkWidth = inkWidth;
  }

  /** @param {Answer} answer */
  paint({ digits, followed, drawing }) {
    const boxes = digits.length > 1 ? digits.map(({ box }) => box) : [];
    // A tap begins as a dot, which may join a digit or count as one: look what it taps up in the
    // boxes from before.
    if (!drawing) this.#boxes = boxes;
    const margin = this.inkWidth() / 2 / CANVAS; // a box goes through the middle of the ink
    this.place.replaceChildren(...boxes.map((box, i) => outline(box, margin, i === followed)));
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {number | null} which digit of a number is at this place or has its ink there
   */
  digitAt(x, y) {
    const [across, down] = [x / CANVAS, y / CANVAS];
    const away = this.#boxes.map(([left, top, right, bottom]) =>
      Math.max(left - across, across - right, top - down, down - bottom, 0)
    );
    const nearest = Math.min(...away);
    return nearest <= this.inkWidth() / 2 / CANVAS ? away.indexOf(nearest) : null;
  }
}

/**
 * @param {Box} box
 * @param {number} margin
 * @param {boolean} followed
 */
function outline([left, top, right, bottom], margin, followed) {
  const element = create("i");
  /** @param {number} share */
  const percent = (share) => `${100 * (share - margin)}%`;
  element.style.inset = [top, 1 - right, 1 - bottom, left].map(percent).join(" ");
  element.classList.toggle("followed", followed);
  return element;
}

// Where the 28 x 28 pixels that the network sees lie on the pad.

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
 * @param {Box} box of the digit on the pad: around the middle of the pen's line, or a picture's ink
 * @param {boolean} isDrawn by strokes, not a picture
 * @returns {Frame | null} null: nothing is seen
 */
function frameOnPad(seen, [left, top, right, bottom], isDrawn) {
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

/**
 * The part of a line from one place to another that lies within a square, by Liang and Barsky.
 *
 * @param {Place} from
 * @param {Place} to
 * @param {number} side of the square, whose left top corner is (0, 0)
 * @returns {[Place, Place] | null} an end within is the very same object; null: no part is within
 */
export function within(from, to, side) {
  let [enters, leaves] = [0, 1]; // shares of the way
  for (const axis of [0, 1]) {
    const way = to[axis] - from[axis];
    const [low, high] = [-from[axis], side - from[axis]];
    if (way === 0) {
      if (low > 0 || high < 0) return null; // outside all the way
      continue;
    }
    const [first, second] = way > 0 ? [low / way, high / way] : [high / way, low / way];
    enters = Math.max(enters, first);
    leaves = Math.min(leaves, second);
  }
  if (enters > leaves) return null;
  /** @param {number} share @returns {Place} */
  const at = (share) => [
    clamped(from[0] + share * (to[0] - from[0]), side),
    clamped(from[1] + share * (to[1] - from[1]), side),
  ];
  return [enters === 0 ? from : at(enters), leaves === 1 ? to : at(leaves)];
}

/**
 * @param {number} at
 * @param {number} side
 */
export const clamped = (at, side) => Math.min(side, Math.max(0, at));

// Highlights on the ink what is pointed at in the network. An overlay: the ink is not repainted.

const LEAST = 0.35; // how opaque the weakest of the traced pixels is

/** @param {HTMLElement} element that lies over the ink */
export function lightPad(element) {
  const frame = find(element, ".frame");
  const field = find(element, ".field");
  const place = find(element, ".ink");

  function paint() {
    const [lit, answer] = [store.get("lit"), store.get("answer")];
    const isLit = lit !== null && moveFrame(answer);
    element.hidden = !isLit;
    if (!isLit) return;
    element.classList.toggle("drawing", answer.drawing);
    element.classList.toggle("inked", lit.ink.length > 0);
    showField(lit);
    showInk(lit);
  }

  /** @param {Answer} answer @returns {boolean} whether there is anything to light */
  function moveFrame({ blank, digits, followed, seen }) {
    if (blank) return false;
    const { box, strokes } = digits[followed];
    const at = frameOnPad(seen, box, strokes.length > 0);
    if (!at) return false;
    frame.style.left = `${100 * at.left}%`;
    frame.style.top = `${100 * at.top}%`;
    frame.style.width = frame.style.height = `${100 * at.side}%`;
    return true;
  }

  /** @param {Lit} lit */
  function showField({ field: rect }) {
    field.hidden = !rect;
    if (!rect) return;
    const { top, left, bottom, right } = rect;
    const percents = [top, PIXELS - right, PIXELS - bottom, left].map((px) =>
      `${100 * px / PIXELS}%`
    );
    field.style.inset = percents.join(" ");
  }

  /** @param {Lit} lit */
  function showInk({ ink }) {
    const most = ink[0]?.share ?? 1;
    place.replaceChildren(...ink.map(({ index, share }) => pixelAt(index, share / most)));
  }

  store.subscribe("lit", paint);
  store.subscribe("answer", () => store.get("lit") && paint());
}

/**
 * @param {number} index of a pixel that the network sees
 * @param {number} share from 0 to 1
 */
function pixelAt(index, share) {
  const pixel = create("i");
  pixel.dataset.pixel = `${index}`;
  pixel.style.left = `${100 * (index % PIXELS) / PIXELS}%`;
  pixel.style.top = `${100 * Math.floor(index / PIXELS) / PIXELS}%`;
  pixel.style.opacity = `${LEAST + (1 - LEAST) * share}`;
  return pixel;
}
