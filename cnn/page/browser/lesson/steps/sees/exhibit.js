// The parts of the preparation in a row, and what each of them is worth.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { boxOf, CENTRE, centreOfMass, PEN, SIDE } from "../../../engine/strokes.js";
import { create } from "../../../shared/dom.js";
import { CANVAS } from "../../../shared/drawing.js";
import { decimal } from "../../../shared/numbers.js";
import { choice } from "../../blocks/choice.js";
import { pixelGrid } from "../../blocks/grid.js";
import { movedText } from "../../blocks/moved.js";
import { toggle } from "../../blocks/toggle.js";
import { inkPicture } from "./ink.js";
import { inCorner, prepared } from "./prepared.js";
import { readerOf, strokesOf } from "./readings.js";
import { worthTable } from "./worth.js";

const FRAME = 28; // px
const PARTS = /** @type {const} */ (["crop", "twenty", "mass", "normal"]);
const BLANK = new Float32Array(FRAME * FRAME);

/**
 * @param {HTMLElement} place
 * @param {Context<keyof typeof words.en>} context
 */
export function mount(place, context) {
  const { loaded, say } = context;
  const [input] = loaded.network.stages;
  const [mean, std] = [input.mean ?? 0, input.std ?? 1];
  const readers = { true: readerOf(loaded), false: readerOf(loaded, false) };
  const on = { crop: true, twenty: true, mass: true, normal: true };
  let isSmall = true; // as drawn, large and in the middle, no part makes a difference
  /** @type {Answer | null} */
  let shown = null;

  const ink = inkPicture();
  const pictures = {
    crop: inkPicture(),
    twenty: pixelGrid({ width: FRAME, height: FRAME }),
    mass: pixelGrid({ width: FRAME, height: FRAME }),
    normal: pixelGrid({ width: FRAME, height: FRAME }),
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
  const ends = { paper: decimal(-mean / std, 2), ink: decimal((1 - mean) / std, 2) };
  say(hint, "picture");
  say(how, "how", { pen: PEN, mean: decimal(mean, 4), std: decimal(std, 4) });
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
    const edge = (FRAME - SIDE) / 2;
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
    /** @type {Record<string, Record<string, string | number>>} */
    const values = {
      crop: { width: Math.round(wide), height: Math.round(high), canvas: CANVAS },
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
      else say(notes[part], "off", { what: context.t(`off.${part}`) });
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
