// One map or one stage's bars enlarged on a card, with how each of its values is made. It stays
// live.

/**
 * @import { Placed } from "./stages.js"
 * @import { Content, Dialogs } from "./dialog.js"
 * @import { Explainer } from "./explainer.js"
 */

import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";
import { actionsOf } from "./actions.js";
import { listBars } from "./bars.js";
import { legend } from "./legend.js";
import { scaleFor } from "./numbers.js";
import { enlargedPicture } from "./picture.js";
import { nameOf } from "./naming.js";
import { frameOf, hasBars, hasMaps, isFlattened } from "./stages.js";
import { workingsOf } from "./workings.js";

const DECIMALS = 3;

/**
 * map: counted from 0. at: index of the value to point at, among all of the stage.
 *
 * @typedef {{ stage: Placed, map: number, tile: HTMLElement, at: number | null }} MapPlace
 */

/**
 * @param {MapPlace} place
 * @param {Dialogs} dialogs
 * @param {Explainer} explainer
 */
export function openMap(place, dialogs, explainer) {
  dialogs.toggle(place.tile, () => cardOf(place, dialogs, explainer));
}

/**
 * @param {MapPlace} place
 * @param {Dialogs} dialogs
 * @param {Explainer} explainer
 * @returns {Content}
 */
function cardOf(place, dialogs, explainer) {
  const { stage, map, tile, at } = place;
  const first = map * stage.size / stage.count; // index of the picture's first value
  /** @type {number | null} */
  let hovered = null;
  let pinned = at;
  let values = /** @type {Float32Array} */ (new Float32Array(0));
  const pointed = () => hovered ?? pinned;

  /** @param {number | null} index */
  const cellOf = (index) =>
    index !== null && index < stage.size ? { stage: stage.index, index } : null;

  const acts = {
    /** @param {number | null} within */
    hover(within) {
      const cell = cellOf(within === null ? null : first + within);
      hovered = cell?.index ?? null;
      explainer.hover(cell);
      describe();
    },
    /** @param {number} within @param {boolean} byKey */
    pin(within, byKey) {
      const cell = cellOf(first + within);
      if (!cell) return;
      // What a key points at is read aloud; what changes under a pen is not.
      line.ariaLive = byKey ? "polite" : "off";
      const isFirst = pinned === null;
      [hovered, pinned] = [null, cell.index];
      place.at = pinned; // there it is opened again
      explainer.hover(null);
      explainer.pin(cell);
      describe();
      if (isFirst) dialogs.refit(); // the numbers need room
    },
    pinned: () => pinned === null ? null : pinned - first,
  };

  const line = create("p", { className: "value" });
  const picture = hasBars(stage)
    ? listBars(stage.size, stage.sign, acts)
    : enlargedPicture(stage, map, acts);
  const workings = workingsOf(explainer, stage, map);
  const actions = actionsOf(stage, map, pointed, (cell) => {
    dialogs.close();
    explainer.trace(cell, () => openMap({ stage, map, tile, at: cell.index }, dialogs, explainer));
  });
  const left = create("div", { className: "pixels" });
  left.append(
    picture.element,
    line,
    ...beside(stage, "frame" in picture ? picture.frame : null),
    actions.element,
  );
  const body = create("div", { className: "enlarged" });
  body.append(left, workings.element);

  function describe() {
    const index = pointed();
    picture.point(index === null ? null : index - first);
    describeValue(line, stage, index, first, values);
    workings.paint(cellOf(index));
    actions.paint();
  }

  explainer.pin(cellOf(pinned));
  return {
    name: hasBars(stage) ? "bars-card" : "map-card",
    title: titleOf(stage, map),
    body: [body],
    focus: picture.element,
    paint(all) {
      const own = all[stage.index];
      values = picture.paint(own, scaleFor(own, stage.scale));
      describe();
    },
    describe: () => workings.describe(),
    onclose: () => explainer.pin(null),
    onkey: (key) => key === "m" && actions.mute(),
  };
}

/** @param {Placed} stage @param {number} map */
function titleOf(stage, map) {
  const title = create("h3");
  setText(title, nameOf(stage, "map.name"), { layer: stage.name, map: map + 1, n: stage.size });
  return title;
}

/**
 * What stands below the picture: the ends of its colours, and the frame of padding.
 *
 * @param {Placed} stage
 * @param {HTMLElement | null} frame
 */
function beside(stage, frame) {
  return frame ? [legend(stage), ...frameLine(stage, frame)] : [];
}

/**
 * @param {HTMLElement} line
 * @param {Placed} stage
 * @param {number | null} index of the value that is pointed at
 * @param {number} first index of the picture's first value
 * @param {Float32Array} values of the picture
 */
function describeValue(line, stage, index, first, values) {
  if (index === null) {
    const low = decimal(Math.min(...values), DECIMALS);
    const high = decimal(Math.max(...values), DECIMALS);
    return setText(line, "map.range", { low, high });
  }
  const within = index - first;
  const value = decimal(values[within], DECIMALS);
  const [row, column] = [Math.floor(within / stage.width), within % stage.width];
  if (hasBars(stage)) return setText(line, "map.digit", { digit: index, value });
  if (isFlattened(stage)) {
    return setText(line, "map.flat", { neuron: index + 1, map: row + 1, value });
  }
  if (!hasMaps(stage)) return setText(line, "map.neuron", { neuron: index + 1, value });
  setText(line, "map.pixel", { row: row + 1, column: column + 1, value });
}

/**
 * The frame that padding makes, drawn and named.
 *
 * @param {Placed} stage
 * @param {HTMLElement} frame
 */
function frameLine(stage, frame) {
  const [high, wide] = frameOf(stage);
  const most = Math.max(high, wide);
  if (!most) return [];
  frame.hidden = false;
  frame.style.inset = `${100 * high / stage.height}% ${100 * wide / stage.width}%`;
  const words = create("p", { className: "frame-words" });
  setText(words, "map.frame", { frame: most });
  return [words];
}
