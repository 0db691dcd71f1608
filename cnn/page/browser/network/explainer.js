// What is pointed at, and what is highlighted and said about it. A pinned value stays, and stays
// live.

/**
 * @import { Rect } from "../engine/layers/layer.js"
 * @import { Network } from "../engine/network.js"
 * @import { Part } from "../shared/address.js"
 * @import { Word } from "../shared/i18n.js"
 * @import { Cell } from "../shared/store.js"
 * @import { Placed } from "./layout.js"
 * @import { StageView } from "./stage.js"
 */

import { explain } from "../engine/explain.js";
import { patternsOf } from "../engine/patterns.js";
import { closed, opened } from "../shared/address.js";
import { endOf } from "../shared/colors.js";
import { store } from "../shared/store.js";
import { contributing } from "./equation.js";
import { isSame, originOf } from "./layout.js";
import { fieldsOf, Lights, pictureIn } from "./lights.js";
import { Tracer } from "./tracer.js";

const STRONGEST = 24; // contributions of a neuron that are marked where they lie

/**
 * The field; null where it is the whole picture: then it highlights nothing in particular.
 *
 * @param {Rect | null} rect
 * @param {Placed} stage
 */
function partOf(rect, { width, height }) {
  const isWhole = rect && rect.right - rect.left === width && rect.bottom - rect.top === height;
  return isWhole ? null : rect;
}

export class Explainer {
  /** @type {Float32Array[]} of all stages, from the newest answer */
  maps = [];
  /** @type {Cell | null} */
  #hovered = null;
  /** @type {Cell | null} */
  #pinned = null;
  /** @type {((cell: Cell | null) => void)[]} */
  #listeners = [];
  /** @type {(() => void) | null} brings back what was on the screen before a trace */
  #resume = null;
  /** @type {Part} */
  #traced = { open() {}, close: () => this.stopTrace() };
  /** @type {Lights} */
  #lights;
  /** @type {ReturnType<typeof patternsOf> | null} found when they are first asked for */
  #patterns = null;

