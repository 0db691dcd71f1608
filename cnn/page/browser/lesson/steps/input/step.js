// What the network sees: the way from the ink to 28 x 28 numbers, each part of which can be left
// out.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context, Step } from "../../step.js"
 * @import { Read } from "./prepared.js"
 * @import { WordValues } from "../../../shared/i18n.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { boxOf, CENTRE, centreOfMass, PEN, PIXELS, SIDE } from "../../../engine/strokes.js";
import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { choice, toggle } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { decimal, percent } from "../../../shared/numbers.js";
import { CANVAS } from "../../../shared/store.js";
import { pixelGrid } from "../../blocks/grid.js";
import { movedText } from "../../blocks/part.js";
import { inCorner, prepared, readerOf, strokesOf } from "./prepared.js";

const RAW = { crop: false, twenty: false, mass: false };
const DONE = { crop: true, twenty: true, mass: true };

/** @type {Step} */
export const input = {
  name: "sees",
  words: "input",
  lights: ["Normalize"],
  ofReading: true,
  question({ answer, loaded }) {
    const strokes = strokesOf(answer);
    if (!strokes) return null;
    const read = readerOf(loaded);
    const small = inCorner(strokes, CANVAS);
    const raw = read(prepared(small, CANVAS, RAW));
    const done = read(prepared(small, CANVAS, DONE));
    const values = { digit: done.digit };
    return {
      values,
      options: [{ word: "option.same", values }, { word: "option.other" }],
      right: raw.digit === done.digit && !raw.silent ? 0 : 1,
      because: {
        word: raw.silent ? "because.silent" : "because",
        values: {
          raw: raw.digit,
          rawProb: () => percent(raw.prob),
          done: done.digit,
          doneProb: () => percent(done.prob),
        },
      },
    };
  },
  mount,
};

// The parts of the preparation in a row, and what each of them is worth.

const PARTS = /** @type {const} */ (["crop", "twenty", "mass", "normal"]);
const HALF = 0.5; // px, from the edge of a pixel to its middle
const BLANK = new Float32Array(PIXELS * PIXELS);

/**
 * @param {HTMLElement} place
 * @param {Context<Keys["input"]>} context
 */
