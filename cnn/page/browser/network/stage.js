// A stage of the network: its name, and the maps or the bars that it gives.

/**
 * @import { Placed } from "./stages.js"
 * @import { Dialogs } from "./dialog.js"
 * @import { Explainer } from "./explainer.js"
 */

import { Pixels } from "../shared/colors.js";
import { create, find, showText } from "../shared/dom.js";
import { setLabel, setText } from "../shared/i18n.js";
import { endOf, namedEnd } from "../shared/scales.js";
import { store } from "../shared/store.js";
import { openAbout } from "./about.js";
import { columnBars } from "./bars.js";
import { indexUnder, lightOnHover } from "./hover.js";
import { kernelCanvas } from "./kernel.js";
import { light } from "./lights.js";
import { toggleMuted } from "./mute.js";
import { rove } from "./rove.js";
import { nameOf, sides, wordsOf } from "./naming.js";
import { columnsOf, hasBars, hasMaps } from "./stages.js";
import { symbolOf } from "./symbols.js";
import { openMap } from "./zoom.js";

const PICTURE_WIDE = 150; // px that a picture of values has on a small screen
const MOST_CELL = 8; // px that one of its values is wide
const BARS_WIDE = 144;
const HEAD_WIDE = 72; // the symbol, the shape and the question mark beside a name
const LETTER_WIDE = 7.5;

/**
 * @typedef {object} StageView
 * @property {HTMLElement} element
 * @property {HTMLElement[]} tiles of its maps
 * @property {(values: Float32Array) => void} paint called with the stage's values
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
  rove([about, ...tiles.map(({ tile }) => tile)], 1);

  const named = find(element, ".end");
  const area = stage.size / stage.count;
  return {
    element,
    tiles: tiles.map(({ tile }) => tile),
    paint(values) {
      const end = endOf(values, stage.rest);
      showText(named, namedEnd(end, stage.sign));
      tiles.forEach(({ paint }, map) => paint(values.subarray(map * area, (map + 1) * area), end));
    },
  };
}

/**
 * How wide a stage without maps wants to be: whole pixels for each value.
 *
 * @param {Placed} stage
 */
function naturalOf(stage) {
  if (hasBars(stage)) return Math.max(BARS_WIDE, HEAD_WIDE + LETTER_WIDE * stage.name.length);
  const cell = Math.min(MOST_CELL, Math.floor(PICTURE_WIDE / stage.width));
  return stage.width * Math.max(1, cell);
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
  tile.addEventListener("click", (event) => { // which a key makes too, nowhere
    const at = event.detail ? indexUnder(stage, map, tile, event) : null;
    openMap({ stage, map, tile, at }, dialogs, explainer);
  });
  tile.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
    if (key.toLowerCase() !== "m" || ctrlKey || metaKey || !hasMaps(stage)) return;
    toggleMuted(stage, map * size / stage.count);
  });
  lightOnHover(stage, map, tile, explainer);
  if (hasBars(stage)) {
    const bars = columnBars(size, stage.sign);
    tile.append(bars.element, light());
    return { tile, paint: bars.paint };
  }
  const pixels = new Pixels(width, height);
  tile.style.setProperty("--across", `${width}`);
  tile.style.setProperty("--ratio", `${width} / ${height}`);
  tile.append(pixels.canvas, light());
  if (kernels) {
    const kernel = kernelCanvas(kernels, map);
    tile.append(kernel.canvas);
    store.subscribe("theme", kernel.paint); // no answer changes it
  }
  return {
    tile,
    /** @param {Float32Array} values @param {number} end */
    paint: (values, end) => pixels.paint(values, end),
  };
}
