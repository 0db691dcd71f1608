// Values as colours: blue below zero, the paper at zero, orange above; and the theme they follow.

import { remember, remembered } from "./memory.js";

const SCALES = {
  light: { below: [24, 94, 168], zero: [250, 248, 243], above: [214, 84, 0] },
  dark: { below: [88, 176, 255], zero: [22, 25, 31], above: [255, 166, 64] },
};

export const isDark = () => document.body.classList.contains("dark");

let table = null; // 256 pixels as little-endian RGBA; index: a signed byte read as unsigned

export function colorTable() {
  if (table) return table;
  table = new Uint32Array(256);
  const { below, zero, above } = SCALES[isDark() ? "dark" : "light"];
  for (let byte = 0; byte < 256; byte++) {
    const value = Math.max(-1, (byte < 128 ? byte : byte - 256) / 127);
    const far = value < 0 ? below : above;
    // A power below 1 lifts faint values off the paper, so that a weak map is still a picture.
    const t = Math.abs(value) ** 0.8;
    const [r, g, b] = zero.map((from, i) => Math.round(from + (far[i] - from) * t));
    table[byte] = (255 << 24) | (b << 16) | (g << 8) | r;
  }
  return table;
}

export function switchTheme() {
  document.body.classList.toggle("dark");
  remember("theme", isDark() ? "dark" : "light");
}

const chosen = remembered("theme");
if (chosen) document.body.classList.toggle("dark", chosen === "dark");

// Gradio sets the class too, from the system's setting; whoever does it, the colours follow.
new MutationObserver(() => {
  table = null;
  document.dispatchEvent(new Event("cnn:theme"));
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });

export function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

// A canvas of one pixel per value; CSS enlarges it without smoothing.
export class Pixels {
  constructor(width, height, canvas = document.createElement("canvas")) {
    this.canvas = canvas;
    canvas.width = width;
    canvas.height = height;
    this.context = canvas.getContext("2d");
    this.image = this.context.createImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  // bytes: signed bytes as unsigned, from `start` on, row by row
  paint(bytes, start = 0) {
    const colors = colorTable();
    const { pixels } = this;
    for (let i = 0; i < pixels.length; i++) pixels[i] = colors[bytes[start + i]];
    this.context.putImageData(this.image, 0, 0);
  }
}
