import { MOST_PICTURE } from "../shared/drawing.js";

const SIDE = 640; // px, the longer side that a picture is reduced to before it is sent

/**
 * @param {string} url
 * @returns {Promise<HTMLImageElement>} rejected when it is no picture
 */
export async function decoded(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

/**
 * A picture as a data URL that the server takes: small enough, and with its transparency.
 *
 * @param {ImageBitmap} image
 */
export function reduced(image) {
  for (let side = SIDE;; side /= 2) {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const url = canvas.toDataURL("image/webp", 0.9);
    if (url.length < MOST_PICTURE) return url;
  }
}
