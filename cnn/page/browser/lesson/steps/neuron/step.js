// A neuron: what it weighs, and how the sum that it gives is made.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Tensors } from "../../../engine/safetensors.js"
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { argmax } from "../../../engine/probabilities.js";
import { sizeOf } from "../../../engine/safetensors.js";
import { PIXELS } from "../../../engine/strokes.js";
import { endOf, roundedUp } from "../../../shared/colors.js";
import { choice, slider } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { write } from "../../../shared/i18n.js";
import { decimal, number, relation, rounded } from "../../../shared/numbers.js";
import { sumView } from "../../blocks/bars.js";
import { mosaicOf, pixelGrid } from "../../blocks/grid.js";
import { partOf, pooledShape } from "../../blocks/part.js";

const DECIMALS = 2; // of a sum
const FINE = 3; // decimals of a weight, most of which are below 0.1
const STRONGEST = 7; // contributions that are named where the values do not lie in maps

/**
 * A fully connected layer. index: its place among the stages; origin: the stage whose values it
 * reads, since flattening and dropout compute nothing; isLast: its sums are the logits.
 *
 * @typedef {{ index: number, stage: Spec, origin: Spec, isLast: boolean }} Layer
 */

/** @param {readonly Spec[]} stages @returns {Layer[]} from the first to the last */
function layersOf(stages) {
  const indices = stages.flatMap(({ kind }, index) => kind === "Linear" ? [index] : []);
  return indices.map((index) => {
    const computed = stages.slice(0, index);
    const origin = computed.findLast(({ kind }) => kind !== "Flatten" && kind !== "Dropout");
    return {
      ...{ index, stage: stages[index], origin: origin ?? stages[0] },
      isLast: index === indices.at(-1),
    };
  });
}

/**
 * What a layer's neuron weighs: its weights, one for each value; what each contributes to its sum;
 * and its bias.
 *
 * @param {Layer} layer
 * @param {Tensors} tensors
 * @param {number} neuron counted from 0
 * @param {Float32Array} given the values before it
 */
export function weighed({ stage: { name } }, tensors, neuron, given) {
  const all = tensors.get(`${name}.weight`)?.data ?? new Float32Array(0);
  const weights = all.subarray(neuron * given.length, (neuron + 1) * given.length);
  const products = Float64Array.from(given, (value, i) => value * weights[i]);
  return { weights, products, bias: tensors.get(`${name}.bias`)?.data[neuron] ?? 0 };
}

/**
 * What is added up, in a few numbers: all contributions from each map, or where there are no maps
 * the largest, above or below zero, and the rest of them.
 *
 * @param {Layer} layer
 * @param {Float64Array} products
 * @returns {{ at: number | null, amount: number }[]} at: which map or value, counted from 0; null:
 *   all others
 */
export function partsOf({ origin: { shape } }, products) {
  const added = (/** @type {number[]} */ which) => which.reduce((sum, i) => sum + products[i], 0);
  const indices = Array.from(products, (_, i) => i);
  if (hasMaps(shape)) {
    const area = products.length / shape[0];
    return Array.from({ length: shape[0] }, (_, at) => {
      return { at, amount: added(indices.slice(at * area, (at + 1) * area)) };
    });
  }
  indices.sort((a, b) => Math.abs(products[b]) - Math.abs(products[a]));
  const named = indices.slice(0, STRONGEST).map((at) => ({ at, amount: products[at] }));
  return [...named, { at: null, amount: added(indices.slice(STRONGEST)) }];
}

/** @param {number[]} shape */
const hasMaps = ([count, ...sides]) => sides.length === 2 && count > 1;

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const { tensors, network: { stages } } = loaded;
  const [{ index, stage, origin }] = layersOf(stages);
  const given = /** @type {Float32Array} */ (partOf(stages, 0, index, tensors)(answer.seen).at(-1));
  const counted = given.filter((value) => value !== 0).length;
  if (counted === given.length) return null; // nothing is 0 where no ReLU stands before
  return {
    values: {
      ...{ all: given.length, zeros: given.length - counted },
      ...{ layer: stage.name, before: origin.name },
    },
    options: ["nothing", "weight", "bias"].map((word) => ({ word: `option.${word}` })),
    right: 0,
    because: { word: "because", values: { counted, all: given.length } },
  };
}

/** @type {Step} */
export const neuron = {
  name: "neuron",
  words: "neuron",
  lights: ({ network: { stages } }) => [layersOf(stages)[0].origin.name, "Linear"],
  lacks: ({ network: { stages } }) => layersOf(stages).length === 0,
  facts({ network: { stages } }) {
    const [{ stage, origin }] = layersOf(stages);
    return { layer: stage.name, before: origin.name, all: stage.in_features ?? 0 };
  },
  question,
  mount,
};

