// The bench: a network is trained, and the whole page shows it. Fetched when it is first opened.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { create, find, needStyles, showText } from "../shared/dom.js";
import { needWords, translate, wordsOf } from "../shared/i18n.js";
import { decimal, number, percent } from "../shared/numbers.js";
import { store } from "../shared/store.js";
import { keepOf } from "./keep.js";
import { ownOf } from "./own.js";
import { Session } from "./session.js";

const STYLES = new URL("./train.css", import.meta.url);
const WORDS = ["bench", "keep"].map((name) => `train/${name}`);

/** @type {Words<Keys["train/bench"]>} */
const { say, label } = wordsOf("train/bench");

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
  const controls = controlsOf(session);
  const figures = figuresOf(session);
  const reason = create("p", { className: "reason", role: "status" });
  const back = create("button", { type: "button", className: "plain back" });
  say(title, "bench");
  label(close, "close");
  close.addEventListener("click", () => store.set("training", false));
  back.addEventListener("click", () => session.isShown ? session.leave() : session.show());
  header.append(title, close);
  const [own, keep] = [ownOf(), keepOf({ session })];
  keep.dropOn(element);
  store.subscribe("answer", own.paint);
  element.append(header, controls.element, reason, figures.element);
  element.append(own.element, keep.element, back);
  translate(part);

  function paint() {
    controls.paint();
    figures.paint();
    say(reason, session.reason && `failed.${session.reason}`);
    back.hidden = !session.loaded;
    say(back, session.isShown ? "back" : "forth");
  }
  session.onchange(paint);
  store.subscribe("network", paint);
  store.subscribe("training", (isOpen) => isOpen && element.focus({ preventScroll: true }));
  return session;
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

  const start = button("start", () => {
    session.start();
    pause.focus();
  });
  const pause = button("pause", () => {
    session.pause();
    start.focus();
  });
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
      say(starts, session.loaded ? "go.on" : "start");
      start.hidden = isTraining;
      pause.hidden = !isTraining;
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
    paint: () => all.forEach(({ value, write }) => showText(value, write(session) ?? "–")),
  };
}