export function mount(place, context) {
  const { loaded, say } = context;
  const [input] = loaded.network.stages;
  const [mean, std] = [input.mean ?? 0, input.std ?? 1];
  const readers = { true: readerOf(loaded), false: readerOf(loaded, false) };
  const on = { crop: true, twenty: true, mass: true, normal: true };
  let isSmall = true; // for a digit that is large and in the middle, no part makes a difference
  /** @type {Answer | null} */
  let shown = null;

  const ink = inkPicture();
  const pictures = {
    crop: inkPicture(),
    twenty: pixelGrid({ width: PIXELS, height: PIXELS }),
    mass: pixelGrid({ width: PIXELS, height: PIXELS }),
    normal: pixelGrid({ width: PIXELS, height: PIXELS }),
  };
  /** @type {Record<string, HTMLElement>} */
  const notes = {};
  const where = choice({
    context,
    word: "where",
    options: [{ value: 0, word: "where.drawn" }, { value: 1, word: "where.corner" }],
    value: 1,
    onChange(value) {
      isSmall = value === 1;
      repaint();
    },
  });
  const row = create("ol", { className: "preparation" });
  const worth = worthTable(context);
  const hint = create("p", { className: "note" });
  const how = create("p", { className: "note" });
  const ends = { paper: () => decimal(-mean / std, 2), ink: () => decimal((1 - mean) / std, 2) };
  say(hint, "picture");
  say(how, "how", { pen: PEN, mean: () => decimal(mean, 4), std: () => decimal(std, 4) });
  row.append(inkItem(), ...PARTS.map(item));
  place.classList.add("stack");
  place.append(where.element, row, how, hint, worth.element);

  function inkItem() {
    const element = create("li");
    const name = create("span", { className: "name" });
    say(name, "part.ink");
    element.append(name, ink.element);
    return element;
  }

  /** @param {typeof PARTS[number]} part */
  function item(part) {
    const element = create("li");
    const change = (/** @type {boolean} */ value) => {
      on[part] = value;
      element.classList.toggle("off", !value);
      repaint();
    };
    const turn = toggle({ context, word: `part.${part}`, value: true, onChange: change });
    const note = notes[part] = create("p", { className: "note" });
    const picture = pictures[part].element;
    if (picture.role === "img") context.label(picture, "grid");
    element.append(turn.element, picture, note);
    return element;
  }

  /** @param {number[][] | null} strokes @param {Float32Array} seen */
  function paintWay(strokes, seen) {
    const box = strokes ? boxOf(strokes) : null;
    const boxed = strokes ? prepared(strokes, CANVAS, { ...on, mass: false }) : seen;
    const got = strokes ? prepared(strokes, CANVAS, on) : seen;
    ink.paint(strokes ?? [], null, box && on.crop ? box : null);
    pictures.crop.paint(strokes ?? [], box && on.crop ? box : null, null);
    pictures.twenty.paint(boxed, 1);
    pictures.mass.paint(got, 1);
    const edge = CENTRE + HALF - SIDE / 2; // of a frame around the middle of the pixel CENTRE
    const frame = { row: edge, column: edge, rows: SIDE, columns: SIDE };
    pictures.twenty.mark("in", on.twenty ? frame : null);
    const middle = { row: CENTRE, column: CENTRE, rows: 1, columns: 1 };
    pictures.mass.mark("out", on.mass ? middle : null);
    const normal = on.normal ? got.map((value) => (value - mean) / std) : got;
    pictures.normal.paint(normal, (1 - mean) / std);
    tell(box, boxed);
    return got;
  }

  /** @param {ReturnType<typeof boxOf> | null} box @param {Float32Array} boxed */
  function tell(box, boxed) {
    const wide = box ? box.right - box.left : CANVAS;
    const high = box ? box.bottom - box.top : CANVAS;
    const { x, y } = centreOfMass(boxed);
    /** @type {Record<string, WordValues>} */
    const values = {
      // as it is outlined, and the box that is scaled, around the pen's middle
      crop: {
        wide: Math.round(wide + INK_WIDTH),
        high: Math.round(high + INK_WIDTH),
        width: Math.round(wide),
        height: Math.round(high),
      },
      // The box is around the pen's middle, the pad's edge is the pad's.
      twenty: on.crop
        ? { extent: Math.round(Math.max(wide, high, 1)), path: decimal(SIDE - PEN, 1), pen: PEN }
        : { extent: CANVAS, path: SIDE },
      mass: { moved: movedText(context, CENTRE - (x || CENTRE), CENTRE - (y || CENTRE), 1) },
      normal: ends,
    };
    for (const part of PARTS) {
      if (!box && part !== "normal") notes[part].replaceChildren();
      else if (on[part]) say(notes[part], wordOf(part), values[part]);
      else say(notes[part], "off", { what: { word: `off.${part}` } });
    }
  }

  const wordOf = (/** @type {typeof PARTS[number]} */ part) =>
    part === "twenty" && !on.crop ? "on.twenty.pad" : /** @type {const} */ (`on.${part}`);

  /** @param {Answer} answer */
  function paint(answer) {
    shown = answer;
    const drawn = strokesOf(answer);
    const strokes = drawn && isSmall ? inCorner(drawn, CANVAS) : drawn;
    const seen = answer.blank ? BLANK : answer.seen;
    const got = paintWay(strokes, seen);
    hint.hidden = answer.blank || Boolean(strokes);
    worth.element.hidden = answer.blank; // a blank pad has no answer
    const isAsked = isSmall && !on.crop && !on.twenty && !on.mass;
    worth.paint(strokes, readers[`${on.normal}`](got), got, readers.true, isAsked);
  }

  function repaint() {
    if (shown) paint(shown);
  }

  return {
    paint,
    /** Show what was asked for. */
    reveal() {
      isSmall = true;
      where.set(1);
      repaint();
    },
  };
}

// The ink itself, with its colour and its pen's width, before it becomes pixels.

const CANVAS_SIDE = 280; // px of the canvas
const INK_WIDTH = 16; // of the pad's units: as wide as its pen

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */

