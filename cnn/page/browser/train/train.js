// The bench: a network is trained, and the whole page shows it. Fetched when it is first opened.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 * @import { Run } from "./open.js"
 * @import { Plan } from "./plan.js"
 */

import { Network } from "../engine/network.js";
import { probabilitiesOf } from "../engine/probabilities.js";
import { openDialog } from "../shared/dialog.js";
import { create, find, needStyles, showText } from "../shared/dom.js";
import { needWords, translate, wordsOf } from "../shared/i18n.js";
import { decimal, number, percent } from "../shared/numbers.js";
import { pixelPicture } from "../shared/pixel-picture.js";
import { store } from "../shared/store.js";
import { openBuild } from "./build.js";
import { CLASSES } from "./card.js";
import { confusionOf } from "./confusion.js";
import { curvesOf } from "./curves.js";
import { keepOf } from "./keep.js";
import { misreadOf } from "./misread.js";
import { ownOf } from "./own.js";
import { MAX_KEPT } from "./runs.js";
import { openScript } from "./script-box.js";
import { Session } from "./session.js";
import { sideBySide } from "./side-by-side.js";

const STYLES = new URL("./train.css", import.meta.url);
const ATTRIBUTION = new URL("../../weights/digits.txt", import.meta.url);
const WORDS = ["bench", "build", "charts", "keep"].map((name) => `train/${name}`);

/** @type {Words<Keys["train/bench"]>} */
const { say, label, t } = wordsOf("train/bench");
/** @type {Words<Keys["train/keep"]>} */
const kept = wordsOf("train/keep");

// The controls' symbols: paths in a square of 24.
const SYMBOLS = {
  start: "M8 5v14l11-7z",
  pause: "M9 5v14M15 5v14",
  step: "M6 5v14l9-7zM18 5v14",
  slower: "M19 6l-7 6 7 6zM11 6l-7 6 7 6z",
  faster: "M5 6l7 6-7 6zM13 6l7 6-7 6z",
  over: "M5 12a7 7 0 1 0 2.5-5.4M4 4v4h4",
};

/**
 * @param {HTMLElement} part
 * @returns {Promise<Session>}
 */
export async function mount(part) {
  await Promise.all([needWords(WORDS), needStyles(STYLES)]);
  const element = find(part, ".train");
  const session = new Session();
  const title = create("h2", { id: "train-title" });
  const close = create("button", { type: "button", className: "close", textContent: "×" });
  const header = create("header");
  const intro = introOf();
  const reason = create("p", { className: "failure", role: "status" });
  say(title, "bench");
  label(close, "close");
  close.addEventListener("click", () => store.set("training", false));
  header.append(title, close);

  const [own, keep] = [ownOf(), keepOf({ session })];
  const parts = [controlsOf, actsOf, figuresOf, curvesOfRuns, misreadOfRun, comparedOf]
    .map((make) => make(session));
  const [controls, ...others] = [...parts, own, keep].map((each) => each.element);
  keep.dropOn(element);
  keep.script.append(
    buttonOf("script", (button) => openScript(button, session.plan, session.seen)),
  );
  store.subscribe("answer", own.paint);
  element.append(header, controls, intro, reason, ...others);
  translate(part);

  function paint() {
    intro.hidden = session.loaded !== null;
    say(reason, session.reason && `failed.${session.reason}`);
    for (const each of parts) each.paint();
  }
  session.onchange(paint);
  store.subscribe("network", paint);
  store.subscribe("training", (isOpen) => isOpen && element.focus({ preventScroll: true }));
  return session;
}

/** What Start does, and whose digits the network learns from. */
function introOf() {
  const element = create("div", { className: "intro" });
  const lead = create("p");
  const source = create("a", { href: `${ATTRIBUTION}`, target: "_blank" });
  say(lead, "lead");
  say(source, "source");
  element.append(lead, source);
  return element;
}

/**
 * A button that says what it does.
 *
 * @param {Keys["train/bench"]} word
 * @param {(button: HTMLButtonElement) => void} act
 */
function buttonOf(word, act) {
  const button = create("button", { type: "button" });
  say(button, word);
  button.addEventListener("click", () => act(button));
  return button;
}

// What is opened from here, and the way back.

/** @param {Session} session */
function actsOf(session) {
  const element = create("div", { className: "acts" });
  const full = create("p", { className: "failure", role: "status" });

  /** Train it, and compare it with the run before. @param {Plan} plan */
  async function onBuild(plan) {
    const isKept = await session.putAside();
    kept.say(full, isKept ? null : "keep.full", { n: session.kept.length });
    if (isKept) session.startWith(plan);
  }

  const build = buttonOf("build", (button) => openBuild(button, { plan: session.plan, onBuild }));
  const back = buttonOf("back", () => session.isShown ? session.leave() : session.show());
  element.append(build, back, full);
  return {
    element,
    paint() {
      if (full.textContent && session.kept.length < MAX_KEPT) kept.say(full, null);
      back.hidden = !session.loaded;
      say(back, session.isShown ? "back" : "forth");
    },
  };
}

// The runs: as curves, and as their answers to the drawing.

/** @type {WeakMap<Run, { color: number, network: Network }>} of those that are kept */
const known = new WeakMap();
let colors = 0; // how many were given

