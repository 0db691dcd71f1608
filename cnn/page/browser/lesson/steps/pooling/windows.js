// One map, and what max-pooling and average pooling keep of it, side by side; a window of it in
// numbers.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Context } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { layerOf } from "../../../engine/layers.js";
import { argmax } from "../../../engine/probabilities.js";
import { endOf } from "../../../shared/colors.js";
import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { numberGrid, pixelGrid } from "../../blocks/grid.js";

const DECIMALS = 2;

/**
 * @param {Context<Keys["pooling"]>} context
 * @param {Spec} stage that is pooled
 * @param {number} atRest where its colours end unless a value needs more
 */
export function windowsView(context, { name, shape }, atRest) {
  const [, height, width] = shape;
  const element = create("div", { className: "beside windows" });
  const before = pixelGrid({ width, height, onPoint: (row, column) => choose(row, column) });
  const pooled = create("div", { className: "beside pooled" });
  const numbers = create("figure", { className: "figure window" });
  const kept = create("p", { className: "note" });
  /** @type {ReturnType<typeof built> | null} */
  let parts = null;
  /** @type {{ maps: Float32Array, map: number } | null} */
  let painted = null;
  let end = atRest;
  let at = { row: 0, column: 0 }; // the chosen window, counted in windows
  let chosen = false; // by the reader; else it is the one with the largest value
  element.append(
    captioned(before.element, "before", { stage: name, side: width }),
    pooled,
    numbers,
  );

  /** @param {HTMLElement} picture @param {any} word @param {Record<string, string | number>} values */
  function captioned(picture, word, values) {
    const figure = create("figure", { className: "figure" });
    const caption = create("figcaption");
    context.say(caption, word, values);
    figure.append(caption, picture);
    return figure;
  }

  /** What depends on the window's size. @param {number} side */
  function built(side) {
    const [down, across] = [Math.floor(height / side), Math.floor(width / side)];
    const [max, average] = (/** @type {const} */ (["max", "average"])).map((kind) => {
      const grid = pixelGrid({
        width: across,
        height: down,
        onPoint: (row, column) => choose(row * side, column * side),
      });
      context.label(grid.element, `${kind}.label`);
      return { grid, figure: captioned(grid.element, kind, { side: across }) };
    });
    const table = numberGrid({ rows: side, columns: side });
    const caption = create("figcaption");
    context.say(caption, "cells", { n: side * side });
    pooled.replaceChildren(max.figure, average.figure);
    numbers.replaceChildren(caption, table.element, kept);
    numbers.classList.toggle("large", side > 2);
    return { side, down, across, max: max.grid, average: average.grid, table };
  }

  /** @param {number} row @param {number} column a cell of the map */
  function choose(row, column) {
    if (!parts) return;
    const { side, down, across } = parts;
    chosen = true;
    at = {
      row: Math.min(down - 1, Math.floor(row / side)),
      column: Math.min(across - 1, Math.floor(column / side)),
    };
    showWindow();
  }

  function showWindow() {
    if (!parts || !painted) return;
    const { side, max, average, table } = parts;
    const first = { row: at.row * side, column: at.column * side };
    const values = Array.from({ length: side * side }, (_, i) => {
      const row = first.row + Math.floor(i / side);
      return painted?.maps[(painted.map * height + row) * width + first.column + i % side] ?? 0;
    });
    const largest = Math.max(...values);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const one = { ...at, rows: 1, columns: 1 };
    before.mark("kernel", { ...first, rows: side, columns: side });
    max.mark("out", one);
    average.mark("out", one);
    table.paint(values, end);
    const winner = argmax(values);
    table.cells.forEach((cell, i) => cell.classList.toggle("winner", i === winner));
    context.say(kept, "kept", { max: decimal(largest, DECIMALS), mean: decimal(mean, DECIMALS) });
  }

  return {
    element,
    /**
     * @param {Float32Array} maps of the stage
     * @param {{ map: number, side: number, max: ReturnType<pool>, average: ReturnType<pool> }} what
     */
    paint(maps, { map, side, max, average }) {
      if (parts?.side !== side) {
        const [row, column] = [at.row, at.column].map((place) => place * (parts?.side ?? side));
        parts = built(side);
        at = { row: Math.floor(row / side), column: Math.floor(column / side) };
      }
      painted = { maps, map };
      end = endOf(maps, atRest);
      const { down, across } = parts;
      const area = down * across;
      context.label(before.element, "before.label", { stage: name, map: map + 1 });
      before.paint(maps.subarray(map * height * width), end);
      const ofMax = max.run(maps).subarray(map * area, (map + 1) * area);
      parts.max.paint(ofMax, end);
      parts.average.paint(average.run(maps).subarray(map * area, (map + 1) * area), end);
      if (!chosen) {
        const brightest = argmax(ofMax);
        at = { row: Math.floor(brightest / across), column: brightest % across };
      }
      showWindow();
    },
  };
}

// How much a push of the digit changes, and what pooling leaves of the change.

/** @typedef {"MaxPool2d" | "AvgPool2d"} Kind */

/**
 * The digit moved, with paper in the space that becomes free.
 *
 * @param {Float32Array} digit 784 values
 * @param {number} right px
 * @param {number} down px
 */
export function pushed(digit, right, down) {
  const side = Math.sqrt(digit.length);
  const moved = new Float32Array(digit.length);
  for (let row = Math.max(0, down); row < Math.min(side, side + down); row++) {
    for (let column = Math.max(0, right); column < Math.min(side, side + right); column++) {
      moved[row * side + column] = digit[(row - down) * side + column - right];
    }
  }
  return moved;
}

/**
 * The sum of all differences as a share of the sum of all values: 0 where nothing changed.
 *
 * @param {Float32Array} before
 * @param {Float32Array} after
 */
export function change(before, after) {
  let [differences, values] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    differences += Math.abs(after[i] - before[i]);
    values += Math.abs(before[i]);
  }
  return values ? differences / values : 0;
}

/**
 * Pooling with windows that lie side by side: a function from maps to pooled maps.
 *
 * @param {Kind} kind
 * @param {number[]} shape [channels, height, width]
 * @param {number} side of a window
 */
export function pool(kind, [channels, ...sides], side) {
  const pooled = [channels, ...sides.map((length) => Math.floor(length / side))];
  const window = { kernel_size: [side, side], stride: [side, side], padding: [0, 0] };
  const { forward: run } = layerOf(
    { name: "pool", kind, ...window, shape: pooled },
    [channels, ...sides],
    NONE,
  );
  return { shape: pooled, run };
}

const NONE = new Map(); // pooling has no weights
