/** @import { Drawing } from "./drawing.js" */

import { load, save } from "../shared/storage.js";
import { isDrawing, isEmpty, NOTHING } from "./drawing.js";
import { History } from "./history.js";
import { Ink } from "./ink.js";
import { decoded } from "./picture.js";

const KEY = "drawing";

/** The drawing with its history, and its picture on the screen. */
export class Sheet {
  #ink;
  #history;
  /** @type {{ url: string, image: HTMLImageElement | null } | null} the last picture, decoded */
  #picture = null;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {() => void} onchange called when what is shown has changed, and was painted
   */
  constructor(canvas, onchange) {
    const saved = load(KEY, "sessionStorage");
    this.#ink = new Ink(canvas);
    this.#history = new History(isDrawing(saved) ? saved : NOTHING);
    this.onchange = onchange;
    this.inked = performance.now(); // when the newest ink was made
  }

  get drawing() {
    return this.#history.shown;
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
   * Show a drawing that is still under way.
   *
   * @param {Drawing} drawing
   * @param {number} inked when its newest ink was made
   */
  draft(drawing, inked = performance.now()) {
    this.#history.draft(drawing);
    this.#change(inked);
  }

  /** What was under way is done, and a step. */
  commit() {
    this.#history.commit();
    this.#change(this.inked);
    this.#keep();
  }

  /** What was under way is taken back, as if it had never been; nobody is told. */
  cancel() {
    this.#history.cancel();
    this.repaint();
  }

  /** @param {Drawing} drawing */
  replace(drawing) {
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
    if (this.#ink.fit()) this.repaint();
  }

  repaint() {
    const { strokes, picture } = this.drawing;
    this.#ink.clear();
    if (this.#picture?.image && this.#picture.url === picture) {
      this.#ink.picture(this.#picture.image);
    }
    for (const stroke of strokes) this.#ink.stroke(stroke);
  }

  /** @param {number} inked */
  async #change(inked = performance.now()) {
    this.inked = inked;
    const { picture } = this.drawing;
    // Without a picture nothing is waited for: ink is painted in the frame of its event.
    if (picture && picture !== this.#picture?.url) {
      const image = await decoded(picture).catch(() => null);
      if (picture !== this.drawing.picture) return; // it changed again meanwhile
      this.#picture = { url: picture, image };
    }
    this.repaint();
    this.onchange();
  }

  /** Gradio reloads the page when its server comes back; the drawing outlives that. */
  #keep() {
    save(KEY, this.drawing, "sessionStorage");
  }
}
