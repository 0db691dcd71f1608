// The ink itself, with its colour and its pen, before it is pixels.

import { create } from "../../../shared/dom.js";
import { CANVAS } from "../../../shared/drawing.js";

const SIDE = 280; // px of the canvas
const PEN = 22; // of the pad's units: about as wide as its pen

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */

/** A square picture of strokes. */
export function inkPicture() {
  const element = create("div", { className: "ink" });
  const canvas = create("canvas", { width: SIDE, height: SIDE });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  element.append(canvas);
  return {
    element,
    /**
     * @param {readonly number[][]} strokes
     * @param {Box | null} view the part of the pad that fills the picture; null: all of it
     * @param {Box | null} box outlined, with the pen's width around
     */
    paint(strokes, view, box) {
      const colors = getComputedStyle(element);
      const extent = view ? Math.max(view.right - view.left, view.bottom - view.top, 1) : CANVAS;
      const room = view ? extent + PEN : extent;
      const scale = SIDE / room;
      const middle = view
        ? [(view.left + view.right) / 2, (view.top + view.bottom) / 2]
        : [CANVAS / 2, CANVAS / 2];
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, SIDE, SIDE);
      context.setTransform(
        scale,
        0,
        0,
        scale,
        SIDE / 2 - scale * middle[0],
        SIDE / 2 - scale * middle[1],
      );
      context.lineWidth = PEN;
      context.lineCap = context.lineJoin = "round";
      context.strokeStyle = colors.color;
      for (const stroke of strokes) line(context, stroke);
      if (!box) return;
      context.lineWidth = 3 / scale;
      context.strokeStyle = colors.getPropertyValue("--in");
      const edge = PEN / 2;
      context.strokeRect(
        box.left - edge,
        box.top - edge,
        box.right - box.left + PEN,
        box.bottom - box.top + PEN,
      );
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {number[]} stroke */
function line(context, stroke) {
  context.beginPath();
  context.moveTo(stroke[0], stroke[1]);
  // a little beside each point: a line of no length would get no round caps
  for (let i = 0; i < stroke.length; i += 2) context.lineTo(stroke[i] + 0.01, stroke[i + 1]);
  context.stroke();
}
