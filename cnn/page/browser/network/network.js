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
import { pictureOf } from "./kernel.js";
import { keyOf } from "./key.js";
import { stageView } from "./stage.js";
import { columnsOf, hasMaps, placed, rowsOf } from "./stages.js";
import { arrow } from "./symbols.js";

const KERNEL_GAP = 2; // px between a map and its kernel, as in network.css
const INPUT_COLUMNS = 2; // the input is as wide as so many maps

/** @param {HTMLElement} element */
export function mount(element) {
  const host = find(element, ".network");
  const dialogs = new Dialogs(host);
  /** @type {StageView[]} */
  let views = [];
  /** @type {Float32Array[]} what the network makes of blank paper: its biases light some maps */
  let ofPaper = [];

  /** @param {LoadedNetwork} loaded */
  function build(loaded) {
    dialogs.close();
    const stages = placed(loaded);
    const rows = rowsOf(stages);
    views = stages.map((stage) => stageView(stage, dialogs));
    host.replaceChildren(...rows.map((row, i) => rowOf(row, i, loaded)));
    sizesOf(rows).forEach(([name, value]) => host.style.setProperty(name, `${value}`));
    // A run overwrites what the run before gave, so paper gets a network of its own.
    const { card, tensors } = loaded;
    const paper = new Float32Array(stages[0].size);
    ofPaper = new Network(card.architecture, tensors).run(paper).map((values) => values.slice());
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
    const { blank, maps } = store.get("answer");
    const values = blank ? ofPaper : maps;
    if (values.length !== views.length) return; // of a network whose stages are about to be built
    host.classList.toggle("blank", blank);
    views.forEach(({ paint }, index) => paint(values[index]));
    dialogs.paint(values);
  }

  translate(element);
  store.subscribe("network", (loaded) => {
    if (!loaded) return;
    build(loaded);
    paint();
  });
  store.subscribe("answer", paint);
  store.subscribe("theme", () => {
    paint();
    dialogs.describe();
  });
  store.subscribe("language", () => dialogs.describe());
}

/**
 * What the size of a map depends on, as custom properties: how many stand beside and above each
 * other, and what lies between them.
 *
 * @param {Placed[][]} rows
 * @returns {[name: string, value: number | string][]}
 */
function sizesOf(rows) {
  const ofMaps = rows.filter(([first]) => hasMaps(first));
  /** @param {Placed[]} row */
  const own = (row) => row.filter(({ before }) => before);
  /** @param {(row: Placed[]) => number} measure */
  const most = (measure) => Math.max(0, ...ofMaps.map(own).map(measure));
  /** @param {(row: Placed[]) => number} measure */
  const sum = (measure) => ofMaps.map(own).reduce((total, row) => total + measure(row), 0);
  /** @param {Placed} stage */
  const high = (stage) => Math.ceil(stage.count / columnsOf(stage));
  /** @param {Placed} stage */
  const kernelHeight = ({ kernels }) => kernels ? pictureOf(kernels).height + KERNEL_GAP : 0;
  return [
    ["--columns-across", INPUT_COLUMNS + most((row) => row.reduce((n, s) => n + columnsOf(s), 0))],
    ["--gaps-across", most((row) => row.reduce((n, stage) => n + columnsOf(stage) - 1, 0))],
    ["--stages-across", most((row) => row.length)],
    ["--rows", ofMaps.length],
    ["--maps-down", sum((row) => Math.max(INPUT_COLUMNS, ...row.map(high)))],
    ["--gaps-down", sum((row) => Math.max(...row.map(high)) - 1)],
    ["--kernels-down", `${sum((row) => Math.max(...row.map((s) => high(s) * kernelHeight(s))))}px`],
  ];
}
