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
import { nameOf } from "./naming.js";
import { enlargedPicture, pictureWidth } from "./picture.js";
import { frameOf, hasBars, hasMaps, isFlattened } from "./stages.js";
import { TALL, workingsOf } from "./workings.js";

const DECIMALS = 3;
const GAP = 16; // px between what stands beside each other

/**
 * map: counted from 0. at: index of the value to point at, among all of the stage; null: the one in
 * the middle, or the longest bar.
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
  const own = explainer.maps[stage.index];
  let pinned = at ?? (hasBars(stage) ? own.indexOf(Math.max(...own)) : first + middleOf(stage));
  let values = /** @type {Float32Array} */ (new Float32Array(0));
  const pointed = () => hovered ?? pinned;
  const cellOf = (/** @type {number} */ index) => ({ stage: stage.index, index });

  const acts = {
    /** @param {number | null} within */
    hover(within) {
      hovered = within === null || first + within >= stage.size ? null : first + within;
      explainer.hover(hovered === null ? null : cellOf(hovered));
      describe();
    },
    /** @param {number} within @param {boolean} byKey */
    pin(within, byKey) {
      if (first + within >= stage.size) return;
      // What a key points at is read aloud; what changes under a pen is not.
      line.ariaLive = byKey ? "polite" : "off";
      [hovered, pinned] = [null, first + within];
      place.at = pinned; // there it is opened again
      explainer.hover(null);
      explainer.pin(cellOf(pinned));
      describe();
    },
    pinned: () => pinned - first,
  };

  const line = create("p", { className: "value" });
  const picture = hasBars(stage)
    ? listBars(stage.size, stage.sign, acts)
    : enlargedPicture(stage, map, acts);
  const view = create("div", { className: "view" });
  view.append(picture.element);
  const colours = legend(stage.sign);
  const workings = workingsOf(explainer, stage, map);
  const actions = actionsOf(stage, map, pointed, (cell) => {
    dialogs.close();
    explainer.trace(cell, () => openMap({ stage, map, tile, at: cell.index }, dialogs, explainer));
  });
  const [pixels, made] = ["pixels", "made"].map((className) => create("div", { className }));
  pixels.append(view, ...hasBars(stage) ? [] : [colours.element]);
  made.append(line, workings.sum);
  const body = create("div", { className: "enlarged" });
  body.classList.toggle("tall", stage.height >= TALL);
  body.append(pixels, made, actions.element);
  if (workings.picture) body.append(workings.picture);
  if ("frame" in picture) body.append(...frameLine(stage, picture.frame));

  function describe() {
    const index = pointed();
    picture.point(index - first);
    describeValue(line, stage, index, first, values);
    workings.paint(cellOf(index));
    actions.paint();
  }

  explainer.pin(cellOf(pinned));
  return {
    name: hasBars(stage) ? "bars-card" : "map-card",
    title: titleOf(stage, map),
    body: [body],
    width: pictureWidth(stage) + GAP + workings.width,
    focus: picture.element,
    clear: () => explainer.clear(cellOf(pointed())),
    paint(all) {
      const end = explainer.endOf(stage);
      values = picture.paint(all[stage.index], end);
      colours.paint(end);
      describe();
    },
    describe: () => workings.describe(),
    onclose: () => explainer.pin(null),
    onkey: (key) => key === "m" && actions.mute(),
  };
}

/** Index of the value in the middle of a picture. @param {Placed} stage */
function middleOf(stage) {
  const { height, width } = stage;
  return Math.floor(height / 2) * width + Math.floor(width / 2);
}

/** @param {Placed} stage @param {number} map */
function titleOf(stage, map) {
  const title = create("h3");
  setText(title, nameOf(stage, "map.name"), { layer: stage.name, map: map + 1, n: stage.size });
  return title;
}

/**
 * @param {HTMLElement} line
 * @param {Placed} stage
 * @param {number} index of the value that is pointed at
 * @param {number} first index of the picture's first value
 * @param {Float32Array} values of the picture
 */
function describeValue(line, stage, index, first, values) {
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
