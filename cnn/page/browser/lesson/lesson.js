// The lesson: a step at a time, in the network's place. Fetched when it is first opened.

/**
 * @import { Answer } from "../shared/answer.js"
 * @import { LoadedNetwork } from "../shared/readings.js"
 * @import { Step } from "./step.js"
 */

import { redirect } from "../shared/address.js";
import { endOf, Pixels } from "../shared/colors.js";
import { create, find, needStyles } from "../shared/dom.js";
import { needWords, translate, wordsOf } from "../shared/i18n.js";
import { load, save, store } from "../shared/store.js";
import { mosaicOf } from "./blocks/grid.js";
import { cardOf } from "./card.js";
import { byHeart } from "./steps/by-heart/step.js";
import { channels } from "./steps/channels/step.js";
import { code } from "./steps/code/step.js";
import { convolution } from "./steps/convolution/step.js";
import { costs } from "./steps/costs/step.js";
import { flattenDropout } from "./steps/flatten-dropout/step.js";
import { gradient } from "./steps/gradient/step.js";
import { input } from "./steps/input/step.js";
import { learning } from "./steps/learning/step.js";
import { mlpOrCnn } from "./steps/mlp-or-cnn/step.js";
import { neuron } from "./steps/neuron/step.js";
import { parts } from "./steps/parts/step.js";
import { pooling } from "./steps/pooling/step.js";
import { relu } from "./steps/relu/step.js";
import { size } from "./steps/size/step.js";
import { softmax } from "./steps/softmax/step.js";
import { yourself } from "./steps/yourself/step.js";

const STYLES = new URL("./lesson.css", import.meta.url);
const WEIGHTS = new URL("../../weights/", import.meta.url);

/**
 * Show the step that the store's `lesson` names; null closes the lesson.
 *
 * @param {HTMLElement} part
 */
export async function mount(part) {
  const steps = STEPS.map(({ words }) => `steps/${words}`);
  await Promise.all([needWords(["lesson", ...steps]), needStyles(STYLES)]);
  const element = find(part, ".lesson");
  const contents = contentsOf(STEPS, (name) => store.set("lesson", name));
  const body = create("div", { className: "panel body" });
  const footer = create("footer");
  const close = create("button", { type: "button", className: "close-lesson", textContent: "×" });
  const previous = create("button", { type: "button", className: "plain previous" });
  const progress = create("span", { className: "progress" });
  const next = create("button", { type: "button", className: "plain next" });
  /** @type {ReturnType<typeof stripOf> | null} */
  let strip = null;
  /** @type {{ step: Step, card: ReturnType<typeof cardOf>, loaded: LoadedNetwork } | null} */
  let shown = null;

  /** @param {number} by */
  function go(by) {
    store.set("lesson", STEPS[place() + by]?.name ?? null);
  }

  const place = () => STEPS.findIndex(({ name }) => name === store.get("lesson"));

  function show() {
    const name = store.get("lesson");
    const loaded = store.get("network");
    if (shown?.step.trains && name === shown.step.name && loaded) {
      shown.loaded = loaded;
      shown.card.follow(loaded);
    } else if (shown && (name !== shown.step.name || loaded !== shown.loaded)) {
      shown.card.destroy();
      shown = null;
    }
    if (name === null || !loaded || shown) return paint();
    const step = STEPS[place()];
    if (!step) return redirect(STEPS[0].name); // a link named no step of ours
    save("lesson.step", name);
    const onAnswered = () => contents.tick(step.name);
    const onLight = (/** @type {string[]} */ names) => strip?.light(names);
    const card = cardOf(step, { loaded, weights: WEIGHTS, onAnswered, onLight });
    shown = { step, card, loaded };
    body.replaceChildren(card.element, footer);
    body.scrollTop = 0;
    contents.show(name);
    light(step, loaded);
    showWay();
    paint();
    if (document.activeElement?.closest(".pad-part")) return; // the reader may draw by keyboard
    card.title.focus({ preventScroll: true });
    if (body.getBoundingClientRect().top < 0) body.scrollIntoView();
  }

  /** @param {Step} step @param {LoadedNetwork} loaded */
  function light({ lights, lacks }, loaded) {
    if (lacks?.(loaded)) strip?.light([]);
    else strip?.light(typeof lights === "function" ? lights(loaded) : lights);
  }

  /** Show how far the reader is, and where to go on. */
  function showWay() {
    const at = place();
    if (at < 0) return;
    const after = STEPS[at + 1];
    previous.hidden = at === 0;
    say(progress, "progress", { step: at + 1, steps: STEPS.length });
    if (after) say(next, "next", { title: () => titleOf(after) });
    else say(next, "finish");
  }

  function paint() {
    const answer = store.get("answer");
    // The network has been replaced, and was asked; the step is about to follow.
    if (!shown || shown.loaded !== store.get("network")) return;
    strip?.paint(answer);
    shown.card.paint(answer);
  }

  previous.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  close.addEventListener("click", () => store.set("lesson", null));
  element.addEventListener("keydown", ({ key }) => key === "Escape" && store.set("lesson", null));
  label(close, "close");
  say(previous, "previous");
  footer.append(previous, progress, next);
  const head = create("header");
  head.append(contents.element, close);
  element.append(head, body);
  translate(part);

  store.subscribe("network", (loaded) => {
    if (!loaded) return;
    strip?.element.remove();
    strip = stripOf(loaded);
    label(strip.element, "strip");
    head.after(strip.element);
    if (shown) light(shown.step, loaded);
    show();
  });
  store.subscribe("lesson", show);
  store.subscribe("answer", paint);
  store.subscribe("theme", () => {
    strip?.paint(store.get("answer"));
    shown?.card.renew(store.get("answer"));
  });
  store.subscribe("language", () => {
    shown?.card.renew(store.get("answer"));
  });
}

