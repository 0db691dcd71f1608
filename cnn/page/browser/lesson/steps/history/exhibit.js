// Scrub through the moments of the run; one may be kept beside the others.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context, Exhibit } from "../../step.js"
 * @import { Key } from "./words.js"
 * @import { Moment, Networks } from "./moments.js"
 * @import { MomentView } from "./view.js"
 */

import { create } from "../../../shared/dom.js";
import { player } from "../../blocks/player.js";
import { chartsOf } from "./charts.js";
import { notesOf } from "./notes.js";
import { nameOf } from "./question.js";
import { stripOf } from "./strip.js";
import { layersOf, momentView } from "./view.js";

const PER_SECOND = 1.5; // moments: time to look at each

/**
 * @param {HTMLElement} place
 * @param {Context<Key>} context
 * @param {{ moments: Moment[], networks: Networks }} run
 * @returns {Exhibit}
 */
export function exhibitOf(place, context, { moments, networks }) {
  const { loaded } = context;
  const layers = layersOf(loaded.network, moments);
  const view = momentView(layers, loaded.scales, context);
  const keptView = momentView(layers, loaded.scales, context);
  const controls = create("div", { className: "scrub" });
  const title = create("p", { className: "name", role: "status" });
  const seen = create("span", { className: "note" });
  const keep = create("button", { type: "button", className: "plain" });
  const pair = create("div", { className: "pair" });
  const notes = create("p", { className: "note" });
  /** @type {Answer | null} */
  let answer = null;
  /** @type {number[][]} what each moment reads */
  let readings = [];
  /** @type {number | null} the moment that stays */
  let kept = null;
  /** the moments that the reader has looked at */
  const visited = new Set();
  let isRevealed = false;

  const play = player({
    ...{ context, count: moments.length, stepsPerSecond: PER_SECOND },
    onChange: () => show(),
  });
  /** @param {number} index */
  function go(index) {
    play.set(index);
    show();
  }
  const strip = stripOf(moments, context, go);
  const charts = chartsOf(moments, context, go);

  keep.addEventListener("click", () => {
    kept = kept === null ? play.at : null;
    show();
  });
  for (const note of notesOf(loaded.card, context)) notes.append(note, " ");
  const head = create("div", { className: "head" });
  head.append(title, seen, keep);
  controls.append(head, play.element, strip.element);
  pair.append(keptView.element, view.element);
  const stack = create("div", { className: "stack" });
  stack.append(controls, charts.element, pair, notes);
  place.append(stack);

  function show() {
    visited.add(play.at);
    const { word, values } = nameOf(moments[play.at]);
    context.say(title, word, values);
    saySeen();
    context.say(keep, kept === null ? "keep" : "drop");
    pair.classList.toggle("two", kept !== null);
    notes.hidden = kept !== null; // two take more room
    keptView.element.hidden = kept === null;
    if (kept !== null) paintMoment(keptView, kept);
    paintMoment(view, play.at);
    charts.mark(play.at);
    const shown = kept === null ? [play.at] : [play.at, kept];
    strip.paint(readings, (index) => isRevealed || visited.has(index), shown);
  }

  /** How many drawings the network has learned from so far, as often as they came. */
  function saySeen() {
    const { step } = moments[play.at];
    const batch = loaded.card.flags?.batch_size;
    seen.hidden = !batch;
    const digits = (step * batch).toLocaleString("en-US");
    context.say(seen, step === 0 ? "seen.none" : "seen", { digits });
  }

  /** @param {MomentView} into @param {number} index */
  function paintMoment(into, index) {
    const maps = answer && !answer.blank ? networks.at(index).run(answer.seen) : null;
    const { word, values } = nameOf(moments[index]);
    context.say(into.title, word, values);
    into.paint(moments[index].tensors, maps);
  }

  return {
    paint(to) {
      answer = to;
      // Under the pen only what is shown: all the moments are a dozen looks.
      if (!to.drawing) readings = to.blank ? [] : networks.readings(to.seen);
      show();
    },
    reveal() {
      isRevealed = true;
      show();
    },
    destroy: () => play.stop(),
  };
}
