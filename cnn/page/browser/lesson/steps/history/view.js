// One moment of the training: the kernels, what they make of the digit, and the answer.

/**
 * @import { Tensors } from "../../../engine/safetensors.js"
 * @import { LoadedNetwork } from "../../../shared/network.js"
 * @import { Context } from "../../step.js"
 * @import { Key } from "./words.js"
 * @import { Moment } from "./moments.js"
 */

import { create } from "../../../shared/dom.js";
import { percent } from "../../../shared/numbers.js";
import { probBars } from "../../blocks/bars.js";
import { Tiles } from "./tiles.js";

const MAPS_ACROSS = 8;

/**
 * The convolutions whose kernels and maps are shown. stage: what is shown of the digit comes of it,
 * the ReLU behind the convolution. scale: the largest weight of all moments, so that a weak kernel
 * looks weak.
 *
 * @typedef {{ name: string, shape: number[], maps: number[], stage: number, scale: number }} Layer
 */

/**
 * @param {LoadedNetwork["network"]} network
 * @param {Moment[]} moments
 * @returns {Layer[]}
 */
export function layersOf({ stages }, moments) {
  return stages.flatMap(({ name, kind, shape }, index) => {
    const weights = moments.map(({ tensors }) => tensors.get(`${name}.weight`));
    if (kind !== "Conv2d" || !weights[0]) return [];
    const scale = Math.max(...weights.map((weight) => largest(weight?.data ?? [])));
    const stage = stages[index + 1]?.kind === "ReLU" ? index + 1 : index;
    return [{ name, shape: weights[0].shape, maps: shape, stage, scale: scale || 1 }];
  });
}

/** From zero either way. @param {ArrayLike<number>} values */
function largest(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

/**
 * title: to be said by who shows it. paint: with the tensors of a moment, and the maps of each
 * stage; null: nothing is drawn.
 *
 * @typedef {object} MomentView
 * @property {HTMLElement} element
 * @property {HTMLElement} title
 * @property {(tensors: Tensors, maps: Float32Array[] | null) => void} paint
 */

/**
 * @param {Layer[]} layers
 * @param {number[]} scales of the network's stages
 * @param {Context<Key>} context
 * @returns {MomentView}
 */
export function momentView(layers, scales, context) {
  const element = create("section", { className: "moment" });
  const title = create("h3");
  const head = create("header", { className: "read" });
  const digit = create("b", { className: "digit" });
  const sure = create("span", { className: "sure" });
  const bars = probBars();
  const pictures = layers.map(({ name, shape, maps, stage, scale }) => {
    const [count, channels, height, width] = shape;
    const across = Math.min(count, MAPS_ACROSS);
    const down = Math.ceil(count / across);
    const given = new Tiles({ across, down, height: maps[1], width: maps[2], gap: 2 });
    // Of one channel each: a kernel stands above its map. Those of more are not shown.
    const kernels = channels === 1 ? new Tiles({ across, down, height, width, gap: 1 }) : null;
    const figure = create("figure");
    const caption = create("figcaption");
    context.say(caption, kernels ? "kernels" : "maps", { layer: name });
    figure.append(caption, ...kernels ? [kernels.canvas] : [], given.canvas);
    return { figure, kernels, given, name, stage, scale };
  });
  const figures = create("div", { className: "pictures" });
  figures.append(...pictures.map(({ figure }) => figure));
  head.append(title, digit, sure);
  element.append(head, figures, bars.element);
  return {
    element,
    title,
    paint(tensors, maps) {
      for (const { kernels, given, name, stage, scale } of pictures) {
        kernels?.paint(tensors.get(`${name}.weight`)?.data ?? [], scale);
        const values = maps?.[stage] ?? [];
        given.paint(values, Math.max(scales[stage], largest(values)) || 1);
      }
      const probs = maps ? Array.from(maps[maps.length - 1], Math.exp) : null;
      const read = probs ? probs.indexOf(Math.max(...probs)) : -1;
      digit.textContent = probs ? `${read}` : "–";
      sure.textContent = probs ? percent(probs[read]) : "";
      bars.paint(probs ?? new Float32Array(10), { top: read });
    },
  };
}
