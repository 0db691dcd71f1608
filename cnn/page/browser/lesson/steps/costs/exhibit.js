// Parameters and multiplications of each layer, by formula, for these sizes or others.

/**
 * @import { Context } from "../../step.js"
 * @import { Sizes } from "./counts.js"
 * @import { words } from "./words.js"
 */

import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { create } from "../../../shared/dom.js";
import { slider } from "../../blocks/slider.js";
import {
  counted,
  isConvolution,
  layersOf,
  multiplicationsOf,
  parametersOf,
  resized,
  sizesOf,
} from "./counts.js";

const MOST_CHANNELS = 64;
const KERNEL = { least: 1, most: 7, step: 2 }; // odd: an even one cannot keep the maps' size

const KINDS = /** @type {const} */ (["parameters", "multiplications"]);
const FORMULAS = { parameters: parametersOf, multiplications: multiplicationsOf };

/**
 * @param {HTMLElement} place
 * @param {Context<keyof typeof words.en>} context
 */
export function mount(place, context) {
  const { stages } = context.loaded.network;
  const heading = create("h3");
  const controls = create("div", { className: "controls" });
  const table = create("table", { className: "plain" });
  const head = table.createTHead().insertRow();
  const body = table.createTBody();
  const foot = table.createTFoot();
  const back = create("button", { type: "button", className: "plain reset" });
  const own = sizesOf(stages);
  context.say(heading, "costs");
  context.say(back, "reset");
  for (const word of /** @type {const} */ (["layer", ...KINDS])) {
    const cell = create("th", { scope: "col" });
    context.say(cell, word);
    head.append(cell);
  }
  const rows = layersOf(stages).map(({ name }) => {
    const row = body.insertRow();
    row.append(create("th", { scope: "row", textContent: name }));
    const cells = { parameters: costIn(row), multiplications: costIn(row) };
    for (const part of cells.multiplications.asked) part.classList.add("secret");
    return cells;
  });
  const sums = footOf("total");
  const shares = footOf("most");
  shares[1].classList.add("secret");
  const sliders = own ? slidersOf(own) : null;
  place.classList.add("stack");
  place.append(heading);
  if (sliders) place.append(controls);
  place.append(table, ...KINDS.map(how));
  show();

  /** Below both columns. @param {"total" | "most"} word */
  function footOf(word) {
    const row = foot.insertRow();
    const name = create("th", { scope: "row" });
    context.say(name, word);
    row.append(name);
    return KINDS.map(() => row.insertCell().appendChild(create("span")));
  }

  /** @param {typeof KINDS[number]} kind */
  function how(kind) {
    const words = create("p", { className: "note" });
    context.say(words, `${kind}.words`);
    return words;
  }

  /** A formula, what it makes, and a bar. @param {HTMLTableRowElement} row */
  function costIn(row) {
    const cell = row.insertCell();
    const formula = create("small");
    const value = create("b");
    const { track, bar } = barInTrack();
    cell.append(formula, value, track);
    return { formula, value, bar, asked: [value, track] };
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
    KINDS.forEach((kind, column) => {
      const all = layers.reduce((sum, layer) => sum + layer[kind], 0);
      const most = layers.reduce((a, b) => b[kind] > a[kind] ? b : a);
      sums[column].textContent = counted(all);
      layers.forEach((layer, i) => {
        const { formula, value, bar } = rows[i][kind];
        formula.textContent = FORMULAS[kind](layer);
        value.textContent = counted(layer[kind]);
        fillAcross(bar, layer[kind], 0, most[kind]);
      });
      const percent = Math.round(100 * most[kind] / all);
      context.say(shares[column], "most.one", { layer: most.name, percent });
    });
    back.disabled = JSON.stringify(sizes) === JSON.stringify(own);
  }

  return { paint: show };
}
