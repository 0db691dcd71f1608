/** @import { Drawing, Stroke } from "../shared/store.js" */

import { isDrawing, isEmpty, load, NOTHING, save } from "../shared/store.js";
import { Ink, InkLayers } from "./ink.js";
import { decoded } from "./pictures.js";

const KEY = "drawing";

/** The drawing with its history, and its picture on the screen. */
export class Sheet {
  #layers;
  #history;
  /** @type {Drawing | null} shown to the reader, who did not draw it */
  #preview = null;
  /** @type {{ url: string, image: HTMLImageElement | null } | null} the last picture, decoded */
  #picture = null;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {() => void} onchange called when what is shown has changed, and was painted
   */
  constructor(canvas, onchange) {
    const saved = load(KEY, "sessionStorage");
    this.wasRestored = isDrawing(saved);
    this.#layers = new InkLayers(canvas);
    this.#history = new History(isDrawing(saved) ? saved : NOTHING);
    this.onchange = onchange;
    this.inked = performance.now(); // when the newest ink was made
  }

  get drawing() {
    return this.#preview ?? this.#history.shown;
  }

  get isEmpty() {
    return isEmpty(this.drawing);
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  /**
   * Show a drawing that is not a step and not saved, until null is shown, or anything is drawn.
   *
   * @param {Drawing | null} drawing
   */
  preview(drawing) {
    this.#preview = drawing;
    this.#change();
  }

  /**
   * Show a drawing that is still under way; the stroke that grows is its last.
   *
   * @param {Drawing} drawing
   * @param {number} inked when its newest ink was made
   */
  draft(drawing, inked = performance.now()) {
    this.#preview = null;
    this.#history.draft(drawing);
    this.#change(inked);
  }

  /** Finish what is under way: it becomes a step. */
  commit() {
    this.#history.commit();
    this.#change(this.inked);
    this.#keep();
  }

  /** Take back what is under way, as if it had never been. */
  cancel() {
    this.#history.cancel();
    this.#change();
  }

  /** @param {Drawing} drawing */
  replace(drawing) {
    this.#preview = null;
    this.#history.replace(drawing);
    this.#change();
    this.#keep();
  }

  undo() {
    if (!this.canUndo) return;
    this.#history.undo();
    this.#change();
    this.#keep();
  }

  redo() {
    if (!this.canRedo) return;
    this.#history.redo();
    this.#change();
    this.#keep();
  }

  clear() {
    if (!this.isEmpty) this.replace(NOTHING);
  }

  /** Begin: show what was restored. */
  open() {
    this.fit();
    this.#change();
  }

  fit() {
    if (this.#layers.fit()) this.#paint();
  }

  /** Repaint everything in the current colour. */
  repaint() {
    this.#layers.forget();
    this.#paint();
  }

  /**
   * Paint the drawing on another canvas, over what is there.
   *
   * @param {HTMLCanvasElement} canvas square
   * @param {string} color of the ink
   * @param {Stroke[]} strokes others than those that are shown
   */
  paintOn(canvas, color, strokes = this.drawing.strokes) {
    const ink = new Ink(canvas);
    ink.clear(color);
    const image = this.#image();
    if (image) ink.picture(image);
    for (const stroke of strokes) ink.stroke(stroke);
  }

  #paint() {
    const grows = this.#preview !== null || this.#history.isUnderWay;
    this.#layers.paint(this.drawing.strokes, this.#image(), grows);
  }

  /** The picture of the drawing, decoded; null where there is none, or none yet. */
  #image() {
    const { picture } = this.drawing;
    return picture !== null && this.#picture?.url === picture ? this.#picture.image : null;
  }

  /** @param {number} inked */
  async #change(inked = performance.now()) {
    this.inked = inked;
    const { picture } = this.drawing;
    // Without a picture there is nothing to wait for: ink is painted in the same frame as its
    // event.
    if (picture && picture !== this.#picture?.url) {
      const image = await decoded(picture).catch(() => null);
      if (picture !== this.drawing.picture) return; // it changed again meanwhile
      this.#picture = { url: picture, image };
    }
    this.#paint();
    this.onchange();
  }

  /** Save the drawing: Gradio reloads the page when its server comes back. */
  #keep() {
    save(KEY, this.drawing, "sessionStorage");
  }
}

const MAX_STEPS = 200;
const MAX_PICTURES = 6_000_000; // characters of all data URLs in the past: ten large pictures or so

/**
 * The drawing, its past and its future.
 *
 * What is still under way, such as a stroke under the pen, is a draft: it is shown but becomes a
 * step only when it is committed; when it is cancelled, past and future are as they were.
 */
export class History {
  /** @type {Drawing[]} */
  #past = [];
  /** @type {Drawing[]} the next one last */
  #future = [];
  /** @type {Drawing | null} */
  #draft = null;
  /** @type {Drawing} */
  #now;

  /** @param {Drawing} now */
  constructor(now) {
    this.#now = now;
  }

  get shown() {
    return this.#draft ?? this.#now;
  }

  get isUnderWay() {
    return this.#draft !== null;
  }

  get canUndo() {
    return this.isUnderWay || this.#past.length > 0;
  }

  get canRedo() {
    return !this.isUnderWay && this.#future.length > 0;
  }

  /** @param {Drawing} drawing */
  draft(drawing) {
    this.#draft = drawing;
  }

  cancel() {
    this.#draft = null;
  }

  commit() {
    if (this.#draft) this.replace(this.#draft);
  }

  /** @param {Drawing} next */
  replace(next) {
    this.#past.push(this.#now);
    this.#future = [];
    this.#draft = null;
    this.#now = next;
    this.#forget();
  }

  undo() {
    this.commit();
    const before = this.#past.pop();
    if (!before) return;
    this.#future.push(this.#now);
    this.#now = before;
  }

  redo() {
    const next = this.#future.pop();
    if (!next) return;
    this.#past.push(this.#now);
    this.#now = next;
  }

  /** Drop the oldest steps where there are too many, or too large ones. */
  #forget() {
    let pictures = this.#past.reduce((sum, drawing) => sum + sizeOf(drawing), 0);
    while (this.#past.length > MAX_STEPS || pictures > MAX_PICTURES) {
      pictures -= sizeOf(/** @type {Drawing} */ (this.#past.shift()));
    }
  }
}

/** @param {Drawing} drawing */
const sizeOf = ({ picture }) => picture?.length ?? 0;
