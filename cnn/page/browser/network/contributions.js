// What each value adds to a neuron's sum, as a picture: where it lies in the maps.

/**
 * @import { Explanation } from "../engine/explanation.js"
 * @import { Placed } from "./stages.js"
 */

import { Pixels } from "../shared/colors.js";
import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { originOf, placeOf } from "./cells.js";
import { hasMaps } from "./stages.js";

const CELL = 4; // px that a contribution is wide; the gap between two maps is one

/**
 * @param {Placed} stage a fully connected one
 */
export function contributions(stage) {
  const before = /** @type {Placed} */ (stage.before);
  const origin = originOf(before, 0).stage; // nothing is computed between the two
  const across = Math.ceil(Math.sqrt(origin.count));
  const gap = origin.count > 1 ? 1 : 0;
  const [wide, high] = [origin.width * CELL, origin.height * CELL]; // of one map
  const width = across * (wide + gap) - gap;
  const height = Math.ceil(origin.count / across) * (high + gap) - gap;
  const pixels = new Pixels(width, height);
  const element = create("div", { className: "contributions" });
  const title = create("p");
  setText(title, hasMaps(origin) ? "sum.where" : "sum.where.vector", {
    layer: origin.name,
    n: before.size,
  });
  pixels.canvas.style.aspectRatio = `${width} / ${height}`;
  element.append(title, pixels.canvas);
  const values = new Float32Array(width * height);
  let scale = 1;

  function paint() {
    pixels.paint(values, scale);
    for (let i = 1; gap && i < Math.max(across, origin.count / across); i++) {
      pixels.context.clearRect(i * (wide + gap) - gap, 0, gap, height);
      pixels.context.clearRect(0, i * (high + gap) - gap, width, gap);
    }
  }

  return {
    element,
    /** @param {Explanation | null} explained */
    paint(explained) {
      values.fill(0);
      if (explained?.kind === "Linear") {
        scale = Math.abs(explained.terms[0].product) || 1;
        for (const { index, product } of explained.terms) {
          const { map, row, column } = placeOf(origin, index);
          const top = Math.floor(map / across) * (high + gap) + row * CELL;
          const left = (map % across) * (wide + gap) + column * CELL;
          for (let y = top; y < top + CELL; y++) {
            values.fill(product, y * width + left, y * width + left + CELL);
          }
        }
      }
      paint();
    },
    describe: paint,
  };
}
