/** @import { Stroke } from "../shared/drawing.js" */

import { CANVAS } from "../shared/drawing.js";

const DOT = 0.01; // a line of no length at all would get no round caps, and a tap leave no ink

/** Round, smooth ink on a canvas. */
export class Ink {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas = document.createElement("canvas")) {
    this.canvas = canvas;
    // Not desynchronized: the ink is to appear in the frame of the maps, not before them.
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  }

  /** Fit the canvas to its place, as sharp as the screen; says whether its size changed. */
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

  /** @param {string} color of the ink to come; by default the canvas's own in its style */
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
   * The stroke, or the part of its line that bends at the points `from` up to, without, `to`.
   *
   * Between the middles of neighbouring segments runs a parabola whose handle is the point itself,
   * so the line bends where the hand did.
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
