// How the numbers of a stage are made, one value at a time: its sum, and what lies under a kernel or
// what a neuron weighs.

/**
 * @import { Explanation } from "../engine/layers.js"
 * @import { Network } from "../engine/network.js"
 * @import { Cell } from "../shared/store.js"
 * @import { Explainer } from "./explainer.js"
 * @import { Kernels, Placed } from "./layout.js"
 */

import { kindOf } from "../engine/layers.js";
import { tensorOf } from "../engine/layers/layer.js";
import { normaliserOf } from "../engine/layers/normalisation.js";
import { colorOf, Pixels, roundedUp } from "../shared/colors.js";
import { create } from "../shared/dom.js";
import { setText, write } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";
import { legend } from "./about.js";
import { accountOf, sumView } from "./equation.js";
import { hasMaps, originOf, placeOf } from "./layout.js";

export const TALL = 20; // values: a picture this high leaves no room for a sum below it
const KERNEL_WIDE = 470; // px: inputs, kernel and products, or four channels, beside each other
const KERNELS_WIDE = 691; // with the sum beside them
const CONTRIBUTIONS_WIDE = 425; // with the sum beside them
const SUM_WIDE = 290;

/**
 * @param {Explainer} explainer
 * @param {Placed} stage
 * @param {number} map
 */
export function operandsOf(explainer, stage, map) {
  const summing = summedBy(stage);
  const picture = summing.kernels
    ? patches(summing, map, explainer)
    : summing.kind === "Linear"
    ? contributions(summing, explainer.network)
    : null;
  const sum = sumView();
  return {
    sum: sum.element,
    picture: picture?.element ?? null,
    width: widthOf(summing), // px that suit all of it best
    /** @param {Cell} cell of the stage */
    paint(cell) {
      picture?.paint(explainer.explain({ stage: summing.index, index: cell.index }));
      sum.paint(accountOf(explainer, cell));
    },
    /** The theme or the language has changed. */
    describe: () => picture?.describe(),
  };
}

/**
 * What a pointwise stage is given was summed up by a stage before: that is the longer story.
 *
 * @param {Placed} stage
 * @returns {Placed}
 */
const summedBy = (stage) =>
  stage.before && kindOf(stage).isPointwise ? summedBy(stage.before) : stage;

/** @param {Placed} summing */
function widthOf({ kernels, kind, height }) {
  if (kernels) return height >= TALL ? KERNEL_WIDE : KERNELS_WIDE;
  return kind === "Linear" ? CONTRIBUTIONS_WIDE : SUM_WIDE;
}

// What lies under a kernel, channel by channel: inputs, weights, and what their products come to.

const DECIMALS = 2; // of the inputs
const SUM_DECIMALS = 3;

/**
 * @param {Placed} stage a convolution
 * @param {number} map
 * @param {Explainer} explainer
 */
