// Padding, stride, and how large the output is.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { PIXELS } from "../../../engine/strokes.js";
import { choice, slider } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { framed, pixelGrid } from "../../blocks/grid.js";
import { player } from "../../blocks/player.js";

const ASKED = { F: 3, S: 2, P: 0 };
const OPTIONS = [13, 14, 26]; // right; half of 28; without the stride

/** @type {Step} */
export const size = {
  name: "size",
  words: "size",
  lights: ["Conv2d", "MaxPool2d", "AvgPool2d"],
  question: () => ({
    options: OPTIONS.map((n) => ({ word: "option", values: { n } })),
    right: OPTIONS.indexOf(sizeOf(PIXELS, ASKED)),
    because: { word: "because" },
  }),
  mount: (place, context) => mount(place, context, ASKED),
};

// Three sliders, a window that walks over the picture, and the map that grows with its steps.

const WHOLE = { top: 0, left: 0, width: PIXELS, height: PIXELS };
const CUT = { top: 9, left: 8, width: 12, height: 9 }; // about its middle
const GROWS_S = 3; // seconds that a map takes to grow
const LIMITS = { F: [1, 11], S: [1, 5], P: [0, 4] };

/**
 * @param {HTMLElement} place
 * @param {Context<Keys["size"]>} context
 * @param {Geometry} asked what the question asks about
 */
export function mount(place, context, asked) {
  /** @type {Geometry} */
  let geometry = { F: 3, S: 1, P: 1 };
  let region = CUT;
  /** @type {Answer | null} */
  let shown = null;

  const pictures = picturesOf(context);
  const sentences = sentencesOf(context);
  const of = choice({
    context,
    word: "of",
    options: [{ value: 0, word: "of.cut" }, { value: 1, word: "of.whole" }],
    value: 0,
    onChange(value) {
      region = value ? WHOLE : CUT;
      change();
    },
  });
  const sliders = {
    F: sliderOf("F"),
    S: sliderOf("S"),
    P: sliderOf("P"),
  };
  const play = player({ context, count: 1, onChange: (at) => pictures.place(at) });
  const controls = create("div", { className: "controls" });
  controls.append(...Object.values(sliders).map(({ element }) => element));
  place.classList.add("stack");
  place.append(
    of.element,
    controls,
    sentences.element,
    pictures.element,
    play.element,
    sentences.network,
  );

  /** @param {keyof Geometry} name */
  function sliderOf(name) {
    const [min, max] = LIMITS[name];
    const value = geometry[name];
    return slider({ context, word: name, min, max, value, onChange: change });
  }

  function change() {
    geometry = { F: sliders.F.value, S: sliders.S.value, P: sliders.P.value };
    rebuild();
    play.set(0);
    pictures.place(0);
    if (count() > 1) play.play();
  }

  const count = () => sizeOf(region.width, geometry) * sizeOf(region.height, geometry);

  function rebuild() {
    const cells = count();
    const { at } = play;
    const wasWhole = at === 0 || at >= cells - 1;
    play.resize(Math.max(1, cells), cells / GROWS_S);
    play.element.hidden = cells < 2;
    if (wasWhole) play.set(cells - 1);
    paintBoth();
  }

  function paintBoth() {
    const isAsked = region === WHOLE &&
      Object.entries(asked).every(([name, value]) =>
        geometry[/** @type {keyof Geometry} */ (name)] === value
      );
    sentences.paint(region, geometry, isAsked);
    if (shown) pictures.paint(cutOf(shown, region), region, geometry, isAsked);
    play.element.classList.toggle("secret", isAsked); // it has as many places as the map
    pictures.place(play.at);
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      const isFirst = shown === null;
      shown = answer;
      if (isFirst) rebuild();
      else paintBoth();
    },
    /** Show what was asked for. */
    reveal() {
      region = WHOLE;
      of.set(1);
      for (const name of /** @type {const} */ (["F", "S", "P"])) sliders[name].set(asked[name]);
      change();
    },
    destroy: play.stop,
  };
}

/**
 * The pixels of a part of the digit.
 *
 * @param {Answer} answer
 * @param {typeof WHOLE} region
 */
