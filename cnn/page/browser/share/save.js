/** @import { Answer } from "../shared/answer.js" */

import { create } from "../shared/dom.js";

/**
 * Save a canvas as a PNG file.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {string} name of the file
 */
export async function savePng(canvas, name) {
  /** @type {Blob | null} */
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error(`no picture of ${canvas.width} × ${canvas.height} pixels can be made`);
  const url = URL.createObjectURL(blob);
  create("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url)); // once the download has begun
}

/**
 * What a drawing's file is called: digit-3.png, or digit.png where it is not sure.
 *
 * @param {Answer} answer
 */
export function fileName({ digits }) {
  const number = digits.map(({ shown }) => shown).join("");
  return /^[0-9.,-]+$/.test(number) ? `digit-${number}.png` : "digit.png";
}
