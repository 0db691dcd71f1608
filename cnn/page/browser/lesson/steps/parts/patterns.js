// What a value of the second convolution adds up: how much of each of the first one's patterns.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Network } from "../../../engine/network.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Context } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { explain } from "../../../engine/explain.js";
import { cellAt } from "../../../engine/layers/window.js";
import { argmax } from "../../../engine/probabilities.js";
import { trace } from "../../../engine/trace.js";
import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { Pixels } from "../../../shared/colors.js";
import { create } from "../../../shared/dom.js";
import { write } from "../../../shared/i18n.js";
import { decimal } from "../../../shared/numbers.js";
import { sumView } from "../../blocks/bars.js";

const DECIMALS = 2;

/**
 * What each map of the first convolution adds to a value of the second, and its bias. Between the
 * two, a map stays itself: rectified, pooled, but not mixed with the others.
 *
 * @param {Network} network
 * @param {readonly Float32Array[]} all as returned by `Network.run`
 * @param {number} second the convolution's index
 * @param {number} index of the value
 */
export function addedTo(network, all, second, index) {
  const explained = explain(network, all, second, index);
  if (explained.kind !== "Conv2d") throw new TypeError(`${explained.kind} is no convolution`);
  return explained;
}

/**
 * Which pattern adds most to a value of the second convolution, and the cell of the first in which
 * it was found; null where none adds anything.
 *
 * @param {LoadedNetwork} loaded
 * @param {readonly Float32Array[]} all as returned by `Network.run`
 * @param {{ first: number, second: number, index: number }} what
 */
export function strongestAt({ network }, all, { first, second, index }) {
  const { patches, window } = addedTo(network, all, second, index);
  const pattern = argmax(patches.map(({ sum }) => sum));
  const { products } = patches[pattern];
  const best = argmax(products);
  const place = window.places[best];
  if (products[best] <= 0 || place < 0) return null;
  const [, height, width] = network.stages[second - 1].shape;
  const from = pattern * height * width + place;
  const way = trace(network, all, second - 1, from, { most: 1 });
  const [found] = way.find(({ stage }) => stage === first)?.cells ?? [];
  return found ? { pattern, cell: cellAt(found.index, network.stages[first].shape) } : null;
}

/**
 * @param {Context<Keys["parts"]>} context
 * @param {{ first: Spec, second: Spec }} stages
 */
export function patternsView(context, { first, second }) {
  const { tensors } = context.loaded;
  const element = create("section", { className: "stack patterns" });
  const controls = create("div", { className: "controls" });
  const heading = create("h3");
  const beside = create("div", { className: "beside" });
  const list = create("ol", { className: "bars" });
  const sum = sumView(context, "sum.parts");
  const note = create("p", { className: "note" });
  const side = create("div", { className: "stack" });
  const kernels = tensors.get(`${first.name}.weight`)?.data ?? new Float32Array(0);
  const [rows, columns] = first.kernel_size ?? [];
  const most = Math.max(...kernels.map(Math.abs)) || 1;
  const items = Array.from({ length: first.shape[0] }, (_, pattern) => itemOf(pattern));
  context.say(note, "patterns.words", { first: first.name, second: second.name });
  controls.append(heading);
  side.append(sum.element, note);
  beside.append(list, side);
  element.append(controls, beside);

  /** @param {number} pattern */
  function itemOf(pattern) {
    const item = create("li");
    const size = rows * columns * (first.in_channels ?? 1);
    const picture = new Pixels(columns, rows);
    const paint = () =>
      picture.paint(kernels.subarray(pattern * size, pattern * size + rows * columns), most);
    const { track, bar } = barInTrack();
    const value = create("span", { className: "value" });
    item.append(create("small", { textContent: `${pattern + 1}` }), picture.canvas, track, value);
    list.append(item);
    return { item, paint, bar, value };
  }

  return {
    element,
    controls,
    /**
     * @param {readonly Float32Array[]} all as returned by `Network.run`
     * @param {{ network: Network, second: number, index: number }} what
     */
    paint(all, { network, second: stage, index }) {
      const { channel, bias, value, patches } = addedTo(network, all, stage, index);
      const sums = patches.map((patch) => patch.sum);
      const end = Math.max(...sums.map(Math.abs)) || 1;
      const top = argmax(sums);
      context.say(heading, "patterns", { map: channel + 1, second: second.name });
      items.forEach((item, pattern) => {
        item.paint();
        item.item.classList.toggle("top", pattern === top && sums[top] > 0);
        fillAcross(item.bar, sums[pattern], -end, end);
        write(item.value, () => decimal(sums[pattern], DECIMALS));
      });
      sum.paint(sums, bias, value);
    },
  };
}