export function patches(stage, map, explainer) {
  const kernels = /** @type {NonNullable<Placed["kernels"]>} */ (stage.kernels);
  const before = /** @type {Placed} */ (stage.before);
  const { shape: [, channels, rows, columns] } = kernels;
  const isSingle = channels === 1;
  const element = create("div", { className: "kernel-part" });
  const title = create("p");
  setText(title, isSingle ? "map.kernel" : "map.kernels", { n: channels, before: before.name });
  const bias = create("p", { className: "bias" });
  let place = kernelTables(kernels, map);
  const blocks = Array.from({ length: channels }, () => ({
    inputs: numberTable(rows * columns, columns, "patch"),
    products: isSingle ? numberTable(rows * columns, columns, "patch") : null,
    sum: create("b", { className: "patch-sum" }),
  }));
  /** @type {Extract<Explanation, { kind: "Conv2d" }> | null} */
  let shown = null;

  /** Put the inputs beside their channels of the kernel. */
  function arrange() {
    [...place.children].forEach((channel, i) => {
      const { inputs, products, sum } = blocks[i];
      const block = create("div", { className: "summand" });
      channel.replaceWith(block);
      const label = channel.querySelector("small");
      if (label) {
        label.textContent = `${before.name} ${i + 1}`;
        block.append(label);
      }
      block.append(inputs.element, sign("×"), channel);
      if (products) block.append(sign("≈"), products.element);
      else block.append(sum);
    });
  }

  // The first convolution is given normalised pixels, which no map shows.
  const isFirst = before.kind === "Normalize";
  const ofPixels = roundedUp(
    Math.max(...[0, 1].map(normaliserOf(before)).map(Math.abs)),
  );
  const inputColours = legend(isFirst ? "both" : before.sign);
  const kernelColours = legend("both");

  /** @param {Explanation} explained */
  function paint(explained) {
    shown = explained.kind === "Conv2d" ? explained : null;
    const inputEnd = isFirst ? ofPixels : explainer.endOf(before);
    inputColours.paint(inputEnd);
    blocks.forEach(({ inputs, products, sum }, i) => {
      const patch = shown?.patches[i];
      if (!patch) return;
      inputs.paint(patch.inputs, inputEnd, DECIMALS, patch.inside);
      products?.paint(patch.products, explainer.endOf(stage), SUM_DECIMALS, patch.inside);
      sum.textContent = `≈ ${decimal(patch.sum, SUM_DECIMALS)}`;
    });
  }

  arrange();
  const foot = create("div", { className: "kernel-foot" });
  const [inputName, kernelName] = [create("span"), create("span")];
  setText(inputName, isFirst ? "map.normalised" : "map.inputs", { before: before.name });
  setText(kernelName, "map.weights");
  foot.append(inputName, inputColours.element, kernelName, kernelColours.element);
  element.append(title, place, foot, bias);
  return {
    element,
    paint,
    describe() {
      const fresh = kernelTables(kernels, map);
      place.replaceWith(fresh);
      place = fresh;
      arrange();
      kernelColours.paint(kernels.end);
      setText(bias, "map.bias", { bias: () => decimal(kernels.biases[map], SUM_DECIMALS) });
      if (shown) paint(shown);
    },
  };
}

/** @param {string} text */
const sign = (text) => create("i", { className: "sign", textContent: text });

// What each value adds to a neuron's sum, as a picture: where it lies in the maps.

const CELL = 4; // px that a contribution is wide; the gap between two maps is one

/**
 * @param {Placed} stage a fully connected one
 * @param {Network} network
 */
export function contributions(stage, network) {
  const before = /** @type {Placed} */ (stage.before);
  const origin = originOf(before, 0).stage; // nothing is computed between the two
  const across = Math.ceil(Math.sqrt(origin.count));
  const gap = origin.count > 1 ? 1 : 0;
  const [wide, high] = [origin.width * CELL, origin.height * CELL]; // of one map
  const width = across * (wide + gap) - gap;
  const height = Math.ceil(origin.count / across) * (high + gap) - gap;
  const pixels = new Pixels(width, height);
  const element = create("div", { className: "contributions" });
  const title = create("p");
  setText(title, hasMaps(origin) ? "sum.where" : "sum.where.vector", {
    layer: origin.name,
    n: before.size,
  });
  const colours = legend("both");
  pixels.canvas.style.aspectRatio = `${width} / ${height}`;
  element.append(title, pixels.canvas, colours.element);
  let strongest = strongestWeights(stage, network);
  const values = new Float32Array(width * height);
  let end = 1;

  function paint() {
    pixels.paint(values, end);
    for (let i = 1; gap && i < Math.max(across, origin.count / across); i++) {
      pixels.context.clearRect(i * (wide + gap) - gap, 0, gap, height);
      pixels.context.clearRect(0, i * (high + gap) - gap, width, gap);
    }
    colours.paint(end);
  }

  return {
    element,
    /** @param {Explanation | null} explained */
    paint(explained) {
      if (explained?.kind !== "Linear") return;
      // One scale for all neurons: it ends at the largest product of any of them.
      const products = explained.terms.map(({ index, input }) =>
        Math.abs(input) * strongest[index]
      );
      end = roundedUp(Math.max(...products)) || 1;
      for (const { index, product } of explained.terms) {
        const { map, row, column } = placeOf(origin, index);
        const top = Math.floor(map / across) * (high + gap) + row * CELL;
        const left = (map % across) * (wide + gap) + column * CELL;
        for (let y = top; y < top + CELL; y++) {
          values.fill(product, y * width + left, y * width + left + CELL);
        }
      }
      paint();
    },
    describe() {
      strongest = strongestWeights(stage, network);
      paint();
    },
  };
}

/**
 * For each input of a stage, the largest absolute weight that any neuron has for it.
 *
 * @param {Placed} stage
 * @param {Network} network
 */
