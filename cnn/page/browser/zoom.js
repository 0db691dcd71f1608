// One map enlarged: while the mouse is on it, or until closed once it is tapped. It stays live.

import { Pixels } from "./colors.js";
import { kernelCanvas } from "./kernel.js";
import { say, translate } from "./words.js";

const GAP = 12; // pixels between the map and the panel

export class Zoom {
  constructor(bytes) {
    this.bytes = bytes; // the newest answer's
    this.shown = null; // { tile, layer, map, width, height, start }
    this.pinned = false;
    this.pixel = null; // [row, column] under the pointer
    this.panel = document.createElement("aside");
    this.panel.className = "zoom";
    this.panel.hidden = true;
    this.panel.innerHTML = `
      <header><strong></strong><button type="button" class="close" data-word-label="map.close">×</button></header>
      <div class="picture"><i class="cursor" hidden></i></div>
      <p class="value"></p>
      <div class="its-kernel"><p></p></div>`;
    this.picture = this.panel.querySelector(".picture");
    this.panel.querySelector(".close").addEventListener("click", () => this.close());
    this.picture.addEventListener("pointermove", (event) => this.point(event, this.picture));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    document.addEventListener("pointerdown", ({ target }) => {
      // The pad may be drawn on with a map pinned: seeing it change is the point.
      if (!target.closest(".zoom, .map, .sketchpad")) this.close();
    });
    translate(this.panel);
  }

  attach(tile, place) {
    const shown = { tile, ...place };
    tile.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse" && !this.pinned) this.open(shown);
    });
    tile.addEventListener("pointermove", (event) => {
      if (this.shown?.tile === tile) this.point(event, tile.querySelector("canvas"));
    });
    tile.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !this.pinned) this.close();
    });
    tile.addEventListener("click", () => {
      if (this.pinned && this.shown?.tile === tile) return this.close();
      this.open(shown);
      this.pinned = true;
      this.panel.classList.add("pinned");
    });
  }

  open(shown) {
    this.close();
    this.shown = shown;
    shown.tile.classList.add("shown");
    const { layer, map, width, height } = shown;
    this.pixels = new Pixels(width, height);
    this.picture.prepend(this.pixels.canvas);
    if (layer.kernels) this.panel.querySelector(".its-kernel").append(kernelCanvas(layer.kernels, map));
    this.panel.hidden = false;
    this.describe();
    this.paint();
    this.beside(shown.tile);
  }

  close() {
    this.shown?.tile.classList.remove("shown");
    this.shown = this.pixel = null;
    this.pinned = false;
    this.panel.hidden = true;
    this.panel.classList.remove("pinned");
    this.panel.querySelectorAll("canvas").forEach((canvas) => canvas.remove());
  }

  // Right of the map, or left of it, or over the foot of a narrow screen (see page.css).
  beside(tile) {
    const at = tile.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.panel;
    const right = at.right + GAP + width < innerWidth;
    this.panel.style.left = `${right ? at.right + GAP : Math.max(GAP, at.left - GAP - width)}px`;
    const top = at.top + at.height / 2 - height / 2;
    this.panel.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
  }

  point(event, canvas) {
    const box = canvas.getBoundingClientRect();
    const { width, height } = this.shown;
    const inside = (share, n) => Math.max(0, Math.min(n - 1, Math.floor(share * n)));
    this.pixel = [
      inside((event.clientY - box.top) / box.height, height),
      inside((event.clientX - box.left) / box.width, width),
    ];
    this.describe();
  }

  describe() {
    if (!this.shown) return;
    const { layer, map, width, height } = this.shown;
    const single = layer.shape.length === 1;
    const name = single ? "neurons.name" : "map.name";
    this.panel.querySelector("strong").textContent = say(name, { layer: layer.name, map: map + 1 });
    const its = this.panel.querySelector(".its-kernel");
    its.hidden = !layer.kernels;
    if (layer.kernels) {
      const n = layer.kernels.shape[1];
      its.firstElementChild.textContent = say(n === 1 ? "map.kernel" : "map.kernels", { n });
    }
    const cursor = this.picture.querySelector(".cursor");
    cursor.hidden = !this.pixel;
    if (this.pixel) {
      const [row, column] = this.pixel;
      cursor.style.inset = `${(100 * row) / height}% auto auto ${(100 * column) / width}%`;
      cursor.style.width = `${100 / width}%`;
      cursor.style.height = `${100 / height}%`;
    }
    this.value();
  }

  value() {
    const { layer, width, height, start } = this.shown;
    const at = (i) => ((((this.bytes()[start + i] << 24) >> 24) / 127) * layer.scale).toFixed(2);
    const line = this.panel.querySelector(".value");
    if (this.pixel) {
      const [row, column] = this.pixel;
      line.textContent = say("map.pixel", { row, column, value: at(row * width + column) });
    } else {
      const values = Array.from({ length: width * height }, (_, i) => Number(at(i)));
      line.textContent = say("map.range", { low: Math.min(...values), high: Math.max(...values) });
    }
  }

  paint() {
    if (!this.shown) return;
    this.pixels.paint(this.bytes(), this.shown.start);
    this.value();
  }
}
