// Train it yourself: a network with random weights learns, watched on the reader's own digit.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Words } from "../../../shared/i18n.js"
 * @import { Session } from "../../../train/session.js"
 * @import { Keys } from "../../../words/words.d.ts"
 * @import { Context, Exhibit, Now, Question, Step } from "../../step.js"
 */

import { argmax } from "../../../engine/probabilities.js";
import { create } from "../../../shared/dom.js";
import { wordsOf } from "../../../shared/i18n.js";
import { needBench } from "../../../shared/on-demand.js";
import { store } from "../../../shared/store.js";
import { CLASSES } from "../../../train/card.js";
import { figuresOf, historyOf, liveView } from "./views.js";
import { STAYS, Watch } from "./watch.js";

const POWERS = [100, 1000, 10_000]; // between the options; no number of whole batches is one of them
const EARLIER = 3; // runs that are named, at most

// What outlives the step while it is closed: its run waits.

/** @type {Session | null} the bench's, once it was asked for */
let session = null;
/** @type {Watch | null} the newest run that this step has begun */
let newest = null;
/** those before it that were watched to the end @type {Watch[]} */
const earlier = [];
let seed = 0; // of the next run
/** shows what the session has told @type {() => void} */
let hear = () => {};

/** The step's run, if it is still the bench's. @returns {Watch | null} */
const current = () => newest && newest.loaded === session?.loaded ? newest : null;

/** @param {Now} now @returns {Question | null} */
function question({ answer }) {
  if (answer.blank) return null;
  const run = current();
  const above = POWERS.findIndex((power) => (run?.settled ?? 0) < power);
  const isKnown = run !== null && run.settled !== null;
  return {
    options: [
      { word: "option.under", values: { most: POWERS[0] } },
      { word: "option.between", values: { least: POWERS[0], most: POWERS[1] } },
      { word: "option.between", values: { least: POWERS[1], most: POWERS[2] } },
      { word: "option.over", values: { least: POWERS[2] } },
    ],
    right: !isKnown ? null : above < 0 ? POWERS.length : above,
    because: isKnown ? stayed(run) : { word: "because.start" },
  };
}

/** @param {Watch} run that was watched to the end */
function stayed({ settled, label }) {
  return { word: "because.stayed", values: { seen: settled ?? 0, digit: label, more: STAYS } };
}

/** @type {Step} */
export const yourself = {
  name: "yourself",
  words: "yourself",
  lights: ["Conv2d"],
  lacks: ({ network: { classes } }) => `${classes}` !== `${CLASSES}`,
  ofReading: true,
  trains: true,
  question,
  mount,
};

// Why training has stopped by itself, or cannot begin, is said as the bench says it.

/** @type {Words<Keys["train/keep"]>} */
const kept = wordsOf("train/keep");
/** @type {Words<Keys["train/bench"]>} */
const failed = wordsOf("train/bench");

