// The reader's digit, which can be moved; what each network reads, and how sure each is elsewhere.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { Network } from "../../../engine/network.js";
import { argmax, probabilitiesOf } from "../../../engine/probabilities.js";
import { readSafetensors, WeightsError } from "../../../engine/safetensors.js";
import { CENTRE, PIXELS } from "../../../engine/strokes.js";
import { slider } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { decimal, number, ofHundred, percent } from "../../../shared/numbers.js";
import { probBars } from "../../blocks/bars.js";
import { LazyFile } from "../../blocks/files.js";
import { pixelGrid } from "../../blocks/grid.js";
import { movedText } from "../../blocks/part.js";
import { plot } from "../../blocks/plot.js";

const REACH = 8; // px, the farthest that the digit is moved
const TURN = 60; // degrees, either way
const SMALLEST = 60; // percent of its size
const LARGEST = 140;
const SHIFTS = Array.from({ length: 2 * REACH + 1 }, (_, i) => i - REACH);
const RADIANS = Math.PI / 180; // in a degree
const BLANK = new Float32Array(PIXELS * PIXELS);

/** @param {number} px */
const within = (px) => Math.max(-REACH, Math.min(REACH, px));

/** A move to the left or to the right. @param {number} px */
const wayOf = (px) => px < 0 ? `← ${-px}` : px > 0 ? `${px} →` : "0";

/**
 * @param {Context<Keys["mlp-or-cnn"]>} context
 * @param {Network} convnet of nobody else
 */
export function exhibitOf(context, convnet) {
  const element = create("div", { className: "stack" });
  const readers = [readerOf("convnet", context), readerOf("mlp", context)];
  const grid = pixelGrid({ width: PIXELS, height: PIXELS });
  const place = create("p", { className: "note" });
  const heard = create("p", { className: "unseen", role: "status" });
  const caption = create("figcaption");
  const back = create("button", { type: "button", className: "plain" });
  /** @type {Move} */
  let move = STILL;
  /** @type {Network[]} the ConvNet, and the MLP once it is here */
  let networks = [convnet];
  /** @type {Answer | null} */
  let answer = null;
  let frame = 0;

  const turn = slider({
    ...{ context, word: "turn", min: -TURN, max: TURN, value: 0 },
    show: (degrees) => `${decimal(degrees, 0)}°`,
    onChange: (degrees) => to({ turn: degrees * RADIANS }),
  });
  const scale = slider({
    ...{ context, word: "scale", min: SMALLEST, max: LARGEST, step: 5, value: 100 },
    show: (share) => ofHundred(number(share)),
    onChange: (share) => to({ scale: share / 100 }),
  });
  const curves = plot({
    xs: SHIFTS,
    y: { low: 0, high: 1 },
    xTicks: [-REACH, -REACH / 2, 0, REACH / 2, REACH].map((at) => ({ at, text: () => wayOf(at) })),
    yTicks: [0, 0.5, 1].map((at) => ({ at, text: () => ofHundred(number(100 * at)) })),
    series: ["convnet", "mlp"],
    onPoint: (index) => to({ right: SHIFTS[index] }),
  });

  context.label(grid.element, "digit");
  context.label(curves.element, "curves.label");
  context.say(back, "back");
  draggable(grid.element, {
    side: PIXELS,
    where: () => move,
    onMove: (right, down) => to({ right, down }),
  });
  grid.element.addEventListener("keyup", say);
  back.addEventListener("click", () => {
    turn.set(0);
    scale.set(100);
    to(STILL);
  });
  layOut();

  function layOut() {
    const top = create("div", { className: "readers" });
    const held = create("div", { className: "held" });
    const controls = create("div", { className: "controls" });
    const figure = create("figure", { className: "figure secret" });
    held.append(grid.element, place);
    top.append(held, ...readers.map(({ element }) => element), controls);
    controls.append(turn.element, scale.element, back);
    figure.append(caption, curves.element);
    element.append(top, figure, heard);
  }

  /** @param {Partial<Move>} change */
  function to(change) {
    move = { ...move, ...change };
    move = { ...move, right: within(move.right), down: within(move.down) };
    // Once per frame, however many pointer events there are.
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(show);
  }

  const isBlank = () => !answer || answer.blank;

  function show() {
    const seen = answer && !answer.blank ? answer.seen : BLANK;
    const digit = moved(seen, move);
    grid.paint(digit, 1);
    const isStill = JSON.stringify(move) === JSON.stringify(STILL);
    back.disabled = isStill;
    const { right, down } = move;
    if (right || down) {
      context.say(place, "place.moved", { moved: movedText(context, right, down) });
    } else context.say(place, "place.still");
    const label = isBlank() ? null : argmax(readingOf(convnet, seen));
    readers.forEach((reader, i) => {
      const network = networks[i];
      reader.paint(network && label !== null ? readingOf(network, digit) : null, label);
    });
    context.say(caption, label === null ? "curves.blank" : "curves", {
      digit: label === null ? "" : convnet.classes[label],
    });
    curves.mark(label === null ? -1 : SHIFTS.indexOf(right));
    // Many forward passes: the curves wait until the pen is lifted.
    curves.element.classList.toggle("stale", Boolean(answer?.drawing));
    if (answer?.drawing) return;
    const what = { label: label ?? 0, move, shifts: SHIFTS };
    curves.paint(label === null ? [] : networks.map((network) => curveOf(network, seen, what)));
  }

  /** For screen readers: what the two networks read where the digit came to rest. */
  function say() {
    if (isBlank()) return;
    const [ours, theirs] = readers.map(({ probs }) => probs());
    if (!ours || !theirs) return;
    context.say(heard, "said", {
      convnet: convnet.classes[argmax(ours)],
      convnetSure: () => percent(Math.max(...ours)),
      mlp: convnet.classes[argmax(theirs)],
      mlpSure: () => percent(Math.max(...theirs)),
    });
  }

  return {
    element,
    /** The MLP is here. @param {Network} mlp */
    compareWith(mlp) {
      networks = [convnet, mlp];
    },
    /** @param {Answer} to */
    paint(to) {
      answer = to;
      show();
    },
    destroy() {
      cancelAnimationFrame(frame);
    },
  };
}

