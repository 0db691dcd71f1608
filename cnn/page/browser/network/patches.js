// What lies under a kernel, channel by channel: inputs, weights, and what their products come to.

/**
 * @import { Explanation } from "../engine/explanation.js"
 * @import { Placed } from "./stages.js"
 */

import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";
import { kernelTables, numberTable } from "./kernel.js";
import { legend } from "./legend.js";

const DECIMALS = 2; // of the inputs
const SUM_DECIMALS = 3;

/**
 * @param {Placed} stage a convolution
 * @param {number} map
 */
export function patches(stage, map) {
  const kernels = /** @type {NonNullable<Placed["kernels"]>} */ (stage.kernels);
  const { shape: [, channels, rows, columns], scale, biases } = kernels;
  const isSingle = channels === 1;
  const element = create("div", { className: "kernel-part" });
  const title = create("p");
  setText(title, isSingle ? "map.kernel" : "map.kernels", {
    n: channels,
    before: stage.before?.name ?? "",
  });
  const bias = create("p", { className: "bias" });
  setText(bias, "map.bias", { bias: decimal(biases[map], SUM_DECIMALS) });
  let place = kernelTables(kernels, map);
  const blocks = Array.from({ length: channels }, () => ({
    inputs: numberTable(rows * columns, columns, "patch"),
    products: isSingle ? numberTable(rows * columns, columns, "patch") : null,
    sum: create("b", { className: "patch-sum" }),
  }));
  /** @type {Extract<Explanation, { kind: "Conv2d" }> | null} */
  let shown = null;

  /** Lay the inputs over their channels of the kernel. */
  function arrange() {
    [...place.children].forEach((channel, i) => {
      const { inputs, products, sum } = blocks[i];
      const block = create("div", { className: "summand" });
      channel.replaceWith(block);
      const label = channel.querySelector("small");
      if (label && stage.before) label.textContent = `${stage.before.name} ${i + 1}`;
      if (label) block.append(label);
      block.append(inputs.element, sign("×"), channel);
      if (products) block.append(sign("="), products.element);
      else block.append(sum);
    });
  }

  /** @param {Explanation | null} explained */
  function paint(explained) {
    shown = explained?.kind === "Conv2d" ? explained : null;
    const most = largest(shown?.patches.map(({ inputs }) => inputs) ?? []);
    blocks.forEach(({ inputs, products, sum }, i) => {
      const patch = shown?.patches[i];
      inputs.paint(patch?.inputs ?? null, most, DECIMALS, patch?.inside);
      products?.paint(patch?.products ?? null, most * scale, SUM_DECIMALS, patch?.inside);
      sum.textContent = patch ? `= ${decimal(patch.sum, SUM_DECIMALS)}` : "";
    });
  }

  arrange();
  const foot = create("div", { className: "kernel-foot" });
  foot.append(legend({ sign: "both", scale }), bias);
  element.append(title, place, foot);
  return {
    element,
    paint,
    describe() {
      const fresh = kernelTables(kernels, map);
      place.replaceWith(fresh);
      place = fresh;
      arrange();
      paint(shown);
    },
  };
}

/** @param {string} text */
const sign = (text) => create("i", { className: "sign", textContent: text });

/** @param {Float32Array[]} lists */
const largest = (lists) =>
  lists.reduce(
    (most, values) => values.reduce((max, value) => Math.max(max, Math.abs(value)), most),
    Number.EPSILON,
  );
