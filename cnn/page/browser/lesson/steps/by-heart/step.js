// Learning by heart: few digits, all known in training; the held-out ones tell. And what helps.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context, Exhibit, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 * @import { Trial } from "./trials.js"
 */

import { argmax } from "../../../engine/probabilities.js";
import { create } from "../../../shared/dom.js";
import { needWords } from "../../../shared/i18n.js";
import { decimal, ofHundred, rounded } from "../../../shared/numbers.js";
import { curvesOf } from "../../../train/curves.js";
import { FEW, HELD_OUT, KNOWN, MANY, SEEN, Trials } from "./trials.js";

const DECIMALS = 1; // of a percentage: one of a thousand digits
const ALL = 100; // percent

/** kept while the lesson is elsewhere, where nothing is trained @type {Trials | null} */
let trials = null;

/** @type {Step} */
export const byHeart = {
  name: "by-heart",
  words: "by-heart",
  lights: ["Conv2d", "Linear", "Dropout"],
  facts: () => ({ few: FEW, heldOut: HELD_OUT }),
  question,
  mount,
};

/** @returns {Question} */
function question() {
  return {
    values: { few: FEW, times: Math.round(SEEN / FEW), heldOut: HELD_OUT },
    options: [{ word: "option.all" }, { word: "option.nine" }, { word: "option.half" }],
    right: 1,
    because: { word: "because", values: { few: FEW } },
  };
}

/**
 * @param {HTMLElement} place
 * @param {Context<Keys["by-heart"]>} context
 * @returns {Exhibit}
 */
function mount(place, context) {
  // Seen from weights/, for the lesson's modules may have become one file.
  const { all } = trials ??= new Trials(new URL("../browser/train/worker.js", context.weights));
  const lab = trials;
  const charts = create("div", { className: "results secret" });
  const list = create("ol", { className: "curves trials" });
  const status = create("p", { className: "note", role: "status" });
  const note = create("p", { className: "note" });
  const rows = all.map((trial, color) => rowOf(trial, color, context, press));
  /** @type {ReturnType<typeof curvesOf> | null} once their words are here */
  let curves = null;
  /** @type {Answer | null} */
  let answer = null;
  let [wasTraining, isLacking] = [lab.isTraining, false];

  place.classList.add("stack");
  list.append(...rows.map(({ element }) => element));
  context.say(note, "note", { known: KNOWN, heldOut: HELD_OUT });
  place.append(list, status, charts, note);
  needCurves();

  async function needCurves() {
    try {
      await needWords(["train/charts"]);
    } catch (error) {
      console.error(error);
      isLacking = true;
      return show();
    }
    isLacking = false;
    curves ??= curvesOf();
    charts.replaceChildren(curves.element);
    show();
  }

  /** @param {Trial} trial */
  function press(trial) {
    if (!curves) needCurves();
    if (trial.phase === "training") lab.pause();
    else lab.start(trial);
  }

  function show() {
    curves?.paint(lab.begun.map(({ name, moments }) => ({
      name: context.t(`name.${name}`, { few: FEW, many: MANY }),
      points: moments,
      color: all.findIndex((trial) => trial.name === name),
    })));
    for (const row of rows) {
      row.paint({ ...{ answer, isBusy: lab.isTraining }, mark: lab.begun.indexOf(row.trial) + 1 });
    }
    const reason = isLacking ? "missing" : lab.reason;
    const last = lab.begun.at(-1);
    status.classList.toggle("unseen", !reason); // what it came to stands in its row
    if (reason) context.say(status, `failed.${reason}`);
    else if (wasTraining && last?.phase === "over" && !context.asking) {
      context.say(status, ...resultOf(last));
    } else if (lab.isTraining) context.say(status, "started");
    wasTraining = lab.isTraining;
  }

  lab.onchange = show;
  return {
    paint(to) {
      answer = to;
      show();
    },
    destroy() {
      lab.onchange = () => {};
      lab.pause();
    },
  };
}

/**
 * What a trial has come to, in numbers that add up.
 *
 * @param {Trial} trial with one moment at least
 * @returns {[Keys["by-heart"], Record<string, number | (() => string)>]}
 */
function resultOf({ moments }) {
  const { seen, trained, heldOut } = moments[moments.length - 1];
  const [known, unknown] = [trained, heldOut].map((share) => rounded(ALL * share, DECIMALS));
  return [known < unknown ? "result.ahead" : "result", {
    seen,
    trained: () => ofHundred(decimal(known, DECIMALS)),
    heldOut: () => ofHundred(decimal(unknown, DECIMALS)),
    gap: () => decimal(Math.abs(known - unknown), DECIMALS),
  }];
}

/**
 * A trial: what it changes, what it came to, and its button.
 *
 * @param {Trial} trial
 * @param {number} color of its curves
 * @param {Context<Keys["by-heart"]>} context
 * @param {(trial: Trial) => void} onPress
 */
function rowOf(trial, color, context, onPress) {
  const { name } = trial;
  const element = create("li", { className: `run-${color}` });
  const mark = create("i", { className: "mark", ariaHidden: "true" });
  const title = create("b", { id: `trial-${name}` });
  const line = create("span");
  const reads = create("span", { className: "reads" });
  const words = create("div");
  const button = create("button", { type: "button", className: "plain" });
  button.setAttribute("aria-describedby", title.id);
  button.addEventListener("click", () => onPress(trial));
  words.append(title, " ", line, " ", reads);
  element.append(mark, words, button);

  return {
    element,
    trial,
    /** @param {{ answer: Answer | null, isBusy: boolean, mark: number }} now mark: 0 for none */
    paint({ answer, isBusy, mark: number }) {
      const { phase, moments, network } = trial;
      const isTold = moments.length > 0 && !context.asking;
      context.say(title, `name.${name}`, { few: FEW, many: MANY });
      if (isTold) context.say(line, ...resultOf(trial));
      else context.say(line, `about.${name}`, { times: Math.round(SEEN / MANY) });
      mark.textContent = number ? `${number}` : "";
      button.disabled = isBusy && phase !== "training";
      context.say(button, `act.${phase}`);
      const isRead = isTold && phase !== "training" && network && answer && !answer.blank;
      reads.hidden = !isRead;
      if (!isRead) return;
      const stages = network.run(answer.seen);
      context.say(reads, "reads", { digit: `${argmax(stages[stages.length - 1])}` });
    },
  };
}
