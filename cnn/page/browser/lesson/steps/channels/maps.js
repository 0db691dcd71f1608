// All maps of a convolution, small, of which one is chosen.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { Pixels } from "../../../shared/colors.js";
import { create } from "../../../shared/dom.js";

/** @type {Record<string, number>} */
const MOVES = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/**
 * @param {Context<keyof typeof words.en>} context
 * @param {Spec} stage the convolution
 * @param {number} scale of its colours
 * @param {(map: number) => void} onChoose counted from 0
 */
export function mapsView(context, { name, shape, in_channels }, scale, onChoose) {
  const [count, height, width] = shape;
  const element = create("section", { className: "stack out-maps" });
  const caption = create("p");
  const group = create("div", { role: "radiogroup", className: "tiles" });
  const before = context.loaded.network.stages;
  const source = before[before.findIndex((stage) => stage.name === name) - 1];
  context.say(caption, "in_out", {
    before: source.name,
    in: in_channels ?? 0,
    stage: name,
    out: count,
  });
  context.label(group, "maps", { stage: name });
  const tiles = Array.from({ length: count }, (_, map) => {
    const button = create("button", { type: "button", role: "radio" });
    const pixels = new Pixels(width, height);
    context.label(button, "map", { stage: name, map: map + 1 });
    button.append(pixels.canvas);
    button.addEventListener("click", () => onChoose(map));
    button.addEventListener("keydown", (event) => {
      const by = MOVES[event.key];
      if (!by) return;
      event.preventDefault();
      const next = (map + by + count) % count;
      tiles[next].button.focus();
      onChoose(next);
    });
    group.append(button);
    return { button, pixels };
  });
  element.append(caption, group);
  return {
    element,
    /** @param {Float32Array} maps @param {number} chosen */
    paint(maps, chosen) {
      const area = height * width;
      tiles.forEach(({ button, pixels }, map) => {
        pixels.paint(maps.subarray(map * area, (map + 1) * area), scale);
        button.ariaChecked = `${map === chosen}`;
        button.tabIndex = map === chosen ? 0 : -1;
      });
    },
  };
}
