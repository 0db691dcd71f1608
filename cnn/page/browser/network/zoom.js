// One map enlarged: while the mouse is on it, or until closed once it is tapped. It stays live.

/** @import { MapPlace } from "./card.js" */

import { Pixels } from "../shared/colors.js";
import { create, find } from "../shared/dom.js";
import { setText, translate } from "../shared/i18n.js";
import { kernelCanvas } from "./kernel.js";
import { hasMaps } from "./layers.js";
import { decimal } from "./numbers.js";

const GAP = 12; // pixels between the map and the panel
const DECIMALS = 2;
const KEEPS_OPEN = ".zoom, .map, .pad-panel"; // one may draw with a map pinned, to see it change

export class Zoom {
  /** @type {Float32Array} of all layers, from the newest answer */
  #values = new Float32Array(0);
  /** @type {MapPlace & { tile: HTMLElement } | null} */
  #shown = null;
  /** @type {Pixels | null} */
  #pixels = null;
  /** @type {ReturnType<typeof kernelCanvas> | null} */
  #kernel = null;
  /** @type {{ row: number, column: number } | null} what is pointed at, counted from 0 */
  #pixel = null;
  #pinned = false;

  constructor() {
    this.panel = create("aside", { className: "zoom", hidden: true });
    this.panel.innerHTML = `
      <header>
        <strong></strong>
        <button type="button" class="close" data-i18n-label="map.close">×</button>
      </header>
      <div class="picture"><i class="cursor" hidden></i></div>
      <p class="value"></p>
      <div class="its-kernel"><p></p></div>`;
    this.picture = find(this.panel, ".picture");
    this.cursor = find(this.panel, ".cursor");
    this.itsKernel = find(this.panel, ".its-kernel");
    find(this.panel, ".close").addEventListener("click", () => this.close());
    this.picture.addEventListener("pointermove", (event) => this.#point(event, this.picture));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
    document.addEventListener("pointerdown", ({ target }) => {
      if (!(target instanceof Element && target.closest(KEEPS_OPEN))) this.close();
    });
    translate(this.panel);
  }

  /**
   * Enlarge the map when its tile is pointed at, or tapped.
   *
   * @param {HTMLElement} tile
   * @param {MapPlace} place
   */
  attach(tile, place) {
    const shown = { tile, ...place };
    const canvas = find(tile, "canvas");
    tile.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType === "mouse" && !this.#pinned) this.#open(shown);
    });
    tile.addEventListener("pointermove", (event) => {
      if (this.#shown === shown) this.#point(event, canvas);
    });
    tile.addEventListener("pointerleave", ({ pointerType }) => {
      if (pointerType === "mouse" && !this.#pinned) this.close();
    });
    tile.addEventListener("click", () => {
      if (this.#pinned && this.#shown === shown) return this.close();
      this.#open(shown);
      this.#pinned = true;
      this.panel.classList.add("pinned");
    });
  }

  /** @param {MapPlace & { tile: HTMLElement }} shown */
  #open(shown) {
    this.close();
    const { tile, layer, index, width, height } = shown;
    this.#shown = shown;
    tile.classList.add("shown");
    this.#pixels = new Pixels(width, height);
    this.picture.prepend(this.#pixels.canvas);
    this.#kernel = layer.kernels ? kernelCanvas(layer.kernels, index) : null;
    if (this.#kernel) this.itsKernel.append(this.#kernel.canvas);
    this.panel.hidden = false;
    this.#describe();
    this.paint(this.#values);
    this.#placeBeside(tile);
  }

  close() {
    this.#shown?.tile.classList.remove("shown");
    this.#shown = this.#pixel = null;
    this.#pinned = false;
    this.panel.hidden = true;
    this.panel.classList.remove("pinned");
    this.#pixels?.canvas.remove();
    this.#kernel?.canvas.remove();
  }

  /**
   * Right of the map, or left of it; over the foot of a narrow screen, see zoom.css.
   *
   * @param {HTMLElement} tile
   */
  #placeBeside(tile) {
    const at = tile.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.panel;
    const right = at.right + GAP + width < innerWidth;
    const top = at.top + at.height / 2 - height / 2;
    this.panel.style.left = `${right ? at.right + GAP : Math.max(GAP, at.left - GAP - width)}px`;
    this.panel.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
  }

  /** @param {PointerEvent} event @param {HTMLElement} picture that it is on */
  #point(event, picture) {
    if (!this.#shown) return;
    const { width, height } = this.#shown;
    const box = picture.getBoundingClientRect();
    /** @param {number} share @param {number} n */
    const inside = (share, n) => Math.max(0, Math.min(n - 1, Math.floor(share * n)));
    this.#pixel = {
      row: inside((event.clientY - box.top) / box.height, height),
      column: inside((event.clientX - box.left) / box.width, width),
    };
    this.#describe();
  }

  /** Say what is shown, in words. */
  #describe() {
    if (!this.#shown) return;
    const { layer, index, width, height } = this.#shown;
    const values = { layer: layer.name, map: index + 1, n: layer.size };
    setText(find(this.panel, "strong"), hasMaps(layer) ? "map.name" : "map.neurons", values);
    this.itsKernel.hidden = !layer.kernels;
    const [, channels] = layer.kernels?.shape ?? [0, 0];
    const before = layer.before?.name ?? "";
    const kernelWord = channels === 1 ? "map.kernel" : "map.kernels";
    setText(find(this.itsKernel, "p"), kernelWord, { n: channels, before });
    this.cursor.hidden = !this.#pixel;
    if (this.#pixel) {
      const { row, column } = this.#pixel;
      this.cursor.style.inset = `${(100 * row) / height}% auto auto ${(100 * column) / width}%`;
      this.cursor.style.width = `${100 / width}%`;
      this.cursor.style.height = `${100 / height}%`;
    }
    this.#describeValue();
  }

  #describeValue() {
    if (!this.#shown) return;
    const { layer, width } = this.#shown;
    const values = this.#mapValues();
    const line = find(this.panel, ".value");
    if (this.#pixel) {
      const { row, column } = this.#pixel;
      const i = row * width + column;
      const value = i < values.length ? decimal(values[i], DECIMALS) : "";
      if (!hasMaps(layer)) return setText(line, "map.neuron", { neuron: i + 1, value });
      return setText(line, "map.pixel", { row: row + 1, column: column + 1, value });
    }
    const low = decimal(Math.min(...values), DECIMALS);
    const high = decimal(Math.max(...values), DECIMALS);
    setText(line, "map.range", { low, high });
  }

  /** The values of the map that is shown. */
  #mapValues() {
    if (!this.#shown) return new Float32Array(0);
    const { layer, index } = this.#shown;
    const area = hasMaps(layer) ? layer.size / layer.shape[0] : layer.size;
    const start = layer.start + index * area;
    return this.#values.subarray(start, start + area);
  }

  /** @param {Float32Array} values of all layers, from the newest answer */
  paint(values) {
    this.#values = values;
    if (!this.#shown) return;
    this.#pixels?.paint(this.#mapValues(), this.#shown.layer.scale);
    this.#kernel?.paint();
    this.#describeValue();
  }
}
