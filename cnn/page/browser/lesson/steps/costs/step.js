// What each layer costs: its parameters, and how often it multiplies to read one digit.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Layer } from "../../../shared/costs.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Context, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { sizeOf } from "../../../engine/safetensors.js";
import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { slider } from "../../../shared/controls.js";
import { layersOf, multiplicationsOf, parametersOf } from "../../../shared/costs.js";
import { create } from "../../../shared/dom.js";
import { number } from "../../../shared/numbers.js";

/**
 * @typedef {object} Sizes
 * @property {number[]} channels how many maps each convolution gives, in order
 * @property {number} kernel the side of every convolution's kernel, odd: the padding is such that
 *   the maps keep their size
 */

/** @param {Spec} stage */
const isConvolution = ({ kind }) => kind === "Conv2d";

/**
 * The sizes that a network has, where all its kernels are of one odd size and keep the maps' size;
 * null where they are not.
 *
 * @param {Spec[]} stages
 * @returns {Sizes | null}
 */
export function sizesOf(stages) {
  const convolutions = stages.filter(isConvolution);
  if (!convolutions.length) return null;
  const [kernel] = convolutions[0].kernel_size ?? [];
  const keeps = convolutions.every(({ kernel_size = [], padding = [], stride = [] }) =>
    kernel_size.every((side) => side === kernel && side % 2 === 1) &&
    padding.every((side) => side === (kernel - 1) / 2) && stride.every((step) => step === 1)
  );
  return keeps ? { channels: convolutions.map(({ shape }) => shape[0]), kernel } : null;
}

/**
 * The description of the same network with other sizes: what comes after a convolution follows
 * suit.
 *
 * @param {Spec[]} stages of which `sizesOf` knows the sizes
 * @param {Sizes} sizes
 * @returns {Spec[]}
 */
export function resized(stages, { channels, kernel }) {
  let count = 0; // of the convolutions before
  let shape = stages[0].shape;
  return stages.map((stage) => {
    const before = shape;
    if (isConvolution(stage)) {
      shape = [channels[count++], ...stage.shape.slice(1)];
      const padding = [(kernel - 1) / 2, (kernel - 1) / 2];
      const out = { in_channels: before[0], out_channels: shape[0] };
      return { ...stage, ...out, kernel_size: [kernel, kernel], padding, shape };
    }
    if (stage.kind === "Linear") shape = stage.shape;
    else if (stage.kind === "Flatten") shape = [sizeOf(before)];
    else shape = before.length === 3 ? [before[0], ...stage.shape.slice(1)] : before;
    return stage.kind === "Linear" ? { ...stage, in_features: before[0] } : { ...stage, shape };
  });
}

/** @param {{ loaded: LoadedNetwork }} now @returns {Question} */
function question({ loaded }) {
  const layers = layersOf(loaded.network.stages);
  const [largest, busiest] = [most(layers, "parameters"), most(layers, "multiplications")];
  const total = layers.reduce((sum, { parameters }) => sum + parameters, 0);
  return {
    values: {
      ...{ layer: largest.name, parameters: largest.parameters, total },
    },
    options: layers.map(({ name }) => ({ word: "option", values: { layer: name } })),
    right: layers.indexOf(busiest),
    because: {
      word: busiest === largest ? "because.same" : "because",
      values: {
        busiest: busiest.name,
        formula: () => multiplicationsOf(busiest),
        product: busiest.multiplications,
        places: sizeOf(busiest.places),
        ...{ layer: largest.name, once: largest.multiplications },
      },
    },
  };
}

/**
 * @param {Layer[]} layers
 * @param {"parameters" | "multiplications"} kind
 */
const most = (layers, kind) => layers.reduce((a, b) => b[kind] > a[kind] ? b : a);

/** @type {Step} */
export const costs = {
  name: "costs",
  words: "costs",
  lights: ["Conv2d", "Linear"],
  question,
  mount,
};

// Parameters and multiplications of each layer, by formula, for these sizes or others.

const MAX_CHANNELS = 64;
const KERNEL = { least: 1, most: 7, step: 2 }; // odd: an even one cannot keep the maps' size

const KINDS = /** @type {const} */ (["parameters", "multiplications"]);
const FORMULAS = { parameters: parametersOf, multiplications: multiplicationsOf };

/**
 * @param {HTMLElement} place
 * @param {Context<Keys["costs"]>} context
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

  /** A formula, its result, and a bar. @param {HTMLTableRowElement} row */
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
        max: Math.max(MAX_CHANNELS, channels[i]),
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
      sums[column].textContent = number(all);
      layers.forEach((layer, i) => {
        const { formula, value, bar } = rows[i][kind];
        formula.textContent = FORMULAS[kind](layer);
        value.textContent = number(layer[kind]);
        fillAcross(bar, layer[kind], 0, most[kind]);
      });
      const percent = Math.round(100 * most[kind] / all);
      context.say(shares[column], "most.one", { layer: most.name, percent });
    });
    back.disabled = JSON.stringify(sizes) === JSON.stringify(own);
  }

  return { paint: show };
}
