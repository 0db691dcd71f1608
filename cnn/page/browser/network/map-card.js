// One map or one stage's bars enlarged on a card, with how each of its values is made. It stays
// live.

/**
 * @import { Cell } from "../shared/store.js"
 * @import { Content, Dialogs } from "./dialog.js"
 * @import { Explainer } from "./explainer.js"
 * @import { Placed } from "./layout.js"
 */

import { argmax } from "../engine/probabilities.js";
import { Pixels } from "../shared/colors.js";
import { create } from "../shared/dom.js";
import { setLabel, setText } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";
import { legend } from "./about.js";
import { listBars } from "./bars.js";
import { sayPattern } from "./equation.js";
import { frameOf, hasBars, hasMaps, isFlattened, isNeurons, nameOf } from "./layout.js";
import { isMuted, toggleMuted } from "./mute.js";
import { operandsOf, TALL } from "./operands.js";

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
  let pinned = at ?? (stage.classes ? argmax(own) : first + middleOf(stage));
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
      place.at = pinned; // so that it is opened there again
      explainer.hover(null);
      explainer.pin(cellOf(pinned));
      describe();
    },
    pinned: () => pinned - first,
  };

  const line = create("p", { className: "value" });
  const picture = stage.classes && hasBars(stage)
    ? listBars(stage.classes, stage.sign, acts)
    : enlargedPicture(stage, map, acts);
  const view = create("div", { className: "view" });
  view.append(picture.element);
  const colours = legend(stage.sign);
  const operands = operandsOf(explainer, stage, map);
  const actions = actionsOf(stage, map, pointed, (cell) => {
    dialogs.close();
    explainer.trace(cell, () => openMap({ stage, map, tile, at: cell.index }, dialogs, explainer));
  });
  const [pixels, made] = ["pixels", "made"].map((className) => create("div", { className }));
  const pattern = create("p", { className: "pattern" });
  pixels.append(view, ...hasBars(stage) ? [] : [colours.element], pattern);
  made.append(line, operands.sum);
  const body = create("div", { className: "enlarged" });
  body.classList.toggle("tall", stage.height >= TALL);
  body.append(pixels, made, actions.element);
  if (operands.picture) body.append(operands.picture);
  if ("frame" in picture) body.append(...frameLine(stage, picture.frame));

  function describe() {
    const index = pointed();
    picture.point(index - first);
    describeValue(line, stage, index, first, values);
    operands.paint(cellOf(index));
    actions.paint();
  }

  explainer.pin(cellOf(pinned));
  return {
    name: hasBars(stage) ? "bars-card" : "map-card",
    title: titleOf(stage, map),
    body: [body],
    width: pictureWidth(stage) + GAP + operands.width,
    focus: picture.element,
    clear: () => explainer.clear(cellOf(pointed())),
    paint(all) {
      const end = explainer.endOf(stage);
      values = picture.paint(all[stage.index], end);
      colours.paint(end);
      describe();
    },
    describe() {
      sayPattern(pattern, "pattern.of", explainer.patternOf(stage, map));
      operands.describe();
    },
    onclose: () => explainer.pin(null),
    onkey: (key) => key === "m" && actions.mute(),
  };
}

