// The reader's digit, to be moved; what each network reads, and how sure each would be elsewhere.

/**
 * @import { Network } from "../../../engine/network.js"
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context } from "../../step.js"
 * @import { Key } from "./words.js"
 * @import { Move } from "./moved.js"
 */

import { create } from "../../../shared/dom.js";
import { pixelGrid } from "../../blocks/grid.js";
import { movedText } from "../../blocks/moved.js";
import { plot } from "../../blocks/plot.js";
import { slider } from "../../blocks/slider.js";
import { decimal, percent } from "../../../shared/numbers.js";
import { draggable } from "./drag.js";
import { moved, STILL } from "./moved.js";
import { readerOf } from "./reader.js";
import { curveOf, likeliest, probsOf } from "./tolerance.js";

const SIDE = 28; // px
const REACH = 8; // px, the farthest that the digit is moved
const TURN = 60; // degrees, either way
const SMALLEST = 60; // percent of its size
const LARGEST = 140;
const SHIFTS = Array.from({ length: 2 * REACH + 1 }, (_, i) => i - REACH);
const RADIANS = Math.PI / 180; // in a degree
const BLANK = new Float32Array(SIDE * SIDE);

/** @param {number} px */
const within = (px) => Math.max(-REACH, Math.min(REACH, px));

/** A move to the left or to the right. @param {number} px */
const wayOf = (px) => px < 0 ? `← ${-px}` : px > 0 ? `${px} →` : "0";

/**
 * @param {Context<Key>} context
 * @param {Network} convnet of nobody else
 */
export function exhibitOf(context, convnet) {
  const element = create("div", { className: "stack" });
  const readers = [readerOf("convnet", context), readerOf("mlp", context)];
  const grid = pixelGrid({ width: SIDE, height: SIDE });
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
    show: (share) => `${share}%`,
    onChange: (share) => to({ scale: share / 100 }),
  });
  const curves = plot({
    xs: SHIFTS,
    y: { low: 0, high: 1 },
    xTicks: [-REACH, -REACH / 2, 0, REACH / 2, REACH].map((at) => ({ at, text: wayOf(at) })),
    yTicks: [0, 0.5, 1].map((at) => ({ at, text: `${100 * at}%` })),
    series: ["convnet", "mlp"],
    onPoint: (index) => to({ right: SHIFTS[index] }),
  });

  context.label(grid.element, "digit");
  context.label(curves.element, "curves.label");
  context.say(back, "back");
  draggable(grid.element, {
    side: SIDE,
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
    top.append(held, ...readers.map(({ element }) => element));
    controls.append(turn.element, scale.element, back);
    figure.append(caption, curves.element);
    element.append(top, controls, figure, heard);
  }

  /** @param {Partial<Move>} change */
  function to(change) {
    move = { ...move, ...change };
    move = { ...move, right: within(move.right), down: within(move.down) };
    // Once a frame, however often the pointer tells of itself.
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
    const label = isBlank() ? null : likeliest(probsOf(convnet, seen));
    readers.forEach((reader, i) => {
      const network = networks[i];
      reader.paint(network && label !== null ? probsOf(network, digit) : null, label);
    });
    context.say(caption, label === null ? "curves.blank" : "curves", { digit: label ?? "" });
    curves.mark(label === null ? -1 : SHIFTS.indexOf(right));
    // Many looks: under the pen the curves wait until it is lifted.
    curves.element.classList.toggle("stale", Boolean(answer?.drawing));
    if (answer?.drawing) return;
    const what = { label: label ?? 0, move, shifts: SHIFTS };
    curves.paint(label === null ? [] : networks.map((network) => curveOf(network, seen, what)));
  }

  /** For who does not see it: what the two read where the digit came to rest. */
  function say() {
    if (isBlank()) return;
    const [ours, theirs] = readers.map(({ probs }) => probs());
    if (!ours || !theirs) return;
    context.say(heard, "said", {
      convnet: likeliest(ours),
      convnetSure: percent(Math.max(...ours)),
      mlp: likeliest(theirs),
      mlpSure: percent(Math.max(...theirs)),
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
