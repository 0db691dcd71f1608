// One map, taken apart: the maps before, the kernel's channel for each, what each gives, and all of
// it added up.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Context } from "../../step.js"
 * @import { Parts } from "./parts.js"
 * @import { words } from "./words.js"
 */

import { Pixels } from "../../../shared/colors.js";
import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { pixelGrid } from "../../blocks/grid.js";
import { sumView } from "../../blocks/sum.js";
import { summed } from "./parts.js";

const DECIMALS = 2;

/**
 * @param {Context<keyof typeof words.en>} context
 * @param {object} what
 * @param {Spec} what.stage the convolution
 * @param {Spec} what.before the stage before it
 * @param {{ before: number, out: number }} what.scales of their colours
 */
export function partsView(context, { stage, before, scales }) {
  const [channels, inHigh, inWide] = before.shape;
  const [, height, width] = stage.shape;
  const element = create("div", { className: "beside taken-apart" });
  const figure = create("figure", { className: "figure parts" });
  const caption = create("figcaption");
  const list = create("ol");
  const total = create("figure", { className: "figure total" });
  const title = create("figcaption");
  const out = pixelGrid({ width, height, onPoint: (row, column) => choose({ row, column }) });
  const sum = sumView(context, "sum.parts");
  const columns = Array.from({ length: channels }, (_, channel) => columnOf(channel));
  context.say(caption, "parts");
  figure.append(caption, list);
  sum.element.classList.add("secret");
  total.append(title, out.element, sum.element);
  element.append(figure, total);

  /** @type {{ row: number, column: number } | null} the reader's pixel; null: the brightest */
  let chosen = null;
  /** @type {{ sums: Float32Array[], all: Float32Array, bias: number, map: number } | null} */
  let painted = null;

  /** @param {number} channel */
  function columnOf(channel) {
    const item = create("li");
    const map = new Pixels(inWide, inHigh);
    const cells = create("span", { className: "kernel-cells" });
    const part = pixelGrid({ width, height });
    const value = create("span", { className: "value" });
    map.canvas.className = "map-before";
    part.element.ariaHidden = "true"; // its value at the chosen pixel is in the sum
    item.append(create("small", { textContent: `${channel + 1}` }), map.canvas, cells);
    item.append(part.element, value);
    list.append(item);
    const kernel = /** @type {Pixels | null} */ (null);
    return { map, cells, kernel, part, value };
  }

  /** @param {{ row: number, column: number }} pixel */
  function choose(pixel) {
    chosen = pixel;
    showSum();
  }

  function showSum() {
    if (!painted) return;
    const { sums, all, bias, map } = painted;
    const index = chosen ? chosen.row * width + chosen.column : all.indexOf(Math.max(...all));
    const at = { row: Math.floor(index / width), column: index % width };
    const values = sums.map((part) => part[index]);
    const cell = { ...at, rows: 1, columns: 1 };
    out.mark("out", cell);
    columns.forEach(({ part, value }, channel) => {
      part.mark("out", cell);
      value.textContent = decimal(values[channel], DECIMALS);
    });
    context.say(title, "out", { map: map + 1, row: at.row + 1, column: at.column + 1 });
    sum.paint(values, bias, all[index]);
  }

  /** @param {Float32Array[]} kernels */
  function paintKernels(kernels) {
    const side = Math.sqrt(kernels[0].length);
    const most = Math.max(...kernels.flatMap((kernel) => Array.from(kernel, Math.abs))) || 1;
    columns.forEach((column, channel) => {
      if (column.kernel?.canvas.width !== side) {
        column.kernel = new Pixels(side, kernels[0].length / side);
        column.cells.replaceChildren(column.kernel.canvas);
        column.cells.classList.toggle("single", side === 1);
      }
      column.kernel.paint(kernels[channel], most);
    });
  }

  return {
    element,
    /**
     * @param {Parts} parts
     * @param {Float32Array} maps of the stage before
     * @param {number} map which is taken apart, counted from 0
     */
    paint({ kernels, bias, run }, maps, map) {
      const sums = run(maps);
      const all = summed(sums, bias);
      painted = { sums, all, bias, map };
      context.label(out.element, "out.label", { stage: stage.name, map: map + 1 });
      const area = inHigh * inWide;
      columns.forEach(({ map: picture, part }, channel) => {
        picture.paint(maps.subarray(channel * area, (channel + 1) * area), scales.before);
        part.paint(sums[channel], scales.out);
      });
      paintKernels(kernels);
      out.paint(all, scales.out);
      showSum();
    },
  };
}
