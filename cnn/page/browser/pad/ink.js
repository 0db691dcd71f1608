/** @import { Stroke } from "./drawing.js" */

import { CANVAS } from "./drawing.js";

/** Round, smooth ink on a canvas that is as sharp as the screen. */
export class Ink {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (
      canvas.getContext("2d", { desynchronized: true })
    );
  }

  /** Fit the canvas to its place on the screen; says whether its size changed. */
  fit() {
    const side = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (!side || side === this.canvas.width) return false;
    this.canvas.width = this.canvas.height = side;
    return true;
  }

  clear() {
    const { context, canvas } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const scale = canvas.width / CANVAS;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = context.fillStyle = getComputedStyle(canvas).color;
  }

  /**
   * Between the middles of neighbouring segments runs a parabola whose handle is the point itself,
   * so the line bends where the hand did.
   *
   * @param {Stroke} stroke
   */
  stroke({ points, width }) {
    const { context } = this;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(points[0], points[1]);
    for (let i = 2; i + 3 < points.length; i += 2) {
      const middleX = (points[i] + points[i + 2]) / 2;
      const middleY = (points[i + 1] + points[i + 3]) / 2;
      context.quadraticCurveTo(points[i], points[i + 1], middleX, middleY);
    }
    const [x, y] = points.slice(-2);
    context.lineTo(x, y); // a single point becomes a dot, by its round caps
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
