// The kernel on the digit, the nine products, and the map that grows.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context } from "../../step.js"
 * @import { Kernel } from "./kernels.js"
 * @import { words } from "./words.js"
 */

import { create } from "../../../shared/dom.js";
import { pixelGrid } from "../../blocks/grid.js";
import { player } from "../../blocks/player.js";
import { arithmeticOf } from "./arithmetic.js";
import { choicesOf } from "./choices.js";
import { kernelEditor } from "./editor.js";
import { learnedOf, loudestOnPaper } from "./kernels.js";
import { tintedWindow } from "./tinted.js";
import { blankPlaces, convolved, F, framed, P, patchAt, SIDE } from "./slide.js";

const FRAMED = SIDE + 2 * P;
const PER_SECOND = 42; // cells: a row and a half
const FIRST = 13 * SIDE + 14; // the cell where it stands at first: in the middle there is ink
const INNER = (SIDE - 2) * SIDE + SIDE - 2; // the last one where it does not lie on the frame

/**
 * @param {HTMLElement} place
 * @param {Context<keyof typeof words.en>} context
 */
export function mount(place, context) {
  const { loaded, say, label } = context;
  const { mean = 0, std = 1 } = loaded.network.stages[0];
  const paper = Math.fround(-mean / std);
  const learned = learnedOf(loaded);
  const asked = loudestOnPaper(learned, paper); // the kernel that the question asks about
  /** @type {Kernel | null} null: what is typed is none */
  let kernel = learned[asked];
  /** @type {Float32Array} */
  let pixels = new Float32Array(SIDE * SIDE);
  /** @type {Float32Array} */
  let map = new Float32Array(SIDE * SIDE);
  /** @type {Set<number>} where the map shows what the question asks for */
  let secrets = new Set();

  const picture = pixelGrid({
    width: FRAMED,
    height: FRAMED,
    onPoint: (row, column) => jump(clamp(row - P), clamp(column - P)),
  });
  const output = pixelGrid({ width: SIDE, height: SIDE, onPoint: jump });
  const tints = tintedWindow(picture.element, F, FRAMED);
  const arithmetic = arithmeticOf(context);
  const editor = kernelEditor(context, (typed) => {
    kernel = typed;
    choices.set(null);
    paintAll();
  });
  const choices = choicesOf(context, learned, asked, (chosen) => {
    kernel = chosen;
    editor.set(kernel);
    paintAll();
  });
  const play = player({
    context,
    count: SIDE * SIDE,
    stepsPerSecond: PER_SECOND,
    onChange: paintMoment,
  });

  label(picture.element, "grid.picture");
  label(output.element, "grid.map");
  const [ofPicture, ofMap] = [create("figcaption"), create("figcaption")];
  const pictures = create("div", { className: "pictures" });
  say(ofPicture, "picture");
  pictures.append(
    figure("of-picture", ofPicture, picture.element),
    figure("of-map", ofMap, output.element),
  );
  place.classList.add("stack");
  place.append(pictures, play.element, arithmetic.element, choices.element);
  arithmetic.place(editor.element, editor.bias);
  picture.mark("frame", { row: P, column: P, rows: SIDE, columns: SIDE });
  editor.set(learned[asked]);
  play.set(FIRST);

  /** @param {number} row @param {number} column */
  function jump(row, column) {
    if (play.playing) return;
    play.set(row * SIDE + column);
    paintMoment();
  }

  function paintMoment() {
    const [row, column] = [Math.floor(play.at / SIDE), play.at % SIDE];
    const patch = patchAt(pixels, row, column);
    output.paint(map.subarray(0, play.at + 1), scaleOf(map), secrets);
    output.mark("out", { row, column, rows: 1, columns: 1 });
    tints.place(row, column);
    say(ofMap, "map", { row: row + 1, column: column + 1 });
    arithmetic.paint(patch, kernel, map[play.at], secrets.has(play.at));
  }

  function paintAll() {
    map = kernel ? convolved(pixels, kernel) : new Float32Array(0);
    secrets = context.asking && kernel === learned[asked]
      ? new Set(blankPlaces(pixels, paper))
      : new Set();
    picture.paint(framed(pixels), (1 - mean) / std);
    editor.color();
    paintMoment();
  }

  return {
    /** @param {Answer} answer */
    paint({ blank, seen }) {
      pixels = Float32Array.from(pixels, (_, i) => ((blank ? 0 : seen[i]) - mean) / std);
      paintAll();
    },
    /** Show what was asked for: the last place that lies on paper alone, with the whole map. */
    reveal() {
      choices.set(asked);
      kernel = learned[asked];
      editor.set(kernel);
      play.set(INNER);
      paintAll();
    },
    destroy: play.stop,
  };
}

/** @param {string} className @param {HTMLElement} caption @param {HTMLElement} grid */
function figure(className, caption, grid) {
  const made = create("figure", { className: `figure ${className}` });
  made.append(caption, grid);
  return made;
}

/** @param {number} at @returns {number} within the map */
const clamp = (at) => Math.max(0, Math.min(SIDE - 1, at));

/** @param {Float32Array} map */
const scaleOf = (map) => map.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
