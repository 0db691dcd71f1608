// Pointing at a value of one of the small maps.

/**
 * @import { Explainer } from "./explainer.js"
 * @import { Placed } from "./stages.js"
 */

import { pictureIn } from "./lights.js";

/**
 * The value of a small map that is under the pointer.
 *
 * @param {Placed} stage
 * @param {number} map
 * @param {HTMLElement} tile
 * @param {{ clientX: number, clientY: number }} pointer
 * @returns {number | null} its index among all values of the stage; null: beside the picture
 */
export function indexUnder({ size, count, width, height }, map, tile, { clientX, clientY }) {
  const box = pictureIn(tile).getBoundingClientRect();
  const row = Math.floor((clientY - box.top) / box.height * height);
  const column = Math.floor((clientX - box.left) / box.width * width);
  if (row < 0 || column < 0 || row >= height || column >= width) return null;
  const within = row * width + column;
  return within < size / count ? map * size / count + within : null;
}

/**
 * @param {Placed} stage
 * @param {number} map
 * @param {HTMLElement} tile
 * @param {Explainer} explainer
 */
export function lightOnHover(stage, map, tile, explainer) {
  tile.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return; // a finger taps
    const index = indexUnder(stage, map, tile, event);
    explainer.hover(index === null ? null : { stage: stage.index, index });
  });
  tile.addEventListener("pointerleave", () => explainer.hover(null));
}