const { say, label } = wordsOf("lesson");

/** @param {Step} step */
const titleOf = ({ words }) => wordsOf(`steps/${words}`).t("title");

// The steps of the lesson, in their order. A step that is not in this list is not shown.

/** @type {Step[]} */
export const STEPS = [
  input, // 1
  convolution, // 2
  size, // 3
  channels, // 4
  relu, // 5
  pooling, // 6
  parts, // 7
  flattenDropout, // 8
  neuron, // 9
  costs, // 10
  softmax, // 11
  mlpOrCnn, // 12
  code, // 13
  gradient, // 14
  learning, // 15
  yourself, // 16
  byHeart, // 17
];

// The list of the steps: where the reader is, what was answered, and a way to each.

const KEY = "lesson.answered"; // names of steps

/**
 * @param {readonly Step[]} steps
 * @param {(name: string) => void} onChoose
 */
function contentsOf(steps, onChoose) {
  const element = create("nav", { className: "contents" });
  const list = create("ol");
  const saved = load(KEY);
  const answered = new Set(Array.isArray(saved) ? saved : []);
  const items = steps.map((step, i) => {
    const item = create("li");
    const button = create("button", { type: "button" });
    const title = create("span", { className: "title" });
    const tick = create("span", { className: "unseen" });
    button.append(create("b", { textContent: `${i + 1}` }), title, tick);
    wordsOf(`steps/${step.words}`).say(title, "title");
    button.addEventListener("click", () => onChoose(step.name));
    item.append(button);
    list.append(item);
    return { name: step.name, button, tick };
  });
  element.append(list);

  function showAnswered() {
    for (const { name, button, tick } of items) {
      button.classList.toggle("answered", answered.has(name));
      if (answered.has(name)) say(tick, "done");
    }
  }
  label(element, "steps");
  showAnswered();
  return {
    element,
    /** @param {string} current the name of the step that is open */
    show(current) {
      for (const { name, button } of items) {
        button.ariaCurrent = name === current ? "step" : null;
        if (name !== current) continue;
        const { offsetLeft, offsetWidth } = button;
        list.scrollTo({ left: offsetLeft - (list.clientWidth - offsetWidth) / 2 });
      }
    },
    /** @param {string} name of a step whose question was answered */
    tick(name) {
      answered.add(name);
      save(KEY, [...answered]);
      showAnswered();
    },
  };
}

// The network's stages in a row, small and live; those that the step is about are lit.

/** @param {LoadedNetwork} loaded */
export function stripOf(loaded) {
  const { network } = loaded;
  const element = create("ol", { className: "stage-row" });
  const items = network.stages.map((stage, index) => {
    const item = create("li");
    const { width, height, from } = mosaicOf(stage.shape);
    const pixels = new Pixels(width, height);
    const values = new Float32Array(width * height);
    item.style.setProperty("--wide", `${width / height}`);
    item.append(pixels.canvas, create("span", { textContent: stage.name }));
    element.append(item);
    /** @param {Float32Array} own */
    function paint(own) {
      from.forEach((at, i) => values[i] = own[at] ?? 0);
      pixels.paint(values, endOf(own, loaded.scales[index]));
    }
    return { item, stage, paint };
  });
  return {
    element,
    /** @param {string[]} lights names or kinds of stages */
    light(lights) {
      for (const { item, stage } of items) {
        item.classList.toggle("lit", lights.includes(stage.name) || lights.includes(stage.kind));
      }
    },
    /** @param {Answer} answer */
    paint({ maps }) {
      items.forEach(({ paint }, index) => paint(maps[index] ?? NOTHING));
    },
  };
}

const NOTHING = new Float32Array(0);
