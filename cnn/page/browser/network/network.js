// The network from the digit that it sees to its probabilities: every stage, painted anew with
// every answer.

/**
 * @import { LoadedNetwork } from "../shared/network.js"
 * @import { StageView } from "./stage.js"
 * @import { Placed } from "./stages.js"
 */

import { Network } from "../engine/network.js";
import { create, find } from "../shared/dom.js";
import { translate } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { Dialogs } from "./dialog.js";
import { Explainer } from "./explainer.js";
import { keyOf } from "./key.js";
import { markMuted } from "./mute.js";
import { noticesOf } from "./notices.js";
import { receiptOf } from "./receipt.js";
import { stageView } from "./stage.js";
import { sizesOf } from "./sizes.js";
import { hasMaps, placed, rowsOf } from "./stages.js";
import { arrow } from "./symbols.js";
import { openWhy } from "./why.js";

/** @param {HTMLElement} element */
export function mount(element) {
  const host = find(element, ".network");
  const dialogs = new Dialogs(host);
  /** @type {StageView[]} */
  let views = [];
  /** @type {Float32Array[]} what the network makes of blank paper: its biases light some maps */
  let ofPaper = [];
  let readPaper = () => ofPaper;
  /** @type {Explainer | null} */
  let explainer = null;
  /** @type {{ element: HTMLElement, paint: () => void } | null} */
  let notices = null;

  /** @param {LoadedNetwork} loaded */
  function build(loaded) {
    dialogs.close();
    const stages = placed(loaded);
    const rows = rowsOf(stages);
    const made = new Explainer(host, loaded.network, stages);
    explainer = made;
    notices = noticesOf(made);
    views = stages.map((stage) => stageView(stage, dialogs, made));
    made.use(views);
    host.replaceChildren(...rows.map((row, i) => rowOf(row, i, loaded)));
    (host.querySelector(".key") ?? host).append(notices.element);
    host.append(receiptOf(made));
    sizesOf(rows).forEach(([name, value]) => host.style.setProperty(name, `${value}`));
    // A run overwrites what the run before gave, so paper gets a network of its own.
    const { card, tensors } = loaded;
    const network = new Network(card.architecture, tensors);
    const paper = new Float32Array(stages[0].size);
    readPaper = () => network.run(paper, store.get("muted")).map((values) => values.slice());
    if (store.get("muted").size) store.set("muted", new Map()); // it was of another network
    else mute();
    translate(host);
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
    return element;
  }

  function paint() {
    if (store.get("lesson") !== null) return; // which stands in the network's place
    const { blank, maps } = store.get("answer");
    const values = blank ? ofPaper : maps;
    if (values.length !== views.length) return; // of a network whose stages are about to be built
    host.classList.toggle("blank", blank);
    if (blank && explainer?.tracer.cell) explainer.stopTrace();
    views.forEach(({ paint }, index) => paint(values[index]));
    explainer?.paint(values);
    dialogs.paint(values);
  }

  function mute() {
    ofPaper = readPaper();
    if (!explainer) return;
    markMuted(explainer.stages, views, store.get("muted"));
    notices?.paint();
    paint();
  }

  /** What the answer is asked for; a lesson makes way. @param {"trace" | "why"} what */
  function show(what) {
    store.set("lesson", null);
    const { blank, digits, followed } = store.get("answer");
    const { activeElement } = document;
    if (!explainer || blank || !(activeElement instanceof HTMLElement)) return;
    if (what === "why") return openWhy(activeElement, dialogs, explainer);
    dialogs.close();
    const stage = views.length - 1;
    explainer.trace({
      stage,
      index: digits[followed].probs.indexOf(Math.max(...digits[followed].probs)),
    });
  }

  translate(element);
  store.subscribe("network", (loaded) => {
    if (loaded) build(loaded);
  });
  store.subscribe("answer", paint);
  store.subscribe("lesson", (step) => {
    if (step !== null) { // it stands over what is open here
      dialogs.close();
      explainer?.pin(null);
    }
    paint();
  });
  store.subscribe("theme", () => {
    paint();
    dialogs.describe();
  });
  store.subscribe("language", () => dialogs.describe());
  store.subscribe("muted", mute);
  store.subscribe("asked", (asked) => asked && show(asked.what));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && explainer?.stopTrace());
}
