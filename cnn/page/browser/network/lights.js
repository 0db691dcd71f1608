// Highlights on the maps: overlays above them, moved by CSS, so that no map is repainted.

/**
 * @import { Rect } from "../engine/layers/layer.js"
 * @import { Network } from "../engine/network.js"
 * @import { Cell } from "../shared/store.js"
 * @import { Placed } from "./layout.js"
 * @import { StageView } from "./stage.js"
 */

import { receptiveField } from "../engine/explain.js";
import { kindOf } from "../engine/layers.js";
import { colorOf } from "../shared/colors.js";
import { create, find } from "../shared/dom.js";
import { hasBars, hasMaps, placeOf } from "./layout.js";

/** A value that is marked. share: how strongly, from 0 to 1. @typedef {{ index: number, share: number }} Mark */

/** An overlay as large as the picture that it lies on: it dims all but a window. */
export function light() {
  const element = create("span", { className: "light" });
  element.append(create("i", { className: "veil" }), create("i", { className: "ring" }));
  element.ariaHidden = "true";
  return element;
}

export class Lights {
  /**
   * @param {HTMLElement} host
   * @param {Placed[]} stages
   * @param {StageView[]} views
   */
  constructor(host, stages, views) {
    this.host = host;
    this.stages = stages;
    this.views = views;
  }

  /**
   * Dim everything but these fields.
   *
   * @param {(Field | null)[]} fields for each stage
   */
  show(fields) {
    this.host.classList.add("lit");
    fields.forEach((field, i) => this.#showOne(this.stages[i], this.views[i], field));
  }

  /** Dim everything. */
  dim() {
    this.show(this.stages.map(() => null));
  }

  clear() {
    this.host.classList.remove("lit");
    this.unmark();
  }

  /**
   * Make values stand out, in their colours.
   *
   * @param {Placed} stage
   * @param {readonly Mark[]} marks
   * @param {Float32Array} values of the stage
   * @param {number} end of its scale
   */
  mark(stage, marks, values, end) {
    const { width, height } = stage;
    const most = marks.reduce((largest, { share }) => Math.max(largest, share), 0);
    for (const { index, share } of marks) {
      const { map, row, column } = placeOf(stage, index);
      const mark = create("i", { className: "spot" });
      mark.style.cssText = `left: ${100 * column / width}%; top: ${100 * row / height}%;
        width: ${100 / width}%; height: ${100 / height}%;
        background: ${hasBars(stage) ? "none" : colorOf(values[index] / end).background};
        --share: ${share / most}`;
      lightOf(this.views[stage.index].tiles[map]).append(mark);
    }
  }

  /**
   * What is highlighted in part, not as a whole: the pictures that it is in, and its cells.
   *
   * @returns {{ pictures: DOMRect[], cells: DOMRect[] }}
   */
  boxes() {
    const cells = [...this.host.querySelectorAll(".map.on .ring, .spot")]
      .filter((cell) => cell.checkVisibility());
    const pictures = new Set(cells.flatMap((cell) => cell.closest(".light") ?? []));
    return { pictures: boxesOf(pictures), cells: boxesOf(cells) };
  }

  unmark() {
    this.host.querySelectorAll(".light .spot").forEach((mark) => mark.remove());
  }

  /** @param {Placed} stage @param {StageView} view @param {Field | null} field */
  #showOne({ width, height }, { element, tiles }, field) {
    tiles.forEach((tile, map) =>
      tile.classList.toggle("on", field !== null && (field.map === null || field.map === map))
    );
    if (!field) return;
    const { top, left, bottom, right } = field.rect;
    const isWhole = top === 0 && left === 0 && bottom === height && right === width;
    element.classList.toggle("whole", isWhole);
    const { style } = element;
    style.setProperty("--light-left", `${100 * left / width}%`);
    style.setProperty("--light-top", `${100 * top / height}%`);
    style.setProperty("--light-right", `${100 * right / width}%`);
    style.setProperty("--light-bottom", `${100 * bottom / height}%`);
  }
}

/** @param {Iterable<Element>} elements */
const boxesOf = (elements) => [...elements].map((element) => element.getBoundingClientRect());

/** @param {HTMLElement} tile */
export const lightOf = (tile) => find(tile, ".light");

/** What a light lies on: the picture of a map, or the bars. @param {HTMLElement} tile */
export const pictureIn = (tile) => tile.firstElementChild ?? tile;

// What lights up when a value is pointed at: its receptive field, stage by stage.

/**
 * The part of a stage that is lit. map: which of its maps, counted from 0; null: all of them.
 *
 * @typedef {{ map: number | null, rect: Rect }} Field
 */

/**
 * For each stage up to the cell's own: what the cell depends on. In a picture of values without
 * maps, the values themselves are lit.
 *
 * @param {Network} network
 * @param {Placed[]} stages
 * @param {Cell} cell
 * @returns {(Field | null)[]} null: no part of the stage
 */
export function fieldsOf(network, stages, { stage: at, index }) {
  const stage = stages[at];
  const { map, row, column } = placeOf(stage, index);
  const rects = hasMaps(stage)
    ? receptiveField(network, at, row, column)
    : receptiveField(network, at, 0, index);
  /** @type {number | null} */
  let seen = hasMaps(stage) ? map : index; // a map, or a single value; null: all
  /** @type {(Field | null)[]} */
  const fields = stages.map(() => null);
  for (let i = at; i >= 0; i--) {
    const rect = rects[i];
    fields[i] = rect && fieldOf(stages[i], seen, rect);
    if (mixes(stages[i])) seen = null;
    else if (stages[i].kind === "Flatten" && seen !== null && i > 0) {
      seen = placeOf(stages[i - 1], seen).map;
    }
  }
  return fields;
}

/** @param {Placed} stage @param {number | null} seen @param {Rect} rect @returns {Field} */
function fieldOf(stage, seen, rect) {
  if (hasMaps(stage)) return { map: stage.count > 1 ? seen : null, rect };
  const { width, height } = stage;
  if (seen === null) return { map: null, rect: { top: 0, left: 0, bottom: height, right: width } };
  const { row, column } = placeOf(stage, seen);
  return { map: null, rect: { top: row, left: column, bottom: row + 1, right: column + 1 } };
}

/** Whether each value depends on all maps, or all values, before it. @param {Placed} stage */
const mixes = (stage) => kindOf(stage).hasWeights || stage.kind === "LogSoftmax";