  /**
   * @param {HTMLElement} host
   * @param {Network} network
   * @param {Placed[]} stages
   */
  constructor(host, network, stages) {
    this.host = host;
    this.network = network;
    this.stages = stages;
    this.#lights = new Lights(host, stages, []);
    this.tracer = new Tracer(this, this.#lights);
    this.tracer.ontrace((found) => found || closed(this.#traced));
  }

  /** @param {StageView[]} views of all stages, which are made after this */
  use(views) {
    this.#lights.views = views;
  }

  /** What is pointed at. */
  get cell() {
    return this.#hovered ?? this.#pinned;
  }

  /** @param {(cell: Cell | null) => void} listener called when another cell is pointed at */
  onpoint(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Cell | null} cell pointed at for as long as the pointer is there */
  hover(cell) {
    if (isSame(cell, this.#hovered) || this.tracer.cell) return;
    this.#hovered = cell;
    this.#show();
  }

  /** @param {Cell | null} cell that stays */
  pin(cell) {
    this.#pinned = cell;
    this.#show();
  }

  /**
   * The word for the simple pattern to which a map responds most; null: to none, or it is no map of a
   * layer.
   *
   * @param {Placed} stage
   * @param {number} map counted from 0
   */
  patternOf(stage, map) {
    if (!stage.before) return null;
    this.#patterns ??= patternsOf(this.network);
    const name = this.#patterns[stage.index][map];
    return name ? /** @type {Word} */ (`pattern.${name}`) : null;
  }

  /** Its weights have changed, or it is another with the same stages. @param {Network} network */
  renew(network) {
    this.network = network;
    this.#patterns = null;
  }

  /** @param {Cell} cell */
  explain = ({ stage, index }) => explain(this.network, this.maps, stage, index);

  /**
   * Show the way from a cell back to the ink, until something else is pointed at.
   *
   * @param {Cell} cell
   * @param {() => void} [resume] called when the reader ends the trace
   */
  trace(cell, resume) {
    [this.#hovered, this.#pinned, this.#resume] = [null, null, resume ?? null];
    this.#show();
    this.tracer.start(cell);
    this.#traced.open = () => this.trace(cell, resume);
    opened(this.#traced);
  }

  /** End the trace, at the reader's wish. */
  stopTrace() {
    if (!this.tracer.cell) return;
    this.tracer.stop();
    this.#show();
    this.#resume?.();
  }

  /** @param {Float32Array[]} maps of all stages */
  paint(maps) {
    this.maps = maps;
    if (this.tracer.cell) return this.tracer.repaint();
    if (this.cell) this.#mark(this.cell);
    this.#listeners.forEach((listener) => listener(this.cell));
  }

  #show() {
    const { cell } = this;
    this.tracer.stop();
    if (cell) {
      const fields = fieldsOf(this.network, this.stages, cell);
      this.#lights.show(fields);
      this.#mark(cell);
      store.set("lit", { field: partOf(fields[0]?.rect ?? null, this.stages[0]), ink: [] });
    } else {
      this.#lights.clear();
      store.set("lit", null);
    }
    this.#listeners.forEach((listener) => listener(cell));
  }

  /**
   * Of a neuron: where its strongest contributions lie.
   *
   * @param {Cell} cell
   */
  #mark({ stage: at, index }) {
    this.#lights.unmark();
    let stage = this.stages[at];
    if (stage.kind === "ReLU" && stage.before) stage = stage.before;
    if (stage.kind !== "Linear" || !stage.before) return;
    const explained = this.explain({ stage: stage.index, index });
    if (explained.kind !== "Linear") return;
    /** @type {Map<Placed, { index: number, share: number }[]>} */
    const marks = new Map();
    for (const { index, product } of contributing(explained).slice(0, STRONGEST)) {
      const origin = originOf(stage.before, index);
      const mark = { index: origin.index, share: Math.abs(product) };
      marks.set(origin.stage, [...(marks.get(origin.stage) ?? []), mark]);
    }
    for (const [of, own] of marks) {
      this.#lights.mark(of, own, this.maps[of.index], this.endOf(of));
    }
  }

  /** One of a stage's maps, counted from 0. @param {number} stage @param {number} map */
  tileOf(stage, map) {
    return this.#lights.views[stage].tiles[map];
  }

  /**
   * What a card or a sum about a value must not hide, as `place` takes it: its stage and the one
   * before, the pictures that are lit, the cells.
   *
   * @param {Cell} cell
   */
  clear({ stage: at }) {
    const { pictures, cells } = this.#lights.boxes();
    const near = this.stages.slice(Math.max(0, at - 1), at + 1)
      .map(({ index }) => this.#lights.views[index].element.getBoundingClientRect());
    return [[...near, ...pictures], pictures, cells];
  }

  /** Where the stage's scale ends just now. @param {Placed} stage */
  endOf = (stage) => endOf(this.maps[stage.index], stage.rest);
}

// Pointing at a value of one of the small maps.

/**
 * The value of a small map that is under the pointer.
 *
 * @param {Placed} stage
 * @param {number} map
 * @param {HTMLElement} tile
 * @param {{ clientX: number, clientY: number }} pointer
 * @returns {number | null} its index among all values of the stage; null: outside the picture
 */
export function indexUnder({ size, count, width, height }, map, tile, { clientX, clientY }) {
  const box = pictureIn(tile).getBoundingClientRect();
  const row = Math.floor((clientY - box.top) / box.height * height);
  const column = Math.floor((clientX - box.left) / box.width * width);
  if (row < 0 || column < 0 || row >= height || column >= width) return null;
  const within = row * width + column;
  return within < size / count ? map * size / count + within : null;
}

/**
 * @param {Placed} stage
 * @param {number} map
 * @param {HTMLElement} tile
 * @param {Explainer} explainer
 */
export function lightOnHover(stage, map, tile, explainer) {
  tile.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return; // a finger taps
    const index = indexUnder(stage, map, tile, event);
    explainer.hover(index === null ? null : { stage: stage.index, index });
  });
  tile.addEventListener("pointerleave", () => explainer.hover(null));
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Make the elements a single stop of the Tab key; the arrow keys move the focus among them.
 *
 * @param {HTMLElement[]} elements
 * @param {number} first which of them the Tab key comes to at first
 */
export function rovingTabindex(elements, first) {
  elements.forEach((element, i) => {
    element.tabIndex = i === first ? 0 : -1;
    element.addEventListener("focus", () => {
      for (const other of elements) other.tabIndex = other === element ? 0 : -1;
    });
    element.addEventListener("keydown", (event) => {
      const next = elements[nextOf(event.key, i, elements)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  });
}

/**
 * @param {string} key
 * @param {number} i which has the focus
 * @param {HTMLElement[]} elements
 */
function nextOf(key, i, elements) {
  if (key === "ArrowRight" || key === "ArrowLeft") return i + STEPS[key];
  if (key === "Home") return 0;
  if (key === "End") return elements.length - 1;
  if (key !== "ArrowUp" && key !== "ArrowDown") return -1;
  const down = key === "ArrowDown";
  return nearest(elements, i, down);
}

/**
 * The nearest one in the next row, up or down; -1 for none.
 *
 * @param {HTMLElement[]} elements
 * @param {number} from
 * @param {boolean} down
 */
function nearest(elements, from, down) {
  const boxes = elements.map((element) => element.getBoundingClientRect());
  const here = boxes[from];
  /** @param {DOMRect} box */
  const far = (box) => {
    const rows = down ? box.top - here.bottom : here.top - box.bottom;
    return rows < -1 ? Infinity : 2 * rows + Math.abs(box.left - here.left);
  };
  const distances = boxes.map(far);
  const least = Math.min(...distances);
  return least === Infinity ? -1 : distances.indexOf(least);
}