function cutOf({ blank, seen }, { top, left, width, height }) {
  return Float32Array.from({ length: width * height }, (_, i) => {
    const at = (top + Math.floor(i / width)) * PIXELS + left + i % width;
    return blank ? 0 : seen[at];
  });
}

// The framed picture and the map, their cells of one size.

/** @typedef {{ width: number, height: number }} Size */

/** @param {Context<Keys["size"]>} context */
function picturesOf({ say, label }) {
  const element = create("div", { className: "pictures" });
  const [before, after] = [figure("before"), figure("after")];
  /** @type {ReturnType<typeof pixelGrid> | null} */
  let picture = null;
  /** @type {ReturnType<typeof pixelGrid> | null} */
  let map = null;
  let built = ""; // for which sizes
  /** @type {{ means: Float32Array, wide: number, F: number, S: number } | null} */
  let shown = null;
  element.append(before.element, after.element);

  /** @param {string} name */
  function figure(name) {
    const made = create("figure", { className: `figure ${name}` });
    const caption = create("figcaption");
    made.append(caption);
    return { element: made, caption };
  }

  /** @param {Size} size @param {Geometry} geometry */
  function build({ width, height }, geometry) {
    const { P } = geometry;
    const [across, down] = [width + 2 * P, height + 2 * P];
    const [wide, high] = [sizeOf(width, geometry), sizeOf(height, geometry)];
    picture?.element.remove();
    map?.element.remove();
    picture = pixelGrid({ width: across, height: down, lines: true });
    map = wide && high ? pixelGrid({ width: wide, height: high, lines: true }) : null;
    label(picture.element, "grid.picture");
    before.element.append(picture.element);
    before.element.style.flexGrow = `${across}`;
    after.element.style.flexGrow = `${wide}`;
    after.element.hidden = !map;
    if (map) {
      label(map.element, "grid.map");
      after.element.append(map.element);
    }
    element.style.setProperty("--cells-wide", `${across + wide}`);
    element.style.setProperty("--cells-high", `${down}`);
    if (P) picture.mark("frame", { row: P, column: P, rows: height, columns: width });
    if (!map) return;
    const [right, below] = [unreadOf(width, geometry), unreadOf(height, geometry)];
    const columns = { row: 0, column: across - right, rows: down, columns: right };
    const rows = { row: down - below, column: 0, rows: below, columns: across };
    picture.mark("unread right", right ? columns : null);
    picture.mark("unread below", below ? rows : null);
  }

  return {
    element,
    /**
     * @param {Float32Array} pixels
     * @param {Size} size
     * @param {Geometry} geometry
     * @param {boolean} isAsked whether the map is what the question asks for
     */
    paint(pixels, size, geometry, isAsked) {
      after.element.classList.toggle("secret", isAsked);
      const { width, height } = size;
      const { F, S, P } = geometry;
      const key = [width, height, F, S, P].join();
      if (key !== built) build(size, geometry);
      built = key;
      const [wide, high] = [sizeOf(width, geometry), sizeOf(height, geometry)];
      shown = { means: meansOf(pixels, size, geometry), wide, F, S };
      picture?.paint(framed(pixels, size, [P, P]), 1);
      const framedSize = { framedWidth: width + 2 * P, framedHeight: height + 2 * P };
      say(before.caption, P ? "picture" : "picture.bare", { width, height, ...framedSize });
      say(after.caption, "map", { width: wide, height: high });
    },
    /** How far the map has grown. @param {number} at its newest cell */
    place(at) {
      if (!shown || !map) return;
      const { means, wide, F, S } = shown;
      const [row, column] = [Math.floor(at / wide), at % wide];
      map.paint(means.subarray(0, at + 1), 1);
      map.mark("out", { row, column, rows: 1, columns: 1 });
      picture?.mark("kernel", { row: row * S, column: column * S, rows: F, columns: F });
    },
  };
}

// The formula with the numbers filled in, for both sides, and what there is to say of them.