/** @param {HTMLElement} place @param {Context<Keys["neuron"]>} context */
function mount(place, context) {
  const { tensors, network: { stages } } = context.loaded;
  const layers = layersOf(stages);
  const run = partOf(stages, 0, stages.length, tensors);
  const views = layers.map((layer) => layerView(context, layer));
  const which = choice({
    context,
    word: "layer",
    options: layers.map(({ stage }, value) => ({
      value,
      word: "layer.value",
      values: { layer: stage.name },
    })),
    value: 0,
    onChange: () => show(),
  });
  /** @type {Float32Array[]} what each stage gives */
  let given = [];
  const controls = create("div", { className: "controls" });
  if (layers.length > 1) controls.append(which.element);
  controls.append(...views.map(({ chooser }) => chooser));
  place.classList.add("stack");
  place.append(controls, ...views.map(({ element }) => element));

  function show() {
    views.forEach((view, i) => {
      view.element.hidden = view.chooser.hidden = i !== which.value;
      if (i === which.value) view.paint(given);
    });
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      given = run(answer.blank ? new Float32Array(PIXELS * PIXELS) : answer.seen);
      show();
    },
  };
}

/**
 * A neuron of one layer: the values, its weights and what they contribute, all laid out alike; the
 * sum; and what the layer costs.
 *
 * @param {Context<Keys["neuron"]>} context
 * @param {Layer} layer
 */
function layerView(context, layer) {
  const { index, stage, origin, isLast } = layer;
  const { loaded: { tensors, scales, network: { classes } } } = context;
  const element = create("section", { className: "stack" });
  const row = create("div", { className: "pictures" });
  const product = create("p", { className: "product" });
  const { width, height, from } = mosaicOf(origin.shape, 1);
  const grids = {
    in: gridOf("values", { before: origin.name }),
    kernel: gridOf("weights"),
    out: gridOf("products"),
  };
  const sum = addedUp(context, layer);
  const strongest = strongestWeights(layer, tensors);
  const endOfWeights = roundedUp(Math.max(...strongest)) || 1;
  const chooser = slider({
    context,
    word: isLast ? "class" : "neuron",
    values: { layer: stage.name },
    ...{ min: 1, max: stage.shape[0], value: 1 },
    show: (value) => isLast ? classes[value - 1] : number(value),
    onChange(value) {
      [neuron, at] = [value - 1, null];
      show();
    },
  });
  /** @type {number | null} the reader's neuron; null: the one with the largest sum */
  let neuron = null;
  /** @type {number | null} the reader's place; null: the one that contributes most */
  let at = null;
  /** @type {Float32Array[]} */
  let painted = [];

  grids.out.element.classList.add("secret");
  product.classList.add("secret");
  element.append(row, product, sum.element, costOf(context, layer));

  /**
   * @param {"values" | "weights" | "products"} word
   * @param {Record<string, string>} [values]
   */
  function gridOf(word, values) {
    const figure = create("figure", { className: "figure" });
    const caption = create("figcaption");
    const grid = pixelGrid({ width, height, lines: hasMaps(origin.shape), onPoint: choose });
    const lines = /** @type {HTMLElement | null} */ (grid.element.querySelector(".lines"));
    // Around the maps, not around each of their cells.
    lines?.style.setProperty("--across", `${width / origin.shape[2]}`);
    lines?.style.setProperty("--down", `${height / origin.shape[1]}`);
    context.say(caption, word, values);
    context.label(grid.element, `${word}.label`, values);
    figure.append(caption, grid.element);
    row.append(figure);
    return grid;
  }

  /** @param {number} down @param {number} across a place of the pictures */
  function choose(down, across) {
    const chosen = from[down * width + across];
    if (chosen >= sizeOf(origin.shape)) return; // no map is there
    at = chosen;
    show();
  }

  function show() {
    if (!painted.length) return;
    const [given, sums] = [painted[index - 1], painted[index]];
    const which = neuron ?? argmax(sums);
    const { weights, products, bias } = weighed(layer, tensors, which, given);
    const shown = at ?? argmax(products.map(Math.abs));
    const most = given.reduce((end, value, i) => Math.max(end, Math.abs(value) * strongest[i]), 0);
    if (neuron === null) chooser.set(which + 1);
    paintGrid(grids.in, given, endOf(given, scales[index - 1]));
    paintGrid(grids.kernel, weights, endOfWeights);
    paintGrid(grids.out, products, roundedUp(most) || 1); // one end for all neurons of the layer
    const pixel = from.indexOf(shown);
    const cell = { row: Math.floor(pixel / width), column: pixel % width, rows: 1, columns: 1 };
    for (const [role, grid] of Object.entries(grids)) grid.mark(role, cell);
    sayProduct(shown, given[shown], weights[shown], products[shown]);
    sum.paint(partsOf(layer, products), bias, which, painted);
  }

  /** @param {ReturnType<pixelGrid>} grid @param {ArrayLike<number>} values @param {number} end */
  function paintGrid(grid, values, end) {
    const empty = from.flatMap((at, pixel) => at < values.length ? [] : [pixel]);
    grid.paint(from.map((at) => values[at] ?? 0), end, empty);
  }

  /** @param {number} place @param {number} value @param {number} weight @param {number} result */
  function sayProduct(place, value, weight, result) {
    const [, rows = 1, columns = 1] = origin.shape;
    const [shownValue, shownWeight] = [rounded(value, DECIMALS), rounded(weight, FINE)];
    const { word, values } = origin.shape.length < 3
      ? { word: /** @type {const} */ ("product.value"), values: { n: place + 1 } }
      : {
        word: /** @type {const} */ ("product.place"),
        values: {
          map: Math.floor(place / (rows * columns)) + 1,
          row: Math.floor(place / columns) % rows + 1,
          column: place % columns + 1,
        },
      };
    context.say(product, word, {
      ...values,
      before: origin.name,
      value: () => decimal(value, DECIMALS),
      weight: () => decimal(weight, FINE),
      equals: () => relation(shownValue * shownWeight, decimal(result, FINE)),
      product: () => decimal(result, FINE),
    });
  }

  return {
    element,
    chooser: chooser.element,
    /** @param {Float32Array[]} given what each stage gives */
    paint(given) {
      painted = given;
      show();
    },
  };
}

