// The framed picture and the map, their cells of one size.

/** @import { Context } from "../../step.js" */
/** @import { Geometry } from "./sizes.js" */
/** @import { words } from "./words.js" */

import { create } from "../../../shared/dom.js";
import { pixelGrid } from "../../blocks/grid.js";
import { framed, meansOf, sizeOf, unreadOf } from "./sizes.js";

/** @typedef {{ width: number, height: number }} Size */

/** @param {Context<keyof typeof words.en>} context */
export function picturesOf({ say, label }) {
  const element = create("div", { className: "pictures" });
  const [before, after] = [figure("before"), figure("after")];
  /** @type {ReturnType<typeof pixelGrid> | null} */
  let picture = null;
  /** @type {ReturnType<typeof pixelGrid> | null} */
  let map = null;
  let built = ""; // for which sizes
  /** @type {{ means: Float32Array, wide: number, F: number, S: number } | null} */
  let shown = null;
  element.append(before.element, after.element);

  /** @param {string} name */
  function figure(name) {
    const made = create("figure", { className: `figure ${name}` });
    const caption = create("figcaption");
    made.append(caption);
    return { element: made, caption };
  }

  /** @param {Size} size @param {Geometry} geometry */
  function build({ width, height }, geometry) {
    const { P } = geometry;
    const [across, down] = [width + 2 * P, height + 2 * P];
    const [wide, high] = [sizeOf(width, geometry), sizeOf(height, geometry)];
    picture?.element.remove();
    map?.element.remove();
    picture = pixelGrid({ width: across, height: down, lines: true });
    map = wide && high ? pixelGrid({ width: wide, height: high, lines: true }) : null;
    label(picture.element, "grid.picture");
    before.element.append(picture.element);
    before.element.style.flexGrow = `${across}`;
    after.element.style.flexGrow = `${wide}`;
    after.element.hidden = !map;
    if (map) {
      label(map.element, "grid.map");
      after.element.append(map.element);
    }
    element.style.setProperty("--cells-wide", `${across + wide}`);
    element.style.setProperty("--cells-high", `${down}`);
    if (P) picture.mark("frame", { row: P, column: P, rows: height, columns: width });
    if (!map) return;
    const [right, below] = [unreadOf(width, geometry), unreadOf(height, geometry)];
    const columns = { row: 0, column: across - right, rows: down, columns: right };
    const rows = { row: down - below, column: 0, rows: below, columns: across };
    picture.mark("unread right", right ? columns : null);
    picture.mark("unread below", below ? rows : null);
  }

  return {
    element,
    /**
     * @param {Float32Array} pixels
     * @param {Size} size
     * @param {Geometry} geometry
     * @param {boolean} isAsked whether the map is what the question asks for
     */
    paint(pixels, size, geometry, isAsked) {
      after.element.classList.toggle("secret", isAsked);
      const { width, height } = size;
      const { F, S, P } = geometry;
      const key = [width, height, F, S, P].join();
      if (key !== built) build(size, geometry);
      built = key;
      const [wide, high] = [sizeOf(width, geometry), sizeOf(height, geometry)];
      shown = { means: meansOf(pixels, size, geometry), wide, F, S };
      picture?.paint(framed(pixels, size, P), 1);
      const framedSize = { framedWidth: width + 2 * P, framedHeight: height + 2 * P };
      say(before.caption, P ? "picture" : "picture.bare", { width, height, ...framedSize });
      say(after.caption, "map", { width: wide, height: high });
    },
    /** How far the map has grown. @param {number} at its newest cell */
    place(at) {
      if (!shown || !map) return;
      const { means, wide, F, S } = shown;
      const [row, column] = [Math.floor(at / wide), at % wide];
      map.paint(means.subarray(0, at + 1), 1);
      map.mark("out", { row, column, rows: 1, columns: 1 });
      picture?.mark("kernel", { row: row * S, column: column * S, rows: F, columns: F });
    },
  };
}