/** @type {Record<string, [right: number, down: number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Let the reader move a picture by dragging or by the arrow keys, in whole pixels; it has `side` of
 * them across.
 *
 * @param {HTMLElement} element the picture
 * @param {object} options
 * @param {number} options.side px
 * @param {() => { right: number, down: number }} options.where it is now, px
 * @param {(right: number, down: number) => void} options.onMove
 */
function draggable(element, { side, where, onMove }) {
  /** @type {{ x: number, y: number, right: number, down: number } | null} where a drag began */
  let from = null;

  element.tabIndex = 0;
  element.role = "application";
  element.classList.add("draggable");
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is selected
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, ...where() };
  });
  element.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!from) return;
    const cell = element.clientWidth / side;
    const right = from.right + Math.round((clientX - from.x) / cell);
    const down = from.down + Math.round((clientY - from.y) / cell);
    onMove(right, down);
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    element.addEventListener(end, () => from = null);
  }
  element.addEventListener("keydown", (event) => {
    const by = ARROWS[event.key];
    if (!by) return;
    event.preventDefault();
    const { right, down } = where();
    onMove(right + by[0], down + by[1]);
  });
}

// A digit moved within its frame, after the page has framed it.

/**
 * right, down: px. turn: radians, clockwise. scale: relative to its size, 1 for as it is.
 *
 * @typedef {{ right: number, down: number, turn: number, scale: number }} Move
 */

/** @type {Move} */
export const STILL = Object.freeze({ right: 0, down: 0, turn: 0, scale: 1 });

/**
 * The digit scaled and turned around its centre of mass, then moved. Between pixels it is
 * interpolated (bilinear); whole pixels without turn and scale are copied. What leaves the frame is
 * lost, paper comes in.
 *
 * @param {Float32Array} digit 784 values
 * @param {Move} move
 * @returns {Float32Array} 784 values
 */
export function moved(digit, { right, down, turn, scale }) {
  const out = new Float32Array(digit.length);
  const [cos, sin] = [Math.cos(turn) / scale, Math.sin(turn) / scale];
  for (let row = 0, i = 0; row < PIXELS; row++) {
    for (let column = 0; column < PIXELS; column++, i++) {
      const [x, y] = [column - CENTRE - right, row - CENTRE - down];
      out[i] = between(digit, CENTRE + cos * x + sin * y, CENTRE + cos * y - sin * x);
    }
  }
  return out;
}

/**
 * The digit's value at a place between its pixels; paper beyond the frame.
 *
 * @param {Float32Array} digit
 * @param {number} x
 * @param {number} y
 */
