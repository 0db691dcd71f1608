// One pointer at a time on the pad: mouse, finger or pen.

import { CANVAS } from "../shared/drawing.js";

const PEN_ERASER_BUTTON = 5; // PointerEvent.button of a stylus turned round
const PEN_ERASER_BUTTONS = 32; // and its bit in PointerEvent.buttons

/** @typedef {[x: number, y: number]} Place on the canvas or beside it, in its units */

/**
 * What the pointer does: the pen draws, the eraser erases. Times are those of the events.
 *
 * @typedef {object} Tool
 * @property {(at: Place, time: number) => void} down
 * @property {(places: Place[], time: number) => void} move
 * @property {() => void} up
 * @property {() => void} cancel as if it had never been down
 */

export class Pointer {
  /** @type {{ id: number, tool: Tool } | null} the one that is down; others are ignored meanwhile */
  #down = null;

  /**
   * @param {HTMLElement} surface
   * @param {HTMLElement} canvas that the places are on
   * @param {(turned: boolean) => Tool} choose the tool, when a pointer comes down; turned: a
   *   stylus with its eraser
   */
  constructor(surface, canvas, choose) {
    this.canvas = canvas;
    this.choose = choose;
    surface.addEventListener("pointerdown", (event) => this.#press(event, surface));
    surface.addEventListener("pointermove", (event) => this.#move(event));
    surface.addEventListener("pointerup", (event) => this.#lift(event));
    surface.addEventListener("pointercancel", (event) => this.#lift(event));
    surface.addEventListener("lostpointercapture", (event) => this.#lift(event));
    surface.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  get isDown() {
    return this.#down !== null;
  }

  /** @param {PointerEvent} event @param {HTMLElement} surface */
  #press(event, surface) {
    if (this.isDown || (event.button !== 0 && event.button !== PEN_ERASER_BUTTON)) return;
    event.preventDefault();
    surface.setPointerCapture(event.pointerId);
    const tool = this.choose((event.buttons & PEN_ERASER_BUTTONS) !== 0);
    this.#down = { id: event.pointerId, tool };
    tool.down(this.#place(event), event.timeStamp);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.#down?.id) return;
    const coalesced = event.getCoalescedEvents?.() ?? []; // Safari has it from 18.2
    const places = (coalesced.length ? coalesced : [event]).map((each) => this.#place(each));
    this.#down.tool.move(places, event.timeStamp);
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    if (event.pointerId !== this.#down?.id) return;
    const { tool } = this.#down;
    this.#down = null;
    tool.up();
  }

  /**
   * @param {PointerEvent} event
   * @returns {Place} beside the canvas, too, where the pointer was dragged off it
   */
  #place(event) {
    const { left, top, width } = this.canvas.getBoundingClientRect();
    const unit = CANVAS / width;
    return [(event.clientX - left) * unit, (event.clientY - top) * unit];
  }
}
