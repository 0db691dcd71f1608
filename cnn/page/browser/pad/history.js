/** @import { Drawing } from "../shared/drawing.js" */

const MOST_STEPS = 200;
const MOST_PICTURES = 6_000_000; // characters of all data URLs in the past: ten large pictures or so

/**
 * The drawing, its past and its future.
 *
 * What is still under way, a stroke under the pen, is a draft: it is shown, but it is a step only
 * once it is committed, and cancelled it leaves past and future as they were.
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
    while (this.#past.length > MOST_STEPS || pictures > MOST_PICTURES) {
      pictures -= sizeOf(/** @type {Drawing} */ (this.#past.shift()));
    }
  }
}

/** @param {Drawing} drawing */
const sizeOf = ({ picture }) => picture?.length ?? 0;