/** A square picture of strokes. */
function inkPicture() {
  const element = create("div", { className: "ink" });
  const canvas = create("canvas", { width: CANVAS_SIDE, height: CANVAS_SIDE });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  element.append(canvas);
  return {
    element,
    /**
     * @param {readonly number[][]} strokes
     * @param {Box | null} view the part of the pad that fills the picture; null: all of it
     * @param {Box | null} box outlined, with the pen's width around
     */
    paint(strokes, view, box) {
      const colors = getComputedStyle(element);
      const extent = view ? Math.max(view.right - view.left, view.bottom - view.top, 1) : CANVAS;
      const room = view ? extent + INK_WIDTH : extent;
      const scale = CANVAS_SIDE / room;
      const middle = view
        ? [(view.left + view.right) / 2, (view.top + view.bottom) / 2]
        : [CANVAS / 2, CANVAS / 2];
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, CANVAS_SIDE, CANVAS_SIDE);
      context.setTransform(
        scale,
        0,
        0,
        scale,
        CANVAS_SIDE / 2 - scale * middle[0],
        CANVAS_SIDE / 2 - scale * middle[1],
      );
      context.lineWidth = INK_WIDTH;
      context.lineCap = context.lineJoin = "round";
      context.strokeStyle = colors.color;
      for (const stroke of strokes) line(context, stroke);
      if (!box) return;
      context.lineWidth = 3 / scale;
      context.strokeStyle = colors.getPropertyValue("--in");
      const edge = INK_WIDTH / 2;
      context.strokeRect(
        box.left - edge,
        box.top - edge,
        box.right - box.left + INK_WIDTH,
        box.bottom - box.top + INK_WIDTH,
      );
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {number[]} stroke */
function line(context, stroke) {
  context.beginPath();
  context.moveTo(stroke[0], stroke[1]);
  // a little beside each point: a line of no length would get no round caps
  for (let i = 0; i < stroke.length; i += 2) context.lineTo(stroke[i] + 0.01, stroke[i + 1]);
  context.stroke();
}

// The same ink prepared in several ways, and how the network reads each.

const WAYS = [
  { name: "raw", parts: { crop: false, twenty: false, mass: false } },
  { name: "box", parts: { crop: true, twenty: true, mass: false } },
  { name: "mass", parts: { crop: true, twenty: true, mass: true } },
];

/** @param {Context} context */
function worthTable({ say, label }) {
  const element = create("section", { className: "worth" });
  const heading = create("h3");
  const list = create("ol");
  say(heading, "worth");
  element.append(heading, list);
  const rows = new Map(["yours", ...WAYS.map(({ name }) => name)].map((name) => [name, row(name)]));
  rows.get("raw")?.hide(true);

  /** @param {string} name */
  function row(name) {
    const item = create("li", { className: name });
    const grid = pixelGrid({ width: PIXELS, height: PIXELS });
    const title = create("span", { className: "name" });
    const { track, bar } = barInTrack();
    const value = create("b");
    const reads = create("span", { className: "reads" });
    label(grid.element, "grid");
    say(title, `way.${name}`);
    item.append(grid.element, title, track, value, reads);
    list.append(item);
    return {
      item,
      /** @param {Float32Array} digit @param {Read} read */
      paint(digit, { digit: reading, prob, silent }) {
        grid.paint(digit, 1);
        fillAcross(bar, silent ? 0 : prob);
        value.textContent = silent ? "" : percent(prob);
        say(reads, silent ? "reads.nothing" : "reads", { digit: reading });
      },
      /** Whether it shows what the question asks for. @param {boolean} isAsked */
      hide(isAsked) {
        for (const part of [track, value, reads]) part.classList.toggle("secret", isAsked);
      },
    };
  }

  return {
    element,
    /**
     * @param {number[][] | null} strokes null: there are none, so only the reader's own way is read
     * @param {Read} yours as the reader has set it
     * @param {Float32Array} got what was read there
     * @param {(digit: Float32Array) => Read} read
     * @param {boolean} isAsked whether the reader's way is the one that the question asks about
     */
    paint(strokes, yours, got, read, isAsked) {
      rows.get("yours")?.paint(got, yours);
      rows.get("yours")?.hide(isAsked);
      for (const { name, parts } of WAYS) {
        const row = rows.get(name);
        if (!row) continue;
        row.item.hidden = !strokes;
        if (!strokes) continue;
        const digit = prepared(strokes, CANVAS, parts);
        row.paint(digit, read(digit));
      }
    },
  };
}
