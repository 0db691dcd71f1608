// Watch it learn: the run that made the weights, moment by moment, on the reader's own drawing.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context, Exhibit, Now, Question, Step } from "../../step.js"
 * @import { Moment, MomentView } from "./moments.js"
 * @import { Said, WordValues } from "../../../shared/i18n.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { argmax } from "../../../engine/probabilities.js";
import { create } from "../../../shared/dom.js";
import { wordsOf } from "../../../shared/i18n.js";
import { decimal, percent } from "../../../shared/numbers.js";
import { LazyFile, waiting } from "../../blocks/files.js";
import { player, sweep } from "../../blocks/player.js";
import { nearest } from "../../blocks/plot.js";
import {
  chartsOf,
  choicesOf,
  layersOf,
  momentView,
  Networks,
  readHistory,
  settledAt,
} from "./moments.js";

const file = new LazyFile("history.safetensors", readHistory);
/** @type {{ networks: Networks, card: object } | null} of the history, each built once */
let built = null;
/** @type {Question | null} asked before the pen came down */
let asked = null;

/** @type {Step} */
export const learning = {
  name: "history",
  words: "learning",
  lights: ["Conv2d"],
  ofReading: true,
  question,
  mount,
};

/** @param {Now} now */
function question({ answer, loaded }) {
  const history = file.value;
  if (answer.blank || !history || history.sha256 !== loaded.card.sha256) return null;
  if (answer.drawing && asked) return asked; // a dozen forward passes, which can wait for the pen
  const readings = networksOf(loaded.card).readings(answer.seen);
  return asked = whenSettled(history.moments, readings, loaded.network.classes);
}

/** @param {Record<string, any>} card */
function networksOf(card) {
  if (built && built.card === card) return built.networks;
  const networks = new Networks(card, file.value?.moments ?? []);
  built = { networks, card };
  return networks;
}

/**
 * @param {HTMLElement} place
 * @param {Context<Keys["learning"]>} context
 * @returns {Exhibit}
 */
function mount(place, context) {
  const { card } = context.loaded;
  /** @type {Exhibit | null} once the run is here */
  let exhibit = null;
  const wait = waiting({
    ...{ context, later: file, missing: "missing" },
    onValue({ sha256, moments }) {
      if (sha256 !== card.sha256) {
        const line = create("p", { className: "note" });
        context.say(line, "other");
        return place.append(line);
      }
      exhibit = exhibitOf(place, context, { moments, networks: networksOf(card) });
      context.changed();
    },
  });
  place.append(wait.element);
  return {
    paint: (answer) => exhibit?.paint(answer),
    reveal: () => exhibit?.reveal?.(),
    destroy() {
      wait.stop();
      exhibit?.destroy?.();
    },
  };
}

/**
 * What a moment is called: by its batches, its whole epochs, or the division at the end.
 *
 * @param {Moment} moment
 * @returns {{ word: Keys["learning"], values?: { n?: number, temperature?: number } }}
 */
function nameOf({ step, epoch, temperature }) {
  if (temperature !== null) return { word: "moment.temperature", values: { temperature } };
  if (step === 0) return { word: "moment.untrained" };
  if (epoch > 0) return { word: "moment.epoch", values: { n: epoch } };
  return { word: "moment.step", values: { n: step } };
}

/**
 * From which moment on the network reads the drawing as it does in the end.
 *
 * @param {Moment[]} moments
 * @param {number[][]} readings the probabilities at each moment
 * @param {readonly string[]} classes
 * @returns {Question}
 */
function whenSettled(moments, readings, classes) {
  const at = settledAt(readings);
  const choices = choicesOf(moments.length, at);
  const read = best(readings[at], classes);
  return {
    values: { digit: read.digit },
    options: choices.map((choice) => nameOf(moments[choice])),
    right: choices.indexOf(at),
    because: reasonOf(moments[at], read, at > 0 ? best(readings[at - 1], classes) : null),
  };
}

/**
 * @param {Moment} moment
 * @param {{ digit: string, sure: () => string }} read
 * @param {{ digit: string, sure: () => string } | null} before what the moment before read; null: it
 *   is the first
 * @returns {Said}
 */
function reasonOf({ step, epoch }, read, before) {
  if (!before) return { word: "because.untrained", values: read };
  const values = { ...read, other: before.digit, otherSure: before.sure, step, epoch };
  return { word: epoch > 0 ? "because.epoch" : "because.step", values };
}

/** @param {number[]} probs @param {readonly string[]} classes */
function best(probs, classes) {
  const most = argmax(probs);
  return { digit: classes[most], sure: () => percent(probs[most]) };
}

// Scrub through the moments of the run; one may be kept beside the others.

const PER_SECOND = 1.5; // moments: time to look at each

/**
 * @param {HTMLElement} place
 * @param {Context<Keys["learning"]>} context
 * @param {{ moments: Moment[], networks: Networks }} run
 * @returns {Exhibit}
 */