/** @param {Run} run */
function knownOf(run) {
  const found = known.get(run) ?? { color: ++colors, network: new Network(run.card, run.tensors) };
  known.set(run, found);
  return found;
}

/** @param {Session} session */
function curvesOfRuns(session) {
  const { element, paint } = curvesOf();
  return {
    element,
    paint() {
      const before = session.kept.filter(({ points }) => points !== session.points);
      element.hidden = !before.length && !session.points.length;
      paint([
        ...before.map((run) => ({ ...run, color: knownOf(run).color })),
        { name: t("now"), points: session.points, color: 0 },
      ]);
    },
  };
}

/**
 * How the run that was kept last reads the drawing, beside the one in training.
 *
 * @param {Session} session
 */
function comparedOf(session) {
  const { element, paint } = sideBySide();

  function show() {
    const { seen, blank } = store.get("answer");
    const run = session.kept.at(-1);
    element.hidden = !run || !session.loaded;
    if (!run || !session.loaded || !store.get("training")) return;
    const both = [
      { name: run.name, network: knownOf(run).network },
      { name: t("now"), network: session.loaded.network },
    ];
    paint(
      both.map(({ name, network }) => {
        return { name, probs: blank ? null : probabilitiesOf(network.run(seen).at(-1) ?? seen) };
      }),
      CLASSES,
    );
  }
  store.subscribe("answer", show);
  return { element, paint: show };
}

// What was misread.

/** @param {Session} session */
function misreadOfRun(session) {
  const { element, paint } = misreadOf({
    onOpen: ({ pixels }) => store.set("opened", pixelPicture(pixels)),
  });
  const matrix = confusionOf();
  const show = () => matrix.paint(session.confusion, CLASSES);
  element.append(buttonOf("confusion", (button) => openConfusion(button, matrix.element, show)));
  return {
    element,
    paint() {
      const { confusion } = session;
      const all = confusion.flat().reduce((sum, count) => sum + count, 0);
      const right = confusion.reduce((sum, row, label) => sum + row[label], 0);
      element.hidden = all === 0;
      paint(session.misread, all - right);
      if (matrix.element.isConnected) show();
    },
  };
}

/** @param {HTMLButtonElement} button @param {HTMLElement} body @param {() => void} show */
function openConfusion(button, body, show) {
  const title = create("h2");
  const close = create("button", { type: "button", textContent: "×" });
  say(title, "confusion.title");
  label(close, "confusion.close");
  openDialog({
    ...{ name: "part build confusion-box", title, body, close },
    begin() {
      show();
      close.focus();
    },
    end: () => button.focus(),
  });
}

/** @param {Session} session */
function controlsOf(session) {
  const element = create("div", { className: "controls", role: "group" });
  label(element, "controls");

  /** @param {keyof typeof SYMBOLS} act @param {() => void} press */
  function button(act, press) {
    const made = create("button", { type: "button", className: act });
    made.dataset.act = act;
    made.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${
      SYMBOLS[act]
    }"/></svg>`;
    made.addEventListener("click", press);
    element.append(made);
    return made;
  }

  /** @param {HTMLElement} owner */
  function named(owner) {
    const text = create("span");
    owner.append(text);
    return text;
  }

  const start = button("start", () => session.start());
  const pause = button("pause", () => session.pause());
  const step = button("step", () => session.step());
  const slower = button("slower", () => session.slower());
  const faster = button("faster", () => session.faster());
  const over = button("over", () => session.startOver());
  const [starts, pauses] = [named(start), named(pause)];
  say(pauses, "pause");
  label(step, "step");
  label(slower, "slower");
  label(faster, "faster");
  label(over, "over");
  return {
    element,
    paint() {
      const isTraining = session.phase === "training";
      const [shown, other] = isTraining ? [pause, start] : [start, pause];
      const hadFocus = other === document.activeElement;
      say(starts, session.loaded ? "go.on" : "start");
      shown.hidden = false;
      other.hidden = true;
      if (hadFocus) shown.focus();
      step.disabled = isTraining;
      slower.disabled = session.isSlowest;
      faster.disabled = session.isFastest;
      over.disabled = !session.loaded;
    },
  };
}

// The figures: what is measured, and how it is written.

/** @typedef {"held.out" | "seen" | "rate" | "seconds" | "epoch"} Figure */

/** @type {Record<Figure, (session: Session) => string | null>} null: there is none yet */
const FIGURES = {
  "held.out": ({ heldOut }) => heldOut === null ? null : percent(heldOut),
  seen: ({ seen }) => number(seen),
  rate: ({ rate }) => rate ? number(Math.round(rate)) : null,
  seconds: ({ seconds }) => decimal(seconds, 1),
  epoch: ({ epoch }) => decimal(epoch, 2),
};

/** @param {Session} session */
function figuresOf(session) {
  const element = create("dl", { className: "figures" });
  const all = /** @type {[Figure, (session: Session) => string | null][]} */ (
    Object.entries(FIGURES)
  ).map(([name, write]) => {
    const [line, term, value] = [create("div"), create("dt"), create("dd")];
    line.className = name.replace(".", "-");
    value.dataset.value = line.className;
    say(term, name);
    line.append(value, term);
    element.append(line);
    return { value, write };
  });
  return {
    element,
    paint() {
      element.hidden = !session.loaded;
      all.forEach(({ value, write }) => showText(value, write(session) ?? "–"));
    },
  };
}
