// Around each digit of a number an outline, and which digit is where.

/** @import { Answer, Box } from "../shared/answer.js" */

import { create } from "../shared/dom.js";
import { CANVAS } from "./drawing.js";
import { PEN } from "./pen.js";

const MARGIN = PEN / 2 / CANVAS; // a box goes through the middle of the ink; in shares of the pad

export class Outlines {
  /** @type {Box[]} */
  #boxes = [];

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
  }

  /** @param {Answer} answer */
  paint({ digits, followed, drawing }) {
    const boxes = digits.length > 1 ? digits.map(({ box }) => box) : [];
    // A tap begins as a dot, which may join a digit or be one: what it taps was there before it.
    if (!drawing) this.#boxes = boxes;
    this.place.replaceChildren(...boxes.map((box, i) => outline(box, i === followed)));
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {number | null} which digit of a number is there
   */
  digitAt(x, y) {
    const [across, down] = [x / CANVAS, y / CANVAS];
    const index = this.#boxes.findIndex(([left, top, right, bottom]) =>
      across > left && across < right && down > top && down < bottom
    );
    return index < 0 ? null : index;
  }
}

/**
 * @param {Box} box
 * @param {boolean} followed
 */
function outline([left, top, right, bottom], followed) {
  const element = create("i");
  /** @param {number} share */
  const percent = (share) => `${100 * (share - MARGIN)}%`;
  element.style.inset = [top, 1 - right, 1 - bottom, left].map(percent).join(" ");
  element.classList.toggle("followed", followed);
  return element;
}
