// Parameters and multiplications of each layer, by formula, for these sizes or others.

/**
 * @import { Stage } from "../../../engine/described.js"
 * @import { Context } from "../../step.js"
 * @import { Layer, Sizes } from "./counts.js"
 * @import { words } from "./words.js"
 */

import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { create } from "../../../shared/dom.js";
import { slider } from "../../blocks/slider.js";
import { isConvolution, layersOf, resized, sizesOf } from "./counts.js";

const MOST_CHANNELS = 64;
const KERNEL = { least: 1, most: 7, step: 2 }; // odd: an even one cannot keep the maps' size

const shown = (/** @type {number} */ count) => count.toLocaleString("en");

/** @param {number[]} factors */
const product = (factors) => factors.map(shown).join(" × ");

/** @param {Layer} layer */
export const formulas = ({ outputs, inputs, places }) => ({
  parameters: `${shown(outputs)} × (${product(inputs)} + 1)`,
  multiplications: product([outputs, ...inputs, ...places]),
});

/**
 * @param {Context<keyof typeof words.en>} context
 * @param {Stage[]} stages of the network
 */
export function costsView(context, stages) {
  const element = create("section", { className: "stack costs" });
  const heading = create("h3");
  const controls = create("div", { className: "controls" });
  const table = create("table", { className: "plain" });
  const head = table.createTHead().insertRow();
  const body = table.createTBody();
  const foot = table.createTFoot().insertRow();
  const said = create("p", { className: "note" });
  const back = create("button", { type: "button", className: "plain reset" });
  const own = sizesOf(stages);
  context.say(heading, "costs");
  context.say(back, "reset");
  for (const word of /** @type {const} */ (["layer", "parameters", "multiplications"])) {
    const cell = create("th", { scope: "col" });
    context.say(cell, word);
    head.append(cell);
  }
  const rows = layersOf(stages).map(({ name }) => {
    const row = body.insertRow();
    row.append(create("th", { scope: "row", textContent: name }));
    return { parameters: costIn(row), multiplications: costIn(row) };
  });
  const total = create("th", { scope: "row" });
  context.say(total, "total");
  foot.append(total);
  const sums = [foot.insertCell(), foot.insertCell()];
  const sliders = own ? slidersOf(own) : null;
  element.append(heading);
  if (sliders) element.append(controls);
  element.append(table, said);
  show();

  /** A formula, what it makes, and a bar. @param {HTMLTableRowElement} row */
  function costIn(row) {
    const cell = row.insertCell();
    const formula = create("small");
    const value = create("b");
    const { track, bar } = barInTrack();
    cell.append(formula, value, track);
    return { formula, value, bar };
  }

  /** @param {Sizes} sizes */
  function slidersOf({ channels, kernel }) {
    const ofChannels = stages.filter(isConvolution).map(({ name }, i) =>
      slider({
        context,
        word: "channels",
        values: { stage: name },
        min: 1,
        max: Math.max(MOST_CHANNELS, channels[i]),
        value: channels[i],
        onChange: show,
      })
    );
    const ofKernel = slider({
      context,
      word: "kernel",
      min: KERNEL.least,
      max: Math.max(KERNEL.most, kernel),
      step: KERNEL.step,
      value: kernel,
      onChange: show,
    });
    back.addEventListener("click", () => {
      ofChannels.forEach((each, i) => each.set(channels[i]));
      ofKernel.set(kernel);
      show();
    });
    controls.append(...ofChannels.map((each) => each.element), ofKernel.element, back);
    return { ofChannels, ofKernel };
  }

  function show() {
    const sizes = sliders && {
      channels: sliders.ofChannels.map(({ value }) => value),
      kernel: sliders.ofKernel.value,
    };
    const layers = layersOf(sizes ? resized(stages, sizes) : stages);
    const kinds = /** @type {const} */ (["parameters", "multiplications"]);
    const [largest, busiest] = kinds.map((kind, column) => {
      const all = layers.reduce((sum, layer) => sum + layer[kind], 0);
      const most = layers.reduce((a, b) => b[kind] > a[kind] ? b : a);
      sums[column].textContent = shown(all);
      layers.forEach((layer, i) => {
        const { formula, value, bar } = rows[i][kind];
        formula.textContent = formulas(layer)[kind];
        value.textContent = shown(layer[kind]);
        fillAcross(bar, layer[kind], 0, most[kind]);
      });
      return { name: most.name, total: shown(all), percent: Math.round(100 * most[kind] / all) };
    });
    context.say(said, "share", {
      layer: largest.name,
      percent: largest.percent,
      total: largest.total,
      busiest: busiest.name,
      busy: busiest.percent,
    });
    back.disabled = JSON.stringify(sizes) === JSON.stringify(own);
  }

  return element;
}