/** @param {Context<Keys["size"]>} context */
function sentencesOf({ say, loaded }) {
  const element = create("div", { className: "sizes" });
  const lines = /** @type {const} */ (["width", "height"]).map((side) => {
    const name = create("span", { className: "note" });
    const formula = create("p", { className: "formula" });
    say(name, side);
    element.append(name, formula);
    return { side, name, formula };
  });
  const fit = create("p", { className: "fit" });
  const network = create("p", { className: "note" });
  fit.role = "status";
  element.append(fit);
  tellNetwork();

  function tellNetwork() {
    const { stages } = loaded.network;
    const conv = stages.find(({ kind }) => kind === "Conv2d");
    const pool = stages.find(({ kind }) => kind.endsWith("Pool2d"));
    network.hidden = !conv || !pool;
    if (!conv || !pool) return;
    say(network, "network", {
      F: conv.kernel_size?.[1] ?? "",
      S: conv.stride?.[1] ?? "",
      P: conv.padding?.[1] ?? "",
      conv: conv.shape[2],
      poolF: pool.kernel_size?.[1] ?? "",
      poolS: pool.stride?.[1] ?? "",
      pool: pool.shape[2],
    });
  }

  /** @param {number} columns @param {number} rows not reached */
  function fitWord(columns, rows) {
    if (columns && rows) return "unread.both";
    if (columns) return "unread.width";
    return rows ? "unread.height" : "fits";
  }

  return {
    element,
    network,
    /**
     * @param {{ width: number, height: number }} size
     * @param {Geometry} geometry
     * @param {boolean} isAsked whether that is what the question asks for
     */
    paint(size, geometry, isAsked) {
      for (const line of [...lines.map(({ formula }) => formula), fit]) {
        line.classList.toggle("secret", isAsked);
      }
      const { F, S, P } = geometry;
      const outs = lines.map(({ side }) => sizeOf(size[side], geometry));
      const isNone = outs.includes(0);
      lines.forEach(({ side, name, formula }, i) => {
        const W = size[side];
        const inner = Number(((W - F + 2 * P) / S).toFixed(2));
        name.hidden = formula.hidden = isNone;
        if (!isNone) say(formula, "formula", { W, F, P, S, inner, out: outs[i] });
      });
      const columns = isNone ? 0 : unreadOf(size.width, geometry);
      const rows = isNone ? 0 : unreadOf(size.height, geometry);
      fit.classList.toggle("odd", isNone || columns + rows > 0);
      if (!isNone) return say(fit, fitWord(columns, rows), { columns, rows });
      const framed = { framedWidth: size.width + 2 * P, framedHeight: size.height + 2 * P };
      say(fit, "none", { F, ...framed });
    },
  };
}

// How large the map is that a window makes.

/**
 * A window of F x F that moves in steps of S over a picture in a frame of zeros, P wide.
 *
 * @typedef {{ F: number, S: number, P: number }} Geometry
 */

/**
 * Output size along one side: floor((W - F + 2P) / S) + 1, as torch.nn.Conv2d has it.
 *
 * @param {number} W the picture's side
 * @param {Geometry} geometry
 * @returns {number} 0 where the window is larger than the framed picture
 */
export const sizeOf = (W, { F, S, P }) => Math.max(0, Math.floor((W - F + 2 * P) / S) + 1);

/**
 * How many cells at the far edge of the framed picture no window ever reaches.
 *
 * @param {number} W
 * @param {Geometry} geometry that makes an output
 */
const unreadOf = (W, { F, S, P }) => (W - F + 2 * P) % S;

/**
 * The mean under the window at each place: a picture that can still be recognised.
 *
 * @param {ArrayLike<number>} pixels height x width
 * @param {{ width: number, height: number }} size
 * @param {Geometry} geometry
 */
export function meansOf(pixels, { width, height }, geometry) {
  const { F, S, P } = geometry;
  const [wide, high] = [sizeOf(width, geometry), sizeOf(height, geometry)];
  return Float32Array.from({ length: wide * high }, (_, i) => {
    const [top, left] = [Math.floor(i / wide) * S - P, i % wide * S - P];
    let sum = 0;
    for (let row = Math.max(0, top); row < Math.min(height, top + F); row++) {
      for (let column = Math.max(0, left); column < Math.min(width, left + F); column++) {
        sum += pixels[row * width + column];
      }
    }
    return sum / (F * F);
  });
}
