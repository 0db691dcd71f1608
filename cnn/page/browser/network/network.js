// The network from the digit that it sees to its probabilities: every stage, repainted with every
// answer.

/**
 * @import { Answer } from "../shared/answer.js"
 * @import { LoadedNetwork } from "../shared/readings.js"
 * @import { Placed } from "./layout.js"
 * @import { StageView } from "./stage.js"
 */

import { argmax } from "../engine/probabilities.js";
import { create, find } from "../shared/dom.js";
import { setText, t, translate } from "../shared/i18n.js";
import { load, save, store } from "../shared/store.js";
import { keyOf } from "./about.js";
import { openWhy } from "./compare.js";
import { Dialogs } from "./dialog.js";
import { tooltipOf } from "./equation.js";
import { Explainer } from "./explainer.js";
import { columnsOf, hasMaps, isAlike, nameOfCell, placed, renew, rowsOf } from "./layout.js";
import { markMuted, unmuteAll } from "./mute.js";
import { pictureOf } from "./operands.js";
import { arrow, stageView } from "./stage.js";

/** @param {HTMLElement} element */
export function mount(element) {
  const host = find(element, ".network");
  const dialogs = new Dialogs(host);
  /** @type {StageView[]} */
  let views = [];
  /** @type {Float32Array[] | null} what the network makes of blank paper: its biases light some maps */
  let ofPaper = null;
  /** @type {() => Float32Array[]} */
  let readPaper = () => [];
  /** @type {LoadedNetwork | null} */
  let shown = null;
  /** @type {Explainer | null} */
  let explainer = null;
  /** @type {{ element: HTMLElement, paint: () => void } | null} */
  let notices = null;
  const welcome = welcomeOf();

  /** @param {LoadedNetwork} loaded */
  function build(loaded) {
    dialogs.close();
    const stages = placed(loaded);
    const rows = rowsOf(stages);
    const made = new Explainer(host, loaded.network, stages);
    explainer = made;
    made.onpoint((cell) => cell && welcome.end());
    notices = noticesOf(made, welcome.element);
    views = stages.map((stage) => stageView(stage, dialogs, made));
    made.use(views);
    host.replaceChildren(...rows.map((row, i) => rowOf(row, i, loaded)));
    (host.querySelector(".key") ?? host).append(notices.element);
    host.append(tooltipOf(made));
    sizesOf(rows).forEach(([name, value]) => host.style.setProperty(name, `${value}`));
    translate(host);
  }

  /** The same stages with other weights: what is open stays open. @param {LoadedNetwork} loaded */
  function follow(loaded) {
    if (!explainer) return;
    renew(explainer.stages, loaded);
    explainer.renew(loaded.network);
    views.forEach(({ paintKernels }) => paintKernels());
  }

  /** @param {LoadedNetwork} loaded */
  function show(loaded) {
    if (isAlike(shown, loaded)) {
      follow(loaded);
      const key = keyOf(loaded);
      host.querySelector(".key")?.replaceWith(key);
      if (key.isConnected) key.append(...notices ? [notices.element] : []);
      translate(key);
    } else build(loaded);
    shown = loaded;
    const paper = new Float32Array(loaded.network.stages[0].shape.reduce((size, n) => size * n));
    readPaper = () => loaded.network.run(paper, store.get("muted"));
    if (store.get("muted").size) store.set("muted", new Map()); // it was of another network
    else mute();
    dialogs.describe();
  }

  /** @param {Placed[]} row @param {number} i @param {LoadedNetwork} loaded */
  function rowOf(row, i, loaded) {
    const element = create("div", { className: "row panel" });
    element.classList.toggle("vectors", !hasMaps(row[0]));
    row.forEach((stage, place) => {
      if (place === 0 && i > 0 && hasMaps(stage)) {
        element.append(i === 1 ? keyOf(loaded) : create("div", { className: "key" }));
      }
      if (stage.before) element.append(arrow(place === 0));
      element.append(views[stage.index].element);
    });
    if (row.length === 1 && !row[0].before) element.append(keyOf(loaded)); // there is room
    return element;
  }

  function paint() {
    if (store.get("lesson") !== null) return; // which stands in the network's place
    const { blank, maps } = store.get("answer");
    const values = blank ? ofPaper ??= readPaper() : maps;
    if (values.length !== views.length) return; // of a network whose stages are about to be built
    host.classList.toggle("blank", blank);
    if (blank && explainer?.tracer.cell) explainer.stopTrace();
    views.forEach(({ paint }, index) => paint(values[index]));
    explainer?.paint(values);
    dialogs.paint(values);
  }

  function mute() {
    ofPaper = null;
    if (!explainer) return;
    markMuted(explainer.stages, views, store.get("muted"));
    notices?.paint();
    paint();
  }

  /** Show what was asked of the answer; an open lesson makes way. @param {"trace" | "why"} what */
  function tell(what) {
    store.set("lesson", null);
    const { blank, digits, followed } = store.get("answer");
    const { activeElement } = document;
    if (!explainer || blank || !(activeElement instanceof HTMLElement)) return;
    if (what === "why") return openWhy(activeElement, dialogs, explainer);
    dialogs.close();
    const stage = views.length - 1;
    explainer.trace({
      stage,
      index: argmax(digits[followed].probs),
    });
  }

  translate(element);
  store.subscribe("network", (loaded) => {
    if (loaded) show(loaded);
  });
  store.subscribe("answer", paint);
  store.subscribe("lesson", (step) => {
    if (step !== null) { // the lesson covers what is open here
      dialogs.close();
      explainer?.pin(null);
    }
    paint();
  });
  for (const name of /** @type {const} */ (["theme", "language"])) {
    store.subscribe(name, () => {
      views.forEach(({ paintKernels }) => paintKernels());
      paint();
      dialogs.describe();
    });
  }
  store.subscribe("weights", () => {
    const loaded = store.get("network");
    if (!loaded || loaded !== shown) return;
    follow(loaded);
    ofPaper = null;
    if (store.get("answer").blank) paint(); // else a new answer has done it
    dialogs.describe();
  });
  new ResizeObserver(() => explainer?.tracer.cell && explainer.tracer.repaint()).observe(host);
  store.subscribe("muted", mute);
  store.subscribe("asked", (asked) => asked && tell(asked.what));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && explainer?.stopTrace());
}