function between(digit, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, below] = [x - left, y - top];
  const upper = (1 - across) * at(digit, left, top) + across * at(digit, left + 1, top);
  if (below === 0) return upper;
  const lower = (1 - across) * at(digit, left, top + 1) + across * at(digit, left + 1, top + 1);
  return (1 - below) * upper + below * lower;
}

/** @param {Float32Array} digit @param {number} column @param {number} row */
const at = (digit, column, row) =>
  column < 0 || row < 0 || column >= PIXELS || row >= PIXELS ? 0 : digit[row * PIXELS + column];

/**
 * What one of the networks reads: its name, its digit, its probabilities.
 *
 * @param {"convnet" | "mlp"} name
 * @param {Context<Keys["mlp-or-cnn"]>} context
 */
function readerOf(name, context) {
  const element = create("section", { className: `reader ${name}` });
  const head = create("header");
  const title = create("h3");
  const digit = create("b", { className: "digit" });
  const sure = create("span", { className: "sure" });
  const { classes } = context.loaded.network;
  const bars = probBars(classes);
  /** @type {number[] | null} */
  let shown = null;
  context.say(title, name);
  head.append(title, digit, sure);
  element.append(head, bars.element);
  return {
    element,
    /** The probabilities that it shows. */
    probs: () => shown,
    /**
     * @param {number[] | null} probs null: nothing to read, or no network yet
     * @param {number | null} right the digit that is right
     */
    paint(probs, right) {
      shown = probs;
      const read = probs && argmax(probs);
      digit.textContent = read === null ? "–" : classes[read];
      sure.textContent = probs && read !== null ? percent(probs[read]) : "";
      element.classList.toggle("lost", read !== null && read !== right);
      element.classList.toggle("away", probs === null);
      bars.paint(probs);
    },
  };
}

// What this step fetches: the MLP, and how both networks read MNIST's test digits when moved.

/**
 * The table that `python -m cnn.evaluate --shifts` writes: cnn/shifts.py says what is in it.
 *
 * @typedef {object} Shifts
 * @property {string} command
 * @property {number} digits how many
 * @property {number[]} shifts px
 * @property {number[]} ink percent
 * @property {Record<"convnet" | "mlp", { sha256: string, right: number[] }>} networks
 */

export const mlp = new LazyFile("mlp.safetensors", (content) => {
  const { card, tensors } = readSafetensors(content);
  return { card, network: new Network(card, tensors) };
});

export const shifts = new LazyFile("shifts.json", (content) => {
  /** @type {Shifts} */
  const table = JSON.parse(new TextDecoder().decode(content));
  const columns = [table.ink, table.networks.convnet.right, table.networks.mlp.right];
  if (columns.some(({ length }) => length !== table.shifts.length)) {
    throw new WeightsError("unfit", "shifts.json is no table of shifts");
  }
  return table;
});

// What a network makes of a digit that is moved: its probabilities, and where it first misreads it.

/**
 * A probability for each class.
 *
 * @param {Network} network
 * @param {Float32Array} digit 784 values
 */
export function readingOf(network, digit) {
  const maps = network.run(digit);
  return probabilitiesOf(maps[maps.length - 1]);
}

/**
 * The probability of `label` for each shift to the right, with the rest of `move` as it is.
 *
 * @param {Network} network
 * @param {Float32Array} digit
 * @param {{ label: number, move: Move, shifts: number[] }} what
 */
function curveOf(network, digit, { label, move, shifts }) {
  return shifts.map((right) => readingOf(network, moved(digit, { ...move, right }))[label]);
}

/**
 * Where a network stops reading the digit as `label`: px to the right, what it reads there, and the
 * probability of `label` there. at is null where it still reads it as `label` at `most`; then read
 * and prob are those at `most`.
 *
 * @typedef {{ at: number | null, read: number, prob: number }} Fall
 */

/**
 * @param {Network} network
 * @param {Float32Array} digit
 * @param {{ label: number, most: number }} what
 * @returns {Fall}
 */
export function fallOf(network, digit, { label, most }) {
  for (let right = 0;; right++) {
    const probs = readingOf(network, moved(digit, { ...STILL, right }));
    const read = argmax(probs);
    if (read !== label) return { at: right, read, prob: probs[label] };
    if (right === most) return { at: null, read, prob: probs[label] };
  }
}
