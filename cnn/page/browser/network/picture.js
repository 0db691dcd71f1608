// One map enlarged: its values one by one, which a pointer or the arrow keys point at.

/** @import { Placed } from "./stages.js" */

import { Pixels } from "../shared/colors.js";
import { create } from "../shared/dom.js";
import { setLabel } from "../shared/i18n.js";
import { hasBars } from "./stages.js";

const LEAST_PIXEL = 12; // px: what a pointer can be aimed at
const WIDE = 196; // px that a picture has unless its pixels need more
const NARROW = 168; // and on a narrow card

/** @type {Record<string, [down: number, right: number]>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * What one does with it. at: an index within the picture; null: nothing is pointed at.
 *
 * @typedef {object} Acts
 * @property {(at: number | null) => void} hover
 * @property {(at: number, byKey: boolean) => void} pin
 * @property {() => number} pinned
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
  const cursor = create("i", { className: "cursor" });
  element.append(pixels.canvas, frame, cursor);
  for (const [name, wide] of [["--wide", WIDE], ["--narrow", NARROW]]) {
    element.style.setProperty(`${name}`, `${sideFor(width, Number(wide))}px`);
  }
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
    const row = within(Math.floor(at / width) + down, height);
    pin(row * width + within(at % width + right, width), true);
    cursor.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  return {
    element,
    frame,
    /** @param {number} at */
    point(at) {
      cursor.style.left = `${100 * (at % width) / width}%`;
      cursor.style.top = `${100 * Math.floor(at / width) / height}%`;
      cursor.style.width = `${100 / width}%`;
      cursor.style.height = `${100 / height}%`;
    },
    /** @param {Float32Array} own the values of all maps of the stage @param {number} end */
    paint(own, end) {
      const values = own.subarray(map * area, (map + 1) * area);
      pixels.paint(values, end);
      return values;
    },
  };
}

/** How wide a picture of so many values across is. @param {number} across @param {number} wanted px */
const sideFor = (across, wanted) => across * Math.max(LEAST_PIXEL, Math.round(wanted / across));

/** How wide a stage's enlarged picture is at best, in px. @param {Placed} stage */
export const pictureWidth = (stage) => hasBars(stage) ? WIDE : sideFor(stage.width, WIDE);

/** @param {number} i @param {number} count */
const within = (i, count) => Math.max(0, Math.min(count - 1, i));
