// One pointer at a time on the pad: mouse, finger or pen.

import { CANVAS } from "../shared/store.js";
import { clamped } from "./overlays.js";

const PEN_ERASER_BUTTON = 5; // PointerEvent.button of a stylus's eraser end
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
   * @param {(turned: boolean) => Tool | null} choose the tool, when a pointer comes down; turned:
   *   whether it is a stylus's eraser end
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
    if (!tool) return;
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

// The pad by keyboard: a cursor that arrows move, and the pen under it.

const STEP = 8; // of the cursor, in the drawing's units: half the ink's width
const FINE_STEP = 2; // with Shift

/** @type {Record<string, [x: number, y: number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Arrow keys move the cursor, two together diagonally. Space puts the pen down, Enter lifts it,
 * Escape takes back what it drew.
 */
export class Keyboard {
  /** @type {Tool | null} that is down */
  #tool = null;
  /** @type {Place} */
  #at = [CANVAS / 2, CANVAS / 2];
  #held = new Set(); // arrows

  /**
   * @param {HTMLElement} surface that has the focus
   * @param {HTMLElement} cursor
   * @param {object} on
   * @param {() => void} on.use called when it begins to draw or to move
   * @param {() => Tool | null} on.choose the tool, when it is put down; null: not now
   * @param {(isDown: boolean, x: number, y: number) => void} on.tell called when the cursor has
   *   come to rest, and after each key that acts on the pen; x, y: percent of the pad
   */
  constructor(surface, cursor, { use, choose, tell }) {
    this.cursor = cursor;
    this.use = use;
    this.choose = choose;
    this.tell = tell;
    surface.addEventListener("keydown", (event) => this.#press(event));
    surface.addEventListener("keyup", ({ key }) => {
      if (this.#held.delete(key) && this.#held.size === 0) this.#tell();
    });
    surface.addEventListener("focus", () => this.#show(surface.matches(":focus-visible")));
    surface.addEventListener("blur", () => {
      this.lift();
      this.#held.clear();
      this.#show(false);
    });
    surface.addEventListener("pointerdown", () => this.#show(false));
  }

  get isDown() {
    return this.#tool !== null;
  }

  /** Finish what is being drawn. */
  lift() {
    const tool = this.#tool;
    this.#tool = null;
    this.cursor.classList.remove("down");
    tool?.up();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key, shiftKey, timeStamp, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (key in WAYS || key === " ") this.use();
    if (key in WAYS) this.#move(key, shiftKey ? FINE_STEP : STEP, timeStamp);
    else if (key === " ") this.#putDown(timeStamp);
    else if (key === "Enter") this.lift();
    else if (key === "Escape" && this.isDown) this.#cancel();
    else return;
    if (!(key in WAYS)) this.#tell();
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} arrow @param {number} step @param {number} time */
  #move(arrow, step, time) {
    this.#held.add(arrow);
    for (const held of this.#held) {
      const [x, y] = WAYS[held];
      this.#at = [
        clamped(this.#at[0] + step * x, CANVAS),
        clamped(this.#at[1] + step * y, CANVAS),
      ];
    }
    this.#show(true);
    this.#tool?.move([this.#at], time);
  }

  /** @param {number} time */
  #putDown(time) {
    this.#show(true);
    if (this.isDown) return;
    this.#tool = this.choose();
    this.#tool?.down(this.#at, time);
    this.cursor.classList.toggle("down", this.isDown);
  }

  #cancel() {
    const tool = this.#tool;
    this.#tool = null;
    this.cursor.classList.remove("down");
    tool?.cancel();
  }

  #tell() {
    const [x, y] = this.#at.map((at) => Math.round(100 * at / CANVAS));
    this.tell(this.isDown, x, y);
  }

  /** @param {boolean} isShown */
  #show(isShown) {
    const [x, y] = this.#at.map((at) => `${100 * at / CANVAS}%`);
    this.cursor.hidden = !isShown;
    this.cursor.style.left = x;
    this.cursor.style.top = y;
  }
}
