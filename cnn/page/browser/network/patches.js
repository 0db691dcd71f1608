// What lies under a kernel, channel by channel: inputs, weights, and what their products come to.

/**
 * @import { Explanation } from "../engine/layers.js"
 * @import { Explainer } from "./explainer.js"
 * @import { Placed } from "./stages.js"
 */

import { normaliserOf } from "../engine/layers/normalisation.js";
import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { decimal } from "../shared/numbers.js";
import { roundedUp } from "../shared/scales.js";
import { kernelTables, numberTable } from "./kernel.js";
import { legend } from "./legend.js";

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
  const { shape: [, channels, rows, columns], end, biases } = kernels;
  const isSingle = channels === 1;
  const element = create("div", { className: "kernel-part" });
  const title = create("p");
  setText(title, isSingle ? "map.kernel" : "map.kernels", { n: channels, before: before.name });
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
  kernelColours.paint(end);

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
      if (shown) paint(shown);
    },
  };
}

/** @param {string} text */
const sign = (text) => create("i", { className: "sign", textContent: text });