/** @param {HTMLElement} place @param {Context<Keys["yourself"]>} context @returns {Exhibit} */
function mount(place, context) {
  const buttons = create("div", { className: "controls" });
  const start = button("start", press);
  start.classList.add("start");
  const slower = button("slower", () => session?.slower());
  const faster = button("faster", () => session?.faster());
  const over = button("over", begin);
  const figures = figuresOf(context);
  const status = create("p", { className: "says" });
  const live = liveView(context, () => paint(last));
  const history = historyOf(context);
  const foot = create("div", { className: "controls" });
  const before = create("span", { className: "note" });
  const back = create("button", { type: "button", className: "plain" });
  const bench = create("a", { href: "#train" });
  let isSettled = false; // as the question knows it
  let isPaced = false; // whether it was slowed down to be watched
  let isLeft = false;
  /** @type {"loading" | "missing" | "failed" | "full" | null} */
  let state = null;
  /** @type {Answer | null} */
  let last = null;

  status.role = "status";
  context.say(bench, "bench");
  back.addEventListener("click", () => session?.isShown ? session.leave() : session?.show());
  foot.append(bench, back, before);
  place.classList.add("stack");
  place.append(buttons, figures.element, status, live.element, history.element, foot);

  /** @param {Keys["yourself"]} word @param {() => void} onPress */
  function button(word, onPress) {
    const made = create("button", { type: "button", className: "plain" });
    context.say(made, word);
    made.addEventListener("click", onPress);
    buttons.append(made);
    return made;
  }

  function press() {
    if (session?.phase === "training") session.pause();
    else if (current()) goOn();
    else begin();
  }

  /** At full speed the first thousand digits are over before the eye has seen anything. */
  function pace() {
    if (!isPaced && session?.isFastest) session.slower();
    isPaced = true;
  }

  function goOn() {
    pace();
    session?.start();
  }

  /** From random weights, others than last time. */
  async function begin() {
    if (!last || last.blank || state === "loading") return;
    const digit = last.seen.slice();
    state = "loading";
    sayAll();
    try {
      session ??= await opened();
      if (isLeft) return;
      state = await trained(session, digit);
    } catch (error) {
      console.error(error);
      state = "missing";
    }
    if (state === null && session?.loaded) {
      if (newest && newest.settled !== null) earlier.push(newest);
      newest = new Watch(session.loaded, digit, labelOf(session, digit));
    }
    if (isLeft) leave();
    else context.changed();
  }

  /**
   * Train for the digit, and keep the run of the bench that makes room for it.
   *
   * @param {Session} by
   * @param {Float32Array} digit
   */
  async function trained(by, digit) {
    if (!current() && !await by.putAside()) return "full";
    pace();
    await by.startWith({ seed: seed++, own: false }, digit);
    return by.phase === "training" ? null : "failed";
  }

  function sayAll() {
    const run = current();
    const isBlank = !last || last.blank;
    context.say(start, session?.phase === "training" ? "pause" : run ? "go.on" : "start");
    start.disabled = isBlank && !run;
    slower.disabled = !run || session?.isSlowest === true;
    faster.disabled = !run || session?.isFastest === true;
    over.disabled = !run || isBlank;
    figures.paint(run, session?.heldOut ?? null);
    history.paint(run, live.kernel);
    before.hidden = earlier.length === 0;
    context.say(before, "earlier", { runs: () => earlier.slice(-EARLIER).map(lineOf).join(" · ") });
    foot.hidden = !run;
    context.say(back, session?.isShown ? "back" : "forth");
    sayStatus(run);
  }

  /** @param {Watch} run */
  function lineOf({ settled, label }) {
    return context.t("earlier.run", { digit: label, seen: settled ?? 0 });
  }

  /** In few and plain steps: it is read aloud whenever it changes. @param {Watch | null} run */
  function sayStatus(run) {
    if (state === "loading" || state === "missing") context.say(status, state);
    else if (state === "full") kept.say(status, "keep.full", { n: session?.kept.length ?? 0 });
    else if (session?.reason && (run || state)) failed.say(status, `failed.${session.reason}`);
    else if (!run || context.asking) context.say(status, "waiting");
    else if (run.settled !== null) {
      context.say(status, run.wavered ? "wavered" : "because.stayed", stayed(run).values);
    } else if (run.first === null) context.say(status, "not.yet", { digit: run.label });
    else context.say(status, "first", { seen: run.first, digit: run.label });
  }

  hear = () => {
    const was = isSettled;
    isSettled = typeof current()?.settled === "number";
    if (isSettled === was) sayAll();
    else context.changed(); // the question can be decided
  };

  /** @param {Answer | null} answer */
  function paint(answer) {
    last = answer;
    if (answer) live.paint(answer, current());
    sayAll();
  }

  return {
    paint,
    destroy() {
      isLeft = true;
      hear = () => {};
      leave();
    },
  };
}

/** The bench's session, which is heard from now on, also while the step is closed. */
async function opened() {
  /** @type {Session} */
  const made = await needBench();
  let taken = made.looks;
  made.onchange(() => {
    if (made.looks !== taken) current()?.take(taken = made.looks);
    hear();
  });
  return made;
}

/** What the trained network reads. @param {Session} from @param {Float32Array} digit */
function labelOf({ trained }, digit) {
  const maps = trained?.network.run(digit) ?? [];
  return argmax(maps[maps.length - 1]);
}

/** The other steps are about the trained network; at the bench this one goes on. */
function leave() {
  if (!session || !current()) return;
  while (!session.isFastest) session.faster();
  if (store.get("training")) session.pause();
  else session.leave();
}