function strongestWeights(stage, network) {
  const { in_features: inputs = 0, out_features: outputs = 0 } = stage;
  const weight = tensorOf(stage, "weight", [outputs, inputs], network.tensors);
  const strongest = new Float32Array(inputs);
  weight.forEach((value, i) =>
    strongest[i % inputs] = Math.max(strongest[i % inputs], Math.abs(value))
  );
  return strongest;
}

// Kernels: small, as a picture below their map; enlarged, with their numbers.

const SINGLE_CELL = 4; // px that a value of a kernel with one channel is wide
const KERNEL_CELL = 2; // and with several
const MAX_ACROSS = 56; // px, as wide as a map is on a small screen

/**
 * How a kernel's picture is laid out: its channels side by side, an empty pixel between them.
 *
 * @param {Kernels} kernels
 */
export function pictureOf({ shape: [, channels, rows, columns] }) {
  const across = (/** @type {number} */ cell) => channels * columns * cell + channels - 1;
  const cell = channels === 1 ? SINGLE_CELL : across(KERNEL_CELL) <= MAX_ACROSS ? KERNEL_CELL : 1;
  return { cell, width: across(cell), height: rows * cell };
}

/**
 * A canvas with a kernel's channels.
 *
 * @param {Kernels} kernels
 * @param {number} index which of them, counted from 0
 */
export function kernelCanvas(kernels, index) {
  const { shape: [, channels, rows, columns] } = kernels;
  const { cell, width, height } = pictureOf(kernels);
  const strip = new Float32Array(width * height);
  const pixels = new Pixels(width, height);
  pixels.canvas.className = "kernel";
  pixels.canvas.style.width = `${width}px`;
  function paint() {
    channelsOf(kernels, index).forEach((values, channel) => {
      const left = channel * (columns * cell + 1);
      for (let y = 0; y < rows * cell; y++) {
        for (let x = 0; x < columns * cell; x++) {
          const value = values[Math.floor(y / cell) * columns + Math.floor(x / cell)];
          strip[y * width + left + x] = value;
        }
      }
    });
    pixels.paint(strip, kernels.end);
    for (let channel = 1; channel < channels; channel++) {
      pixels.context.clearRect(channel * (columns * cell + 1) - 1, 0, 1, height);
    }
  }
  paint();
  return { canvas: pixels.canvas, paint };
}

/**
 * A table of numbers on their colours for each channel of a kernel.
 *
 * @param {Kernels} kernels
 * @param {number} index
 */
function kernelTables(kernels, index) {
  const { end, shape: [, channels, , columns] } = kernels;
  const place = create("div", { className: "channels" });
  place.classList.toggle("single", channels === 1);
  place.append(
    ...channelsOf(kernels, index).map((values, channel) => {
      const table = create("div", { className: "channel" });
      table.style.setProperty("--across", `${columns}`);
      if (channels > 1) table.append(create("small", { textContent: `${channel + 1}` }));
      for (const value of values) {
        const cell = create("span");
        write(cell, () => decimal(value, DECIMALS));
        const { background, ink } = colorOf(value / end);
        Object.assign(cell.style, { background, color: ink });
        table.append(cell);
      }
      return table;
    }),
  );
  return place;
}

/**
 * A table of numbers that change, each on its colour.
 *
 * @param {number} count
 * @param {number} across
 * @param {string} name of its class
 */
function numberTable(count, across, name) {
  const element = create("div", { className: name });
  element.style.setProperty("--across", `${across}`);
  const cells = Array.from({ length: count }, () => create("span"));
  element.append(...cells);
  return {
    element,
    /**
     * @param {Float32Array} values
     * @param {number} end of their scale
     * @param {number} decimals
     * @param {boolean[]} inside which are not padding
     */
    paint(values, end, decimals, inside) {
      cells.forEach((cell, i) => {
        cell.classList.toggle("padding", !inside[i]);
        cell.textContent = inside[i] ? decimal(values[i], decimals) : "0";
        const { background, ink } = inside[i] ? colorOf(values[i] / end) : PADDING;
        Object.assign(cell.style, { background, color: ink });
      });
    },
  };
}

const PADDING = { background: "", ink: "" }; // as the styles have it

/** @param {Kernels} kernels @param {number} index */
function channelsOf({ shape: [, channels, rows, columns], values }, index) {
  const area = rows * columns;
  return Array.from({ length: channels }, (_, channel) => {
    const start = (index * channels + channel) * area;
    return values.subarray(start, start + area);
  });
}
