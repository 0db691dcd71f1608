// The maps beside the row that they become: which value went where, which are silenced, and which
// the reader erased.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Cell } from "../../blocks/grid.js"
 * @import { Context } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { argmax } from "../../../engine/probabilities.js";
import { fitNames } from "../../../shared/bars.js";
import { endOf } from "../../../shared/colors.js";
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
 * @param {Context<Keys["flatten-dropout"]>} context
 * @param {Spec} stage whose maps are flattened
 * @param {number} atRest where its colours end unless a value needs more
 * @param {() => void} onErase the reader has erased values
 */
export function rowView(context, { name, shape }, atRest, onErase) {
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
    onPress: (cells) => erase(cells, tiles.indexAt),
  });
  const row = pixelGrid({
    width: area,
    height: channels,
    onPoint: (map, within) => choose(map * area + within),
    onPress: (cells) => erase(cells, (map, within) => map * area + within),
  });
  const erased = new Uint8Array(n); // 1: by the reader
  const lines = create("i", { className: "tiles" });
  const erasedMaps = coverOf(tiles.width, tiles.height);
  const goneRow = coverOf(area, channels);
  const first = captioned(maps.element, "maps", { stage: name, channels, rows, columns });
  const second = captioned(row.element, "row", { n });
  lines.style.setProperty("--tiles-across", `${tiles.across}`);
  lines.style.setProperty("--tiles-down", `${tiles.down}`);
  maps.element.append(erasedMaps.element, lines);
  row.element.append(goneRow.element);
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

  let isChosen = false; // whether a value is: by the reader, or the largest of the first digit

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

  /**
   * Erase the values in these cells of a picture, and those around them.
   *
   * @param {Cell[]} cells
   * @param {(row: number, column: number) => number} indexAt flat, or beyond the values
   */
  function erase(cells, indexAt) {
    for (const [y, x] of cells) {
      for (const down of BRUSH) {
        for (const right of BRUSH) {
          const index = indexAt(y + down, x + right);
          if (index >= 0 && index < n) erased[index] = 1;
        }
      }
    }
    onErase();
  }

  return {
    element,
    erased,
    /**
     * @param {Float32Array} values before dropout
     * @param {Float32Array} given what dropout gives
     * @param {Uint8Array} silenced or erased
     */
    paint(values, given, silenced) {
      const tiled = new Float32Array(tiles.width * tiles.height);
      const covered = new Uint8Array(tiled.length);
      values.forEach((value, index) => {
        const { row: y, column: x } = tiles.pixelOf(index);
        tiled[y * tiles.width + x] = value;
        covered[y * tiles.width + x] = erased[index];
      });
      const end = endOf(given, endOf(values, atRest)); // dropout enlarges what is left
      maps.paint(tiled, end);
      row.paint(given, end);
      erasedMaps.paint(covered);
      goneRow.paint(silenced);
      if (isChosen) return;
      const most = argmax(values);
      choose(most);
      isChosen = values[most] > 0;
    },
  };
}

const BRUSH = [-1, 0, 1]; // values down and across, from the one that is pressed
const GREY = 0xff8c8680; // little-endian RGBA; between ink and paper, in the light and in the dark

/**
 * Grey over some of a picture's pixels.
 *
 * @param {number} width px
 * @param {number} height px
 */
function coverOf(width, height) {
  const element = create("canvas", { className: "holes", width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (element.getContext("2d"));
  return {
    element,
    /** @param {Uint8Array} covered 1: grey, for each pixel, row by row */
    paint(covered) {
      const picture = context.createImageData(width, height);
      new Uint32Array(picture.data.buffer).set(Uint32Array.from(covered, (is) => is ? GREY : 0));
      context.putImageData(picture, 0, 0);
    },
  };
}

// The logits of ten passes as dots, a line of them for each class, beside the steady answer.

const MARGIN = 0.04; // of the axis, free at either end

/**
 * What the passes say: kept: how many say the same digit as the steady answer; the others are
 * percentages of its probability.
 *
 * @typedef {{ digit: string, kept: number } & Record<"low" | "high" | "steady", () => string>} Summary
 */

/**
 * @param {Context<Keys["flatten-dropout"]>} context
 * @param {readonly string[]} classes
 */
export function passesView(context, classes) {
  const element = create("section", { className: "stack passes" });
  const heading = create("h3");
  const chart = create("ol", { className: "dots" });
  const said = create("p", { className: "note" });
  const rows = classes.map((name) => {
    const row = create("li");
    const track = create("span", { className: "track" });
    const steady = create("i", { className: "steady" });
    /** @type {HTMLElement[]} */
    const dots = [];
    track.append(steady);
    row.append(create("b", { textContent: name }), track);
    chart.append(row);
    return { row, track, steady, dots };
  });
  fitNames(chart, classes);
  chart.ariaHidden = "true"; // the sentence below says it
  context.say(heading, "passes");
  element.append(heading, chart, said);
  return {
    element,
    /**
     * @param {Float32Array[]} ofPasses the logits of each
     * @param {Float32Array | null} steady the logits with nothing silenced; null: nothing is drawn
     * @param {Summary | null} summary null: nothing is silenced, so there is nothing to say
     * @param {boolean} isDrawing the pen is down: the dots follow it at once
     */
    paint(ofPasses, steady, summary, isDrawing) {
      chart.classList.toggle("empty", !steady);
      chart.classList.toggle("at-once", isDrawing);
      if (!steady) return context.say(said, "passes.blank");
      const all = [steady, ...ofPasses].flatMap((logits) => Array.from(logits));
      const [low, high] = [Math.min(...all), Math.max(...all)];
      const place = (/** @type {number} */ logit) =>
        100 * (MARGIN + (1 - 2 * MARGIN) * (logit - low) / (high - low || 1));
      const first = argmax(steady);
      rows.forEach(({ row, track, steady: line, dots }, digit) => {
        while (dots.length < ofPasses.length) {
          dots.push(create("i", { className: "dot" }));
          track.append(dots[dots.length - 1]);
        }
        line.style.left = `${place(steady[digit])}%`;
        dots.forEach((dot, i) => dot.style.left = `${place(ofPasses[i][digit])}%`);
        row.classList.toggle("top", digit === first);
      });
      if (summary) context.say(said, "passes.said", { ...summary });
      else context.say(said, "passes.off");
    },
  };
}
