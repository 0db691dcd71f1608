/** @import { Stroke } from "../shared/store.js" */

import { CANVAS } from "../shared/store.js";

const DOT = 0.01; // a line of no length would get no round caps, and a tap would leave no ink

/** Round, smooth ink on a canvas. */
export class Ink {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas = document.createElement("canvas")) {
    this.canvas = canvas;
    // Not desynchronized: the ink must appear in the same frame as the maps, not before them.
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  }

  /** Fit the canvas to its place, as sharp as the screen; returns whether its size changed. */
  fit() {
    const side = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (!side || side === this.canvas.width) return false;
    this.resize(side);
    return true;
  }

  /** @param {number} side in pixels */
  resize(side) {
    this.canvas.width = this.canvas.height = side;
  }

  /** @param {string} color of the ink to come; by default the colour in the canvas's style */
  clear(color = getComputedStyle(this.canvas).color) {
    const { context, canvas } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const scale = canvas.width / CANVAS;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = context.fillStyle = color;
  }

  /**
   * Draw the stroke, or only the part whose line bends at the points `from` up to but not including
   * `to`.
   *
   * A parabola runs between the midpoints of neighbouring segments, with the point itself as its
   * control point, so the line bends where the hand did.
   *
   * @param {Stroke} stroke
   * @param {number} from counted from 0; not 1
   * @param {number} [to] by default to the stroke's end
   */
  stroke({ points, width }, from = 0, to) {
    const { context } = this;
    const last = points.length / 2 - 1;
    /** @param {number} i */
    const middle = (i) => [
      (points[2 * i] + points[2 * i + 2]) / 2,
      (points[2 * i + 1] + points[2 * i + 3]) / 2,
    ];
    context.lineWidth = width;
    context.beginPath();
    const [startX, startY] = from ? middle(from - 1) : points;
    context.moveTo(startX, startY);
    for (let i = Math.max(1, from); i < (to ?? last); i++) {
      const [x, y] = middle(i);
      context.quadraticCurveTo(points[2 * i], points[2 * i + 1], x, y);
    }
    if (to === undefined) context.lineTo(points[2 * last] + DOT, points[2 * last + 1]);
    context.stroke();
  }

  /** @param {HTMLImageElement} image */
  picture(image) {
    const scale = CANVAS / Math.max(image.width, image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    this.context.imageSmoothingEnabled = scale < 1; // a 28-pixel picture keeps its pixels
    this.context.drawImage(image, (CANVAS - width) / 2, (CANVAS - height) / 2, width, height);
  }
}

// The pad's ink in layers, so that an event costs what it adds, however much is drawn already.

const MAX_FRESH = 48; // points of the growing stroke that are repainted with each event
const SETTLING = 2; // points at its end that may still bend the line: they stay fresh
const EDGE = 2; // px around ink, for its soft edge

/** @typedef {{ left: number, top: number, width: number, height: number }} Region in pixels */

/**
 * Three layers make up what is seen, each also holding what is below it: the finished strokes; the
 * firm part of the growing stroke; and its fresh end, which only the visible canvas has. The end is
 * repainted with each event, because the line may still bend there, and as one line, because ink
 * that is pieced together has knots where its soft edges overlap.
 */
export class InkLayers {
  #finished = new Ink();
  #firm = new Ink();
  #seen;
  /** @type {Stroke[]} those on the layer of finished strokes */
  #strokes = [];
  /** @type {HTMLImageElement | null} below them */
  #image = null;
  /** @type {Stroke | null} that grows */
  #growing = null;
  #from = 0; // its first point that is not firm yet
  #isStale = true; // everything is to be repainted

  /** @param {HTMLCanvasElement} canvas that is seen */
  constructor(canvas) {
    this.#seen = new Ink(canvas);
  }

