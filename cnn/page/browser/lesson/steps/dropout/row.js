// The maps beside the row that they become: which value went where, and which are silenced.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { create } from "../../../shared/dom.js";
import { pixelGrid } from "../../blocks/grid.js";

/**
 * How maps are tiled in one picture, about as wide as high.
 *
 * @param {number[]} shape [channels, rows, columns]
 */
export function tiling([channels, rows, columns]) {
  const across = Math.ceil(Math.sqrt(channels));
  const down = Math.ceil(channels / across);
  const [width, height] = [across * columns, down * rows];
  return {
    across,
    down,
    width,
    height,
    /** The flat index of the value at a pixel; -1 for none. @param {number} y @param {number} x */
    indexAt(y, x) {
      const map = Math.floor(y / rows) * across + Math.floor(x / columns);
      return map < channels ? (map * rows + y % rows) * columns + x % columns : -1;
    },
    /** The pixel of the value at a flat index. @param {number} index */
    pixelOf(index) {
      const map = Math.floor(index / (rows * columns));
      const within = index % (rows * columns);
      return {
        row: Math.floor(map / across) * rows + Math.floor(within / columns),
        column: (map % across) * columns + within % columns,
      };
    },
  };
}

/**
 * @param {Context<keyof typeof words.en>} context
 * @param {Spec} stage whose maps are flattened
 * @param {number} scale of its colours
 */
export function rowView(context, { name, shape }, scale) {
  const [channels, rows, columns] = shape;
  const area = rows * columns;
  const n = channels * area;
  const tiles = tiling(shape);
  const element = create("div", { className: "beside flattened" });
  const place = create("p", { className: "note place" });
  const maps = pixelGrid({
    width: tiles.width,
    height: tiles.height,
    onPoint: (y, x) => choose(tiles.indexAt(y, x)),
  });
  const row = pixelGrid({
    width: area,
    height: channels,
    onPoint: (map, within) => choose(map * area + within),
  });
  const lines = create("i", { className: "tiles" });
  const holes = create("canvas", { className: "holes", width: area, height: channels });
  const context2d = /** @type {CanvasRenderingContext2D} */ (holes.getContext("2d"));
  const first = captioned(maps.element, "maps", { stage: name, channels, rows, columns });
  const second = captioned(row.element, "row", { n });
  lines.style.setProperty("--tiles-across", `${tiles.across}`);
  lines.style.setProperty("--tiles-down", `${tiles.down}`);
  maps.element.append(lines);
  row.element.append(holes);
  second.append(place);
  context.label(maps.element, "maps.label", { stage: name });
  context.label(row.element, "row.label");
  element.append(first, second);

  /** @param {HTMLElement} picture @param {"maps" | "row"} word @param {Record<string, any>} values */
  function captioned(picture, word, values) {
    const figure = create("figure", { className: `figure of-${word}` });
    const caption = create("figcaption");
    context.say(caption, word, values);
    figure.append(caption, picture);
    return figure;
  }

  let isChosen = false; // a value by the reader, or the largest of the first digit

  /** @param {number} index flat, -1 for none */
  function choose(index) {
    if (index < 0) return;
    isChosen = true;
    const map = Math.floor(index / area);
    const within = index % area;
    maps.mark("in", { ...tiles.pixelOf(index), rows: 1, columns: 1 });
    row.mark("out", { row: map, column: within, rows: 1, columns: 1 });
    context.say(place, "place", {
      map: map + 1,
      maps: map,
      area,
      line: Math.floor(within / columns) + 1,
      lines: Math.floor(within / columns),
      columns,
      column: within % columns + 1,
      place: index + 1,
    });
  }

  /** Grey over what is silenced. @param {Uint8Array} silenced */
  function cover(silenced) {
    const picture = context2d.createImageData(area, channels);
    const pixels = new Uint32Array(picture.data.buffer);
    silenced.forEach((gone, i) => pixels[i] = gone ? GREY : 0);
    context2d.putImageData(picture, 0, 0);
  }

  return {
    element,
    /**
     * @param {Float32Array} values before dropout
     * @param {Float32Array} given what dropout gives
     * @param {Uint8Array} silenced
     */
    paint(values, given, silenced) {
      const tiled = new Float32Array(tiles.width * tiles.height);
      values.forEach((value, index) => {
        const { row: y, column: x } = tiles.pixelOf(index);
        tiled[y * tiles.width + x] = value;
      });
      maps.paint(tiled, scale);
      row.paint(given, scale);
      cover(silenced);
      const most = Math.max(...values);
      if (isChosen) return;
      choose(values.indexOf(most));
      isChosen = most > 0;
    },
  };
}

const GREY = 0xff8c8680; // little-endian RGBA; between ink and paper, in the light and in the dark