/**
 * For each value before a layer, the largest weight, above or below zero, that a neuron has for it.
 *
 * @param {Layer} layer
 * @param {Tensors} tensors
 */
function strongestWeights({ stage }, tensors) {
  const { name, in_features: inputs = 0 } = stage;
  const strongest = new Float32Array(inputs);
  tensors.get(`${name}.weight`)?.data.forEach((weight, i) =>
    strongest[i % inputs] = Math.max(strongest[i % inputs], Math.abs(weight))
  );
  return strongest;
}

// The sum: its parts, the bias, the total, and what the next stage makes of it.

/** @param {Context<Keys["neuron"]>} context @param {Layer} layer */
function addedUp(context, { index, stage, origin, isLast }) {
  const { network: { stages, classes } } = context.loaded;
  const isOfMaps = hasMaps(origin.shape);
  const element = create("div", { className: "beside added-up secret" });
  const figure = create("figure", { className: "figure parts" });
  const caption = create("figcaption");
  const list = create("ol");
  const total = create("div", { className: "total" });
  const sum = sumView(context, isOfMaps ? "sum.maps" : "sum.products");
  const then = create("p", { className: "then" });
  const after = stages[index + 1];
  /** @type {{ name: HTMLElement, value: HTMLElement }[]} */
  const items = [];
  context.say(caption, isOfMaps ? "parts.maps" : "parts.strongest", { before: origin.name });
  figure.append(caption, list);
  total.append(sum.element, then);
  element.append(figure, total);

  /** @param {number} i */
  function itemAt(i) {
    if (items[i]) return items[i];
    const item = create("li");
    const name = create("small");
    const value = create("span", { className: "value" });
    item.append(name, value);
    list.append(item);
    return items[i] = { name, value };
  }

  /** @param {number} neuron @param {number} value @param {Float32Array[]} given */
  function sayThen(neuron, value, given) {
    const shown = () => decimal(value, DECIMALS);
    if (isLast) return context.say(then, "then.logit", { digit: classes[neuron] });
    const result = given[index + 1][neuron];
    context.say(then, after.kind === "ReLU" ? "then.relu" : "then.other", {
      ...{ layer: stage.name, after: after.name },
      value: shown,
      result: () => decimal(result, DECIMALS),
    });
  }

  return {
    element,
    /**
     * @param {ReturnType<typeof partsOf>} parts
     * @param {number} bias
     * @param {number} neuron
     * @param {Float32Array[]} given what each stage gives
     */
    paint(parts, bias, neuron, given) {
      parts.forEach(({ at, amount }, i) => {
        const { name, value } = itemAt(i);
        if (at === null) context.say(name, "parts.rest");
        else write(name, () => number(at + 1));
        write(value, () => decimal(amount, DECIMALS));
      });
      const value = given[index][neuron];
      sum.paint(parts.map(({ amount }) => amount), bias, value);
      sayThen(neuron, value, given);
    },
  };
}

/**
 * How many parameters a layer has, and how many it would have if nothing were pooled.
 *
 * @param {Context<Keys["neuron"]>} context
 * @param {Layer} layer
 */
function costOf(context, { index, stage }) {
  const { tensors, network: { stages } } = context.loaded;
  const element = create("div", { className: "cost" });
  const own = create("p", { className: "note" });
  const { name, in_features: inputs = 0, out_features: neurons = 0 } = stage;
  const parameters = neurons * (inputs + 1);
  const learned = [...tensors].filter(([name]) => /\.(weight|bias)$/.test(name));
  const all = learned.reduce((sum, [, { data }]) => sum + data.length, 0);
  context.say(own, "cost", {
    ...{ layer: name, neurons, inputs, parameters, all },
    percent: Math.round(100 * parameters / all),
  });
  element.append(own);
  const before = stages.slice(0, index);
  const isPooled = before.some(({ kind }) => kind.endsWith("Pool2d"));
  if (!isPooled || before.some(({ kind }) => kind === "Linear")) return element;
  const shape = pooledShape(before, 1);
  if (!shape) return element;
  const without = create("p", { className: "note" });
  context.say(without, "cost.unpooled", {
    ...{ neurons, maps: shape[0], rows: shape[1], columns: shape[2] },
    parameters: neurons * (sizeOf(shape) + 1),
  });
  element.append(without);
  return element;
}
