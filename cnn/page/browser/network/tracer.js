// The way from a value back to the ink: stage by stage, the strongest cells and one line through
// the strongest of all.

/**
 * @import { Traced } from "../engine/trace.js"
 * @import { Cell } from "../shared/store.js"
 * @import { Explainer } from "./explainer.js"
 * @import { Lights } from "./lights.js"
 */

import { trace } from "../engine/trace.js";
import { store } from "../shared/store.js";
import { placeOf } from "./layout.js";
import { pictureIn } from "./lights.js";

const STEP_MS = 240; // from stage to stage: fast, but slow enough to follow
const MAX_INK = 40; // pixels of ink that are lit

export class Tracer {
  /** @type {Cell | null} what is traced */
  cell = null;
  /** @type {number} */
  #timer = 0;
  /** @type {SVGSVGElement} */
  #lines;
  /** @type {((found: { cell: Cell, ink: number } | null) => void)[]} */
  #listeners = [];

  /**
   * @param {Explainer} explainer
   * @param {Lights} lights
   */
  constructor(explainer, lights) {
    this.explainer = explainer;
    this.lights = lights;
    this.#lines = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.#lines.setAttribute("class", "way");
    this.#lines.setAttribute("aria-hidden", "true");
  }

  /**
   * Listen to what is found: how many pixels of ink, or null when the trace is over.
   *
   * @param {(found: { cell: Cell, ink: number } | null) => void} listener
   */
  ontrace(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Cell} cell */
  start(cell) {
    this.stop();
    this.cell = cell;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#begin();
    if (isCalm) this.#showAll();
    else this.#reveal(0);
  }

  stop() {
    clearTimeout(this.#timer);
    if (!this.cell) return;
    this.cell = null;
    this.#lines.remove();
    this.explainer.host.classList.remove("tracing");
    this.lights.clear();
    store.set("lit", null);
    this.#listeners.forEach((listener) => listener(null));
  }

  /** The values or the places of the maps have changed: show the whole trace at once. */
  repaint() {
    clearTimeout(this.#timer);
    this.#begin();
    this.#showAll();
  }

  #begin() {
    const { network, maps, host } = this.explainer;
    const { stage, index } = /** @type {Cell} */ (this.cell);
    this.way = trace(network, maps, stage, index, { most: MAX_INK });
    this.single = trace(network, maps, stage, index, { most: 1 });
    this.lights.unmark();
    this.lights.dim();
    this.#lines.replaceChildren();
    host.classList.add("tracing");
    host.append(this.#lines);
  }

  #showAll() {
    this.way?.forEach((_, step) => this.#step(step));
    this.#done();
  }

  /** @param {number} step */
  #reveal(step) {
    const { way = [] } = this;
    if (step === way.length) return this.#done();
    this.#step(step);
    this.#timer = setTimeout(() => this.#reveal(step + 1), STEP_MS);
  }

  /** @param {number} step */
  #step(step) {
    const { way = [], single = [], explainer, lights } = this;
    const { stage: at, cells } = way[step];
    const stage = explainer.stages[at];
    lights.mark(stage, cells, explainer.maps[at], explainer.endOf(stage));
    if (step > 0) this.#line(single[step - 1], single[step]);
  }

  #done() {
    const ink = this.way?.at(-1)?.cells ?? [];
    store.set("lit", { field: null, ink });
    const cell = /** @type {Cell} */ (this.cell);
    this.#listeners.forEach((listener) => listener({ cell, ink: ink.length }));
  }

  /** A line between two values. @param {Traced} from @param {Traced} to */
  #line(from, to) {
    if (!from.cells.length || !to.cells.length) return;
    const [start, end] = [from, to].map(({ stage, cells }) => this.#placeOf(stage, cells[0].index));
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const bend = (end.x - start.x) / 2;
    path.setAttribute(
      "d",
      `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${
        end.x - bend
      } ${end.y} ${end.x} ${end.y}`,
    );
    path.setAttribute("pathLength", "1");
    this.#lines.append(path);
  }

  /** The middle of a value on the host, in px. @param {number} at @param {number} index */
  #placeOf(at, index) {
    const stage = this.explainer.stages[at];
    const { map, row, column } = placeOf(stage, index);
    const host = this.explainer.host.getBoundingClientRect();
    const box = pictureIn(this.lights.views[at].tiles[map]).getBoundingClientRect();
    return {
      x: box.left - host.left + (column + 0.5) / stage.width * box.width,
      y: box.top - host.top + (row + 0.5) / stage.height * box.height,
    };
  }
}
