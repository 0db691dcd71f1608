// What each value adds to a neuron's sum, as a picture: where it lies in the maps.

/**
 * @import { Explanation } from "../engine/layers.js"
 * @import { Network } from "../engine/network.js"
 * @import { Placed } from "./stages.js"
 */

import { tensorOf } from "../engine/layers/layer.js";
import { Pixels } from "../shared/colors.js";
import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { roundedUp } from "../shared/scales.js";
import { originOf, placeOf } from "./cells.js";
import { legend } from "./legend.js";
import { hasMaps } from "./stages.js";

const CELL = 4; // px that a contribution is wide; the gap between two maps is one

/**
 * @param {Placed} stage a fully connected one
 * @param {Network} network
 */
export function contributions(stage, network) {
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
  const colours = legend("both");
  pixels.canvas.style.aspectRatio = `${width} / ${height}`;
  element.append(title, pixels.canvas, colours.element);
  const strongest = strongestWeights(stage, network);
  const values = new Float32Array(width * height);
  let end = 1;

  function paint() {
    pixels.paint(values, end);
    for (let i = 1; gap && i < Math.max(across, origin.count / across); i++) {
      pixels.context.clearRect(i * (wide + gap) - gap, 0, gap, height);
      pixels.context.clearRect(0, i * (high + gap) - gap, width, gap);
    }
    colours.paint(end);
  }

  return {
    element,
    /** @param {Explanation | null} explained */
    paint(explained) {
      if (explained?.kind !== "Linear") return;
      // One scale for all neurons: it ends at the largest product of any of them.
      const products = explained.terms.map(({ index, input }) =>
        Math.abs(input) * strongest[index]
      );
      end = roundedUp(Math.max(...products)) || 1;
      for (const { index, product } of explained.terms) {
        const { map, row, column } = placeOf(origin, index);
        const top = Math.floor(map / across) * (high + gap) + row * CELL;
        const left = (map % across) * (wide + gap) + column * CELL;
        for (let y = top; y < top + CELL; y++) {
          values.fill(product, y * width + left, y * width + left + CELL);
        }
      }
      paint();
    },
    describe: paint,
  };
}

/**
 * For each value before a stage the largest weight, from zero either way, that any neuron has for it.
 *
 * @param {Placed} stage
 * @param {Network} network
 */
function strongestWeights(stage, network) {
  const { in_features: inputs = 0, out_features: outputs = 0 } = stage;
  const weight = tensorOf(stage, "weight", [outputs, inputs], network.tensors);
  const strongest = new Float32Array(inputs);
  weight.forEach((value, i) =>
    strongest[i % inputs] = Math.max(strongest[i % inputs], Math.abs(value))
  );
  return strongest;
}