/** Index of the value in the middle of a picture. @param {Placed} stage */
function middleOf({ height, width, size, count }) {
  const middle = Math.floor(height / 2) * width + Math.floor(width / 2);
  return Math.min(size / count - 1, middle); // the last row of a picture may not be full
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
  if (stage.classes) return setText(line, "map.digit", { digit: stage.classes[index], value });
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

// One map enlarged: its values one by one, which a pointer or the arrow keys point at.

const MIN_PIXEL = 12; // px: what a pointer can be aimed at
const WIDE = 196; // px that a picture has unless its pixels need more
const NARROW = 168; // and on a narrow card

/** @type {Record<string, [down: number, right: number]>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * What one does with it. at: an index within the picture; null: nothing is pointed at.
 *
 * @typedef {object} Acts
 * @property {(at: number | null) => void} hover
 * @property {(at: number, byKey: boolean) => void} pin
 * @property {() => number} pinned
 */

/**
 * @param {Placed} stage
 * @param {number} map
 * @param {Acts} acts
 */
function enlargedPicture(stage, map, { hover, pin, pinned }) {
  const { width, height, size, count } = stage;
  const area = size / count;
  const pixels = new Pixels(width, height);
  const element = create("div", { className: "picture", tabIndex: 0, role: "application" });
  const frame = create("i", { className: "frame", hidden: true });
  const cursor = create("i", { className: "cursor" });
  element.append(pixels.canvas, frame, cursor);
  for (const [name, wide] of [["--wide", WIDE], ["--narrow", NARROW]]) {
    element.style.setProperty(`${name}`, `${sideFor(width, Number(wide))}px`);
  }
  element.style.aspectRatio = `${width} / ${height}`;
  setLabel(element, "map.pixels");

  /** @param {MouseEvent} event */
  function indexAt({ clientX, clientY }) {
    const box = element.getBoundingClientRect();
    const row = within(Math.floor((clientY - box.top) / box.height * height), height);
    return row * width + within(Math.floor((clientX - box.left) / box.width * width), width);
  }

  element.addEventListener("pointermove", (event) => hover(indexAt(event)));
  element.addEventListener("pointerleave", () => hover(null));
  element.addEventListener("click", (event) => pin(indexAt(event), false));
  element.addEventListener("keydown", (event) => {
    const [down, right] = MOVES[event.key] ?? [0, 0];
    if (!down && !right) return;
    event.preventDefault();
    const at = pinned();
    const row = within(Math.floor(at / width) + down, height);
    pin(row * width + within(at % width + right, width), true);
    cursor.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  return {
    element,
    frame,
    /** @param {number} at */
    point(at) {
      cursor.style.left = `${100 * (at % width) / width}%`;
      cursor.style.top = `${100 * Math.floor(at / width) / height}%`;
      cursor.style.width = `${100 / width}%`;
      cursor.style.height = `${100 / height}%`;
    },
    /** @param {Float32Array} own the values of all maps of the stage @param {number} end */
    paint(own, end) {
      const values = own.subarray(map * area, (map + 1) * area);
      pixels.paint(values, end);
      return values;
    },
  };
}

/** How wide a picture of so many values across is. @param {number} across @param {number} wanted px */
const sideFor = (across, wanted) => across * Math.max(MIN_PIXEL, Math.round(wanted / across));

/** How wide a stage's enlarged picture is at best, in px. @param {Placed} stage */
const pictureWidth = (stage) => hasBars(stage) ? WIDE : sideFor(stage.width, WIDE);

/** @param {number} i @param {number} count */
const within = (i, count) => Math.max(0, Math.min(count - 1, i));

// What can be done with a value: trace it to the ink, and switch off its map or neuron.

/**
 * @param {Placed} stage
 * @param {number} map
 * @param {() => number} pointed index of the value that is pointed at
 * @param {(cell: Cell) => void} trace
 */
function actionsOf(stage, map, pointed, trace) {
  const element = create("p", { className: "actions" });
  const tracing = create("button", { type: "button", className: "trace" });
  const muting = create("button", { type: "button", className: "mute" });
  const muteWords = create("span");
  muting.append(muteWords, " ", create("kbd", { textContent: "M" }));
  setText(tracing, "trace");
  element.append(tracing);
  // A log-probability of zero would be the surest of all answers, not none.
  if (stage.kind !== "LogSoftmax") element.append(muting);
  // A map can be switched off whatever is pointed at.
  const unit = () => hasMaps(stage) ? map * stage.size / stage.count : pointed();

  function mute() {
    if (stage.kind !== "LogSoftmax") toggleMuted(stage, unit());
  }
  muting.addEventListener("click", mute);
  tracing.addEventListener("click", () => trace({ stage: stage.index, index: pointed() }));

  return {
    element,
    mute,
    paint() {
      const index = unit();
      const isOff = isMuted(stage, index);
      muting.ariaPressed = `${isOff}`;
      const values = { neuron: index + 1, digit: stage.classes?.[index] ?? "" };
      setText(muteWords, isOff ? "mute.off" : wordFor(stage), values);
    },
  };
}

/** @param {Placed} stage @returns {"mute.map" | "mute.digit" | "mute.neuron" | "mute.value"} */
function wordFor(stage) {
  if (hasMaps(stage)) return "mute.map";
  if (stage.classes) return "mute.digit";
  return isNeurons(stage) ? "mute.neuron" : "mute.value";
}
