// A digit of 28 x 28 as a picture that says what its pixels are: it is read as it is, in the browser,
// where other pictures are taken apart by a server.

import { PIXELS } from "../engine/strokes.js";
import { Pixels } from "./colors.js";

const LEVELS = 15; // a pixel is one hexadecimal digit, as in weights/digits.bin
const URL_OF = /^data:image\/png;ink=([0-9a-f]+);/;

/**
 * @param {Float32Array} digit (784), ink 1
 * @returns {string} a data URL
 */
export function pixelPicture(digit) {
  const ink = Array.from(digit, (value) => Math.round(LEVELS * value).toString(LEVELS + 1));
  const { canvas, image, context } = new Pixels(PIXELS, PIXELS);
  digit.forEach((value, i) => image.data.set([0, 0, 0, Math.round(255 * value)], 4 * i));
  context.putImageData(image, 0, 0);
  return canvas.toDataURL("image/png").replace(";", `;ink=${ink.join("")};`);
}

/**
 * @param {string} url of any picture
 * @returns {Float32Array | null} the digit (784), ink 1; null: the picture is another
 */
export function pixelsOf(url) {
  const ink = URL_OF.exec(url)?.[1];
  if (ink?.length !== PIXELS * PIXELS) return null;
  return Float32Array.from(ink, (value) => parseInt(value, LEVELS + 1) / LEVELS);
}