// What goes on in the network, and how to end it: a trace, and what is switched off.

/** @param {Explainer} explainer @param {HTMLElement} welcome */
function noticesOf(explainer, welcome) {
  const element = create("div", { className: "notices" });
  const said = create("p", { className: "traced", role: "status" });
  const stop = create("button", { type: "button", className: "stop", hidden: true });
  const all = unmuteAll();
  setText(stop, "trace.stop");
  stop.addEventListener("click", () => explainer.stopTrace());
  element.append(welcome, said, stop, all.element);
  explainer.tracer.ontrace((found) => {
    stop.hidden = !explainer.tracer.cell;
    if (!found) return setText(said, null);
    const { cell, ink } = found;
    const { word, values } = nameOfCell(explainer.stages[cell.stage], cell.index);
    setText(said, ink ? "trace.found" : "trace.none", { layer: () => t(word, values), n: ink });
  });
  return { element, paint: () => all.paint(store.get("muted")) };
}

const WELCOMED = "welcomed"; // whether the reader has been told once what to do here

/**
 * One line for whoever is here for the first time: after the first answer, until a map is pointed
 * at, or the lesson or the bench is opened.
 */
function welcomeOf() {
  const line = create("p", { className: "welcome", role: "status" });
  let isDue = load(WELCOMED) !== true;

  /** @param {Answer} answer */
  function greet({ blank, drawing }) {
    if (!isDue || blank || drawing) return;
    if (store.get("lesson") !== null || store.get("training")) return;
    setText(line, "newcomer");
    save(WELCOMED, true);
    isDue = false;
  }
  function end() {
    setText(line, null);
  }
  store.subscribe("answer", greet);
  store.subscribe("lesson", (step) => step !== null && end());
  store.subscribe("training", (isOpen) => isOpen && end());
  return { element: line, end };
}

const KERNEL_GAP = 2; // px between a map and its kernel, as in stages.css
const INPUT_COLUMNS = 2; // the input is as wide as this many maps
const ALONE = 3 * INPUT_COLUMNS; // maps down where there are none: the input takes a third

/**
 * What the size of a map depends on, as custom properties: how many stand beside and above each
 * other, and what lies between them.
 *
 * @param {Placed[][]} rows
 * @returns {[name: string, value: number | string][]}
 */
export function sizesOf(rows) {
  const ofMaps = rows.filter(([first]) => hasMaps(first));
  /** @param {Placed[]} row */
  const own = (row) => row.filter(({ before }) => before);
  /** @param {(row: Placed[]) => number} measure */
  const most = (measure) => Math.max(0, ...ofMaps.map(own).map(measure));
  /** @param {(row: Placed[]) => number} measure */
  const sum = (measure) => ofMaps.map(own).reduce((total, row) => total + measure(row), 0);
  /** @param {Placed[]} row @param {(stage: Placed) => number} measure @param {number} [least] */
  const maxOf = (row, measure, least = 0) => Math.max(least, ...row.map(measure));
  /** @param {Placed} stage */
  const high = (stage) => Math.ceil(stage.count / columnsOf(stage));
  /** @param {Placed} stage */
  const kernelHeight = ({ kernels }) => kernels ? pictureOf(kernels).height + KERNEL_GAP : 0;
  return [
    ["--columns-across", INPUT_COLUMNS + most((row) => row.reduce((n, s) => n + columnsOf(s), 0))],
    ["--gaps-across", most((row) => row.reduce((n, stage) => n + columnsOf(stage) - 1, 0))],
    ["--stages-across", most((row) => row.length)],
    ["--rows", ofMaps.length],
    [
      "--maps-down",
      most((row) => row.length) ? sum((row) => maxOf(row, high, INPUT_COLUMNS)) : ALONE,
    ],
    ["--gaps-down", sum((row) => maxOf(row, high, 1) - 1)],
    [
      "--kernels-down",
      `${sum((row) => maxOf(row, (stage) => high(stage) * kernelHeight(stage)))}px`,
    ],
  ];
}
