// A stage of the network: its name, and the maps or the bars that it gives.

/**
 * @import { Dialogs } from "./dialog.js"
 * @import { Explainer } from "./explainer.js"
 * @import { Placed } from "./layout.js"
 */

import { endOf, namedEnd, Pixels } from "../shared/colors.js";
import { create, find, showText } from "../shared/dom.js";
import { setLabel, setText } from "../shared/i18n.js";
import { openAbout } from "./about.js";
import { columnBars } from "./bars.js";
import { indexUnder, lightOnHover, rovingTabindex } from "./explainer.js";
import { columnsOf, hasBars, hasMaps, nameOf, sides, wordsOf } from "./layout.js";
import { light } from "./lights.js";
import { openMap } from "./map-card.js";
import { toggleMuted } from "./mute.js";
import { kernelCanvas } from "./operands.js";

const PICTURE_WIDE = 150; // px that a picture of values has on a small screen
const MAX_CELL = 8; // px that one of its values is wide
const BARS_WIDE = 144; // px that bars have at least
const BAR_WIDE = 14; // px of one with its gap
const HEAD_WIDE = 72; // the symbol, the shape and the question mark beside a name
const LETTER_WIDE = 7.5;

/**
 * @typedef {object} StageView
 * @property {HTMLElement} element
 * @property {HTMLElement[]} tiles of its maps
 * @property {(values: Float32Array) => void} paint called with the stage's values
 * @property {() => void} paintKernels called where weights or theme have changed: no answer does that
 */

/**
 * @param {Placed} stage
 * @param {Dialogs} dialogs
 * @param {Explainer} explainer
 * @returns {StageView}
 */
export function stageView(stage, dialogs, explainer) {
  const element = create("section", { className: "stage" });
  element.role = "group";
  element.ariaLabel = stage.name;
  element.classList.toggle("vector", !hasMaps(stage));
  element.classList.toggle("input", stage.kind === "Normalize");
  element.style.setProperty("--columns", `${columnsOf(stage)}`);
  element.style.setProperty("--natural", `${naturalOf(stage)}`);
  element.innerHTML = `
    <header>
      <button type="button" class="about" aria-haspopup="dialog">
        <b></b> <span class="shape"></span> <span class="mark">?</span>
      </button>
      <span class="legend"><i class="scale ${stage.sign}"></i><span class="end"></span></span>
    </header>
    <div class="maps"></div>`;
  const [about, maps] = [find(element, ".about"), find(element, ".maps")];
  about.prepend(symbolOf(stage.kind));
  about.addEventListener("click", () => openAbout(stage, about, maps, dialogs));
  setLabel(about, "layer.about", { layer: stage.name });
  find(element, "b").textContent = stage.name;
  find(element, ".shape").textContent = sides(stage.before ? stage.shape : stage.shape.slice(-2));
  const { note, values } = wordsOf(stage);
  if (note && (!hasMaps(stage) || !stage.before)) {
    const line = create("p", { className: "note" });
    setText(line, note, values);
    element.append(line);
  }
  const tiles = Array.from(
    { length: stage.count },
    (_, map) => tileOf(stage, map, dialogs, explainer),
  );
  maps.append(...tiles.map(({ tile }) => tile));
  rovingTabindex([about, ...tiles.map(({ tile }) => tile)], 1);

  const named = find(element, ".end");
  const area = stage.size / stage.count;
  return {
    element,
    tiles: tiles.map(({ tile }) => tile),
    paintKernels: () => tiles.forEach(({ paintKernel }) => paintKernel()),
    paint(values) {
      const end = endOf(values, stage.rest);
      showText(named, namedEnd(end, stage.sign));
      tiles.forEach(({ paint }, map) => paint(values.subarray(map * area, (map + 1) * area), end));
    },
  };
}

/**
 * How wide a stage without maps wants to be: whole pixels for each value, if it has not too many.
 *
 * @param {Placed} stage
 */
function naturalOf(stage) {
  if (hasBars(stage)) {
    return Math.max(BARS_WIDE, BAR_WIDE * stage.size, HEAD_WIDE + LETTER_WIDE * stage.name.length);
  }
  const cell = Math.min(MAX_CELL, Math.floor(PICTURE_WIDE / stage.width));
  return cell ? stage.width * cell : PICTURE_WIDE;
}

