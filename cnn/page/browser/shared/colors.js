// Values as colours: blue below zero, the paper at zero, orange above.

/** @import { Spec } from "../engine/layers/layer.js" */

import { decimal } from "./numbers.js";
import { load, save, store } from "./store.js";

// They agree with --below, --zero and --above of page.css.
const COLORS = {
  light: { below: [24, 94, 168], zero: [250, 248, 243], above: [214, 84, 0] },
  dark: { below: [88, 176, 255], zero: [22, 25, 31], above: [255, 166, 64] },
};
const STEPS = 2048; // on either side of zero: neighbours differ by less than one colour level
const ROUND = STEPS + 0.5; // turns a signed step into its place in the table, rounded
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

/**
 * The colour of one value, and a colour for text that is readable on it.
 *
 * @param {number} share of the scale, from -1 to 1
 * @returns {{ background: string, ink: string }}
 */
export function colorOf(share) {
  const pixel = colorTable()[STEPS + Math.round(Math.max(-1, Math.min(1, share)) * STEPS)];
  const rgb = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  return { background: `rgb(${rgb})`, ink: luminance(rgb) > EVEN ? "#000" : "#fff" };
}

// At this luminance, black and white are equally readable: (L + 0.05)^2 = 0.05 * 1.05.
const EVEN = Math.sqrt(0.05 * 1.05) - 0.05;

/**
 * How bright a colour is, from 0 to 1, as WCAG 2 defines it.
 *
 * @param {number[]} rgb from 0 to 255
 */
function luminance(rgb) {
  const [r, g, b] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
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
   * Paint the values row by row. Values beyond the end of the scale get its last colour.
   *
   * @param {ArrayLike<number>} values one for each pixel; where there are fewer, the last pixels
   *   stay transparent
   * @param {number} scale the value that gets the last colour, above 0
   */
  paint(values, scale) {
    const { pixels } = this;
    const colors = colorTable();
    const steps = STEPS / scale;
    const count = Math.min(pixels.length, values.length);
    for (let i = 0; i < count; i++) {
      const step = (values[i] * steps + ROUND) | 0;
      pixels[i] = colors[step < 0 ? 0 : step > 2 * STEPS ? 2 * STEPS : step];
    }
    this.context.putImageData(this.image, 0, 0);
  }
}

// Where a layer's colours and bars end. Each layer has one end, with zero in the middle: the maps,
// their legends, the enlarged maps and the saved picture all take it from here.

/** On which side of zero a layer's values are. @typedef {"both" | "above" | "below"} Sign */

const DIGITS = 2; // significant digits of an end
const FUZZ = 1e-9; // of a unit: 7.4 / 0.1 is a little more than 74

/**
 * Where a layer's scale ends for its present values: at its usual end, or as far from zero as the
 * largest of them needs. Nothing is cut off.
 *
 * @param {ArrayLike<number>} values of the whole layer
 * @param {number} atRest
 */
export function endOf(values, atRest) {
  let most = atRest;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most > atRest ? roundedUp(most) : atRest;
}

/**
 * Rounded up to two significant digits, so that no value lies beyond the end that is shown.
 *
 * @param {number} value 0 or more
 */
export function roundedUp(value) {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - DIGITS + 1);
  return Number((Math.ceil(value / unit - FUZZ) * unit).toPrecision(DIGITS));
}

/**
 * An end as it is shown: with both signs where values lie on both sides of zero.
 *
 * @param {number} end
 * @param {Sign} sign
 */
export const namedEnd = (end, sign) => ({ both: "±", above: "", below: "−" })[sign] + plainEnd(end);

/** An end with its DIGITS significant digits. @param {number} end */
export function plainEnd(end) {
  const tens = Math.floor(Math.log10(end || 1));
  return decimal(end, Math.max(0, DIGITS - 1 - tens));
}

/**
 * @param {readonly Spec[]} stages
 * @param {number} index
 * @returns {Sign}
 */
export function signOf(stages, index) {
  const { kind } = stages[index];
  if (kind === "Normalize" || kind === "ReLU") return "above";
  if (kind === "LogSoftmax") return "below";
  const givesOn = kind.endsWith("Pool2d") || kind === "Flatten" || kind === "Dropout";
  return givesOn && index > 0 ? signOf(stages, index - 1) : "both";
}

/**
 * Decode numbers that were sent as little-endian float32 in base64.
 *
 * @param {string} base64
 * @returns {Float32Array}
 */
export function floatsOf(base64) {
  return new Float32Array(bytesOf(base64).buffer); // every machine with a browser is little-endian
}

/** @param {string} base64 */
function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

// Light or dark: the visitor's choice, or else the system's.

const { classList } = document.body;
const current = () => classList.contains("dark") ? "dark" : "light";

const chosen = load("theme");
if (chosen === "dark" || chosen === "light") classList.toggle("dark", chosen === "dark");
else if (!document.querySelector("gradio-app")) {
  classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);
}

// Gradio sets the class itself, from the system's setting or from its address; whoever does it, the
// store follows.
new MutationObserver(() => store.set("theme", current()))
  .observe(document.body, { attributes: true, attributeFilter: ["class"] });
store.set("theme", current());

// Paper is white, so the page is printed in its light colours.
let isDarkOnScreen = false;
addEventListener("beforeprint", () => {
  isDarkOnScreen = current() === "dark";
  classList.remove("dark");
});
addEventListener("afterprint", () => classList.toggle("dark", isDarkOnScreen));

export function switchTheme() {
  classList.toggle("dark");
  save("theme", current());
}
