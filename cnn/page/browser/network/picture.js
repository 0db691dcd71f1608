// One map enlarged: its values one by one, which a pointer or the arrow keys point at.

/** @import { Placed } from "./stages.js" */

import { Pixels } from "../shared/colors.js";
import { create } from "../shared/dom.js";
import { setLabel } from "../shared/i18n.js";
import { scaleFor } from "./numbers.js";

/** @type {Record<string, [down: number, right: number]>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * What one does with it. at: an index within the picture; null: nothing is pointed at.
 *
 * @typedef {object} Acts
 * @property {(at: number | null) => void} hover
 * @property {(at: number, byKey: boolean) => void} pin
 * @property {() => number | null} pinned
 */

/**
 * @param {Placed} stage
 * @param {number} map
 * @param {Acts} acts
 */
export function enlargedPicture(stage, map, { hover, pin, pinned }) {
  const { width, height, size, count } = stage;
  const area = size / count;
  const pixels = new Pixels(width, height);
  const element = create("div", { className: "picture", tabIndex: 0, role: "application" });
  const frame = create("i", { className: "frame", hidden: true });
  const cursor = create("i", { className: "cursor", hidden: true });
  element.append(pixels.canvas, frame, cursor);
  element.style.aspectRatio = `${width} / ${height}`;
  setLabel(element, "map.pixels");

  /** @param {MouseEvent} event */
  function indexAt({ clientX, clientY }) {
    const box = element.getBoundingClientRect();
    const row = within(Math.floor((clientY - box.top) / box.height * height), height);
    return row * width + within(Math.floor((clientX - box.left) / box.width * width), width);
  }

  element.addEventListener("pointermove", (event) => hover(indexAt(event)));
  element.addEventListener("pointerleave", () => hover(null));
  element.addEventListener("click", (event) => pin(indexAt(event), false));
  element.addEventListener("keydown", (event) => {
    const [down, right] = MOVES[event.key] ?? [0, 0];
    if (!down && !right) return;
    event.preventDefault();
    const at = pinned();
    const middle = Math.floor(height / 2) * width + Math.floor(width / 2);
    if (at === null) return pin(middle, true);
    const row = within(Math.floor(at / width) + down, height);
    pin(row * width + within(at % width + right, width), true);
  });

  return {
    element,
    frame,
    /** @param {number | null} at */
    point(at) {
      cursor.hidden = at === null;
      if (at === null) return;
      cursor.style.left = `${100 * (at % width) / width}%`;
      cursor.style.top = `${100 * Math.floor(at / width) / height}%`;
      cursor.style.width = `${100 / width}%`;
      cursor.style.height = `${100 / height}%`;
    },
    /** @param {Float32Array} own the values of all maps of the stage */
    paint(own) {
      const values = own.subarray(map * area, (map + 1) * area);
      pixels.paint(values, scaleFor(own, stage.scale));
      return values;
    },
  };
}

/** @param {number} i @param {number} count */
const within = (i, count) => Math.max(0, Math.min(count - 1, i));
