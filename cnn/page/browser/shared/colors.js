// Values as colours: blue below zero, the paper at zero, orange above.

import "./theme.js"; // which keeps the store's theme
import { store } from "./store.js";

// They agree with --below, --zero and --above of page.css.
const COLORS = {
  light: { below: [24, 94, 168], zero: [250, 248, 243], above: [214, 84, 0] },
  dark: { below: [88, 176, 255], zero: [22, 25, 31], above: [255, 166, 64] },
};
const STEPS = 2048; // on either side of zero: neighbours differ by less than a colour can
const LIFT = 0.8; // a power below 1 lifts faint values off the paper: a weak map is still a picture

/** @type {{ light?: Uint32Array, dark?: Uint32Array }} */
const tables = {};

/** The colours from -1 to 1 in `2 * STEPS + 1` steps, each a pixel of little-endian RGBA. */
function colorTable() {
  const theme = store.get("theme");
  return tables[theme] ??= Uint32Array.from({ length: 2 * STEPS + 1 }, (_, i) => {
    const value = i / STEPS - 1;
    const { below, zero, above } = COLORS[theme];
    const far = value < 0 ? below : above;
    const share = Math.abs(value) ** LIFT;
    const [r, g, b] = zero.map((from, channel) => Math.round(from + (far[channel] - from) * share));
    return (255 << 24) | (b << 16) | (g << 8) | r;
  });
}

/** A canvas of one pixel per value; CSS enlarges it without smoothing. */
export class Pixels {
  /**
   * @param {number} width
   * @param {number} height
   * @param {HTMLCanvasElement} canvas
   */
  constructor(width, height, canvas = document.createElement("canvas")) {
    this.canvas = canvas;
    canvas.width = width;
    canvas.height = height;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.image = this.context.createImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /**
   * Paint the values row by row. Colours end at the scale: what lies beyond gets the last one.
   *
   * @param {ArrayLike<number>} values one for each pixel; a pixel without one stays transparent
   * @param {number} scale the value with the last colour, above 0
   */
  paint(values, scale) {
    const { pixels } = this;
    const colors = colorTable();
    const steps = STEPS / scale;
    for (let i = 0; i < pixels.length; i++) {
      const step = Math.round(values[i] * steps);
      pixels[i] = colors[STEPS + (step > STEPS ? STEPS : step < -STEPS ? -STEPS : step)];
    }
    this.context.putImageData(this.image, 0, 0);
  }
}