function exhibitOf(place, context, { moments, networks }) {
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
  for (const note of notesOf(context, moments)) notes.append(note, " ");
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

  /** How many drawings the network has learned from so far, counting repeats. */
  function saySeen() {
    const { step } = moments[play.at];
    const batch = loaded.card.flags?.batch_size;
    seen.hidden = !batch;
    context.say(seen, step === 0 ? "seen.none" : "seen", { digits: step * batch });
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
      // While the pen is down, run only what is shown: all the moments take a dozen forward passes.
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

const DECIMALS = 2; // of a loss
const TARGET_DECIMALS = 3; // of the probability that training asks for

/**
 * What the reader should know about the figures, a sentence or two each.
 *
 * @param {Context<Keys["learning"]>} context
 * @param {Moment[]} moments
 */
function notesOf(context, moments) {
  const { card: { label_smoothing: smoothing, temperature }, network } = context.loaded;
  const count = network.classes.length;
  /** @param {Keys["learning"]} word @param {WordValues} [values] */
  function note(word, values) {
    const element = create("span");
    context.say(element, word, values);
    return element;
  }
  const notes = [note("note.loss", { guess: () => decimal(Math.log(count), DECIMALS) })];
  if (smoothing) {
    const rest = smoothing / count;
    const target = 1 - smoothing + rest;
    const least = -target * Math.log(target) - (count - 1) * rest * Math.log(rest);
    notes.push(note("note.smoothing", {
      target: () => decimal(target, TARGET_DECIMALS),
      other: () => decimal(rest, TARGET_DECIMALS),
      least: () => decimal(least, DECIMALS),
    }));
  }
  if (temperature) notes.push(note("note.temperature", { temperature }));
  const ahead = moments.filter(({ train, held_out }) => held_out > train).length;
  const fewer = create("a", { href: "#step=by-heart" });
  wordsOf("steps/by-heart").say(fewer, "title");
  return [note("note.held_out", { ahead, all: moments.length }), fewer, "·", ...notes];
}

// What each moment reads in the drawing, in a row: no digit for a moment that was not looked at
// yet.

const FAINTEST = 0.55; // opacity of a digit that is as good as guessed
const KINDS = /** @type {const} */ (["step", "epoch", "temperature"]);

/** What the moment is named by. @param {Moment} moment */
const kindOf = ({ epoch, temperature }) =>
  temperature !== null ? "temperature" : epoch > 0 ? "epoch" : "step";

/**
 * @param {Moment[]} moments
 * @param {Context<Keys["learning"]>} context
 * @param {(index: number) => void} onPoint pressed on or swept to; the keyboard has the player beside it
 */
function stripOf(moments, context, onPoint) {
  const { classes } = context.loaded.network;
  const element = create("div", { className: "readings" });
  const list = create("ol");
  const axis = create("div", { className: "axis" });
  element.style.setProperty("--readings", `${moments.length}`);
  const items = moments.map((moment, index) => {
    const item = create("li");
    const digit = create("b");
    const tick = create("small");
    item.style.setProperty("--at", `${index / Math.max(1, moments.length - 1)}`);
    const kind = kindOf(moment);
    tick.textContent = kind === "temperature" ? "÷" : `${moment[kind]}`;
    item.classList.toggle("apart", kind === "temperature");
    item.append(digit, tick);
    return { item, digit };
  });
  for (const kind of KINDS) {
    const own = moments.filter((each) => kindOf(each) === kind);
    if (!own.length) continue;
    const name = create("span");
    name.style.gridColumn = `span ${own.length}`;
    context.say(name, `axis.${kind}`, { temperature: own[0].temperature ?? "" });
    axis.append(name);
  }
  list.append(...items.map(({ item }) => item));
  element.append(list, axis);
  sweep(list, (x) => {
    const middles = items.map(({ item }) => {
      const { left, right } = item.getBoundingClientRect();
      return (left + right) / 2;
    });
    onPoint(nearest(middles, x));
  });
  context.label(list, "strip");
  return {
    element,
    /**
     * @param {number[][]} readings the probabilities at each moment; none: nothing is drawn
     * @param {(index: number) => boolean} isSeen
     * @param {number[]} shown the moments that are shown
     */
    paint(readings, isSeen, shown) {
      items.forEach(({ item, digit }, index) => {
        const probs = isSeen(index) ? readings[index] : undefined;
        const most = probs ? argmax(probs) : -1;
        digit.textContent = probs ? classes[most] : "·";
        digit.style.opacity = probs ? `${FAINTEST + (1 - FAINTEST) * probs[most]}` : "";
        item.classList.toggle("shown", shown.includes(index));
        const name = nameOf(moments[index]);
        const values = { moment: context.t(name.word, name.values), digit: digit.textContent };
        item.title = context.t(probs ? "strip.read" : "strip.hidden", values);
      });
    },
  };
}