  /** Fit the canvas to its place; returns whether its size changed, which leaves it empty. */
  fit() {
    if (!this.#seen.fit()) return false;
    for (const ink of [this.#finished, this.#firm]) ink.resize(this.#seen.canvas.width);
    this.#isStale = true;
    return true;
  }

  /** Have everything repainted the next time: the colour may have changed. */
  forget() {
    this.#isStale = true;
  }

  /**
   * @param {Stroke[]} strokes those that were here before are the same objects
   * @param {HTMLImageElement | null} image below them
   * @param {boolean} grows whether the last stroke is still growing
   */
  paint(strokes, image, grows) {
    const growing = grows ? strokes.at(-1) ?? null : null;
    const finished = growing ? strokes.slice(0, -1) : strokes;
    const changed = this.#finish(finished, image);
    if (changed || growing !== this.#growing || this.#hasShrunk(growing)) this.#begin(growing);
    if (growing) this.#grow(growing);
  }

  /**
   * Bring the layer of finished strokes up to date; returns whether it changed.
   *
   * @param {Stroke[]} strokes
   * @param {HTMLImageElement | null} image
   */
  #finish(strokes, image) {
    const before = this.#strokes;
    const continues = !this.#isStale && image === this.#image &&
      before.every((stroke, i) => stroke === strokes[i]);
    if (continues && strokes.length === before.length) return false;
    if (!continues) {
      const { color } = getComputedStyle(this.#seen.canvas);
      for (const ink of [this.#finished, this.#firm, this.#seen]) ink.clear(color);
      if (image) this.#finished.picture(image);
    }
    for (const stroke of continues ? strokes.slice(before.length) : strokes) {
      this.#finished.stroke(stroke);
    }
    this.#strokes = strokes;
    this.#image = image;
    this.#isStale = false;
    return true;
  }

  /** @param {Stroke | null} growing a stroke of which nothing is painted yet; null: none */
  #begin(growing) {
    const { width, height } = this.#seen.canvas;
    const all = { left: 0, top: 0, width, height };
    copy(this.#finished, this.#seen, all);
    if (growing) copy(this.#finished, this.#firm, all);
    this.#growing = growing;
    this.#from = 0;
  }

  /** @param {Stroke | null} growing whose points may have been thinned out */
  #hasShrunk(growing) {
    return growing !== null && growing.points.length / 2 < this.#from + SETTLING;
  }

  /** @param {Stroke} stroke */
  #grow(stroke) {
    const region = this.#around(stroke, this.#from);
    const count = stroke.points.length / 2;
    if (count - this.#from > MAX_FRESH) {
      this.#firm.stroke(stroke, this.#from, count - SETTLING);
      this.#from = count - SETTLING;
    }
    copy(this.#firm, this.#seen, region);
    this.#seen.stroke(stroke, this.#from);
  }

  /**
   * @param {Stroke} stroke
   * @param {number} from
   * @returns {Region} around its ink from this point on
   */
  #around({ points, width }, from) {
    const scale = this.#seen.canvas.width / CANVAS;
    const margin = width / 2 * scale + EDGE;
    let [left, top, right, bottom] = [CANVAS, CANVAS, 0, 0];
    for (let i = Math.max(0, 2 * from - 2); i < points.length; i += 2) {
      left = Math.min(left, points[i]);
      right = Math.max(right, points[i]);
      top = Math.min(top, points[i + 1]);
      bottom = Math.max(bottom, points[i + 1]);
    }
    const [x, y] = [left, top].map((at) => Math.max(0, Math.floor(at * scale - margin)));
    const [endX, endY] = [right, bottom].map((at) =>
      Math.min(this.#seen.canvas.width, Math.ceil(at * scale + margin))
    );
    return { left: x, top: y, width: endX - x, height: endY - y };
  }
}

/**
 * Replace a region of one layer by that of another.
 *
 * @param {Ink} from
 * @param {Ink} to
 * @param {Region} region
 */
function copy(from, to, { left, top, width, height }) {
  const { context } = to;
  if (!width || !height) return;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(left, top, width, height);
  context.drawImage(from.canvas, left, top, width, height, left, top, width, height);
  context.restore();
}