/**
 * @param {Placed} stage
 * @param {number} map which, counted from 0
 * @param {Dialogs} dialogs
 * @param {Explainer} explainer
 */
function tileOf(stage, map, dialogs, explainer) {
  const { name, size, width, height, kernels } = stage;
  const tile = create("button", { type: "button", className: "map" });
  tile.dataset.layer = name;
  tile.dataset.map = `${map + 1}`;
  tile.ariaHasPopup = "dialog";
  const words = { layer: name, map: map + 1, n: size };
  setLabel(tile, nameOf(stage, "map.label"), words);
  tile.addEventListener("click", (event) => { // a key makes clicks, too, but at no place
    const at = event.detail ? indexUnder(stage, map, tile, event) : null;
    openMap({ stage, map, tile, at }, dialogs, explainer);
  });
  tile.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
    if (key.toLowerCase() !== "m" || ctrlKey || metaKey || !hasMaps(stage)) return;
    toggleMuted(stage, map * size / stage.count);
  });
  lightOnHover(stage, map, tile, explainer);
  if (stage.classes && hasBars(stage)) {
    const bars = columnBars(stage.classes, stage.sign);
    tile.append(bars.element, light());
    return { tile, paintKernel() {}, paint: bars.paint };
  }
  const pixels = new Pixels(width, height);
  tile.style.setProperty("--across", `${width}`);
  tile.classList.toggle("fine", width > PICTURE_WIDE);
  tile.style.setProperty("--ratio", `${width} / ${height}`);
  tile.append(pixels.canvas, light());
  let paintKernel = () => {};
  if (kernels) {
    const kernel = kernelCanvas(kernels, map);
    tile.append(kernel.canvas);
    paintKernel = kernel.paint;
  }
  return {
    tile,
    paintKernel,
    /** @param {Float32Array} values @param {number} end */
    paint: (values, end) => pixels.paint(values, end),
  };
}

// A small drawing for each kind of stage.

/** @type {Record<string, string>} paths in a square of 16 */
const PATHS = {
  Normalize: "M2 13h12M3 13c3 0 3-10 5-10s2 10 5 10",
  Conv2d: "M2 2h12v12H2zM2 6h8v8M6 2v0M10 6v8",
  ReLU: "M2 13h6l6-10",
  LeakyReLU: "M2 14l6-2 6-9",
  Tanh: "M2 13c9 0 3-10 12-10",
  BatchNorm2d: "M2 13h12M3 13c3 0 3-10 5-10s2 10 5 10M8 2v12",
  MaxPool2d: "M2 2h12v12H2zM8 2v12M2 8h12",
  AvgPool2d: "M2 2h12v12H2zM8 2v12M2 8h12",
  Flatten: "M2 3h5v5H2zM10 3h4M10 8h4M2 13h12",
  Dropout:
    "M3 3h.01M8 3h.01M13 3h.01M3 8h.01M13 8h.01m-6.5-1.5 3 3m0-3-3 3M3 13h.01M8 13h.01M13 13h.01",
  Linear: "M3 3l10 3M3 3l10 7M3 8l10-2M3 8l10 2M3 13l10-7M3 13l10-3",
  LogSoftmax: "M2 14V9M6 14v-3M10 14V3M14 14v-2",
};

/**
 * The symbol as an element that a screen reader passes over.
 *
 * @param {string} kind
 */
function symbolOf(kind) {
  return svg(PATHS[kind] ?? "M4 4h8v8H4z", "symbol");
}

/**
 * The way the data flows.
 *
 * @param {boolean} turns whether it comes from the row above
 */
export const arrow = (turns) =>
  turns
    ? svg("M4 2v7h9M10 6l3 3-3 3", "arrow turns")
    : svg("M2 8h12M10.5 4.5 14 8l-3.5 3.5", "arrow");

/** @param {string} path @param {string} name of its class */
function svg(path, name) {
  const NAMESPACE = "http://www.w3.org/2000/svg";
  const element = document.createElementNS(NAMESPACE, "svg");
  element.setAttribute("viewBox", "0 0 16 16");
  element.setAttribute("class", name);
  element.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(NAMESPACE, "path");
  line.setAttribute("d", path);
  element.append(line);
  return element;
}
