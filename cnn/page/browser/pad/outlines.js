// Around each digit of a number an outline, and which digit is where.

/** @import { Answer, Box } from "../shared/answer.js" */

import { create } from "../shared/dom.js";
import { CANVAS } from "../shared/drawing.js";

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
    // A tap begins as a dot, which may join a digit or be one: what it taps was there before it.
    if (!drawing) this.#boxes = boxes;
    const margin = this.inkWidth() / 2 / CANVAS; // a box goes through the middle of the ink
    this.place.replaceChildren(...boxes.map((box, i) => outline(box, margin, i === followed)));
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {number | null} which digit of a number is there: it, or its ink
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
