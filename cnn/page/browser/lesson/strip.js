// The network's stages in a row, small and live; lit are those that the step speaks of.

/** @import { Answer } from "../shared/answer.js" */
/** @import { LoadedNetwork } from "../shared/network.js" */

import { Pixels } from "../shared/colors.js";
import { create } from "../shared/dom.js";
import { endOf } from "../shared/scales.js";
import { mosaicOf } from "./mosaic.js";

/** @param {LoadedNetwork} loaded */
export function stripOf({ network, scales }) {
  const element = create("ol", { className: "stage-row" });
  const items = network.stages.map((stage, index) => {
    const item = create("li");
    const { width, height, from } = mosaicOf(stage.shape);
    const pixels = new Pixels(width, height);
    const values = new Float32Array(width * height);
    item.style.setProperty("--wide", `${width / height}`);
    item.append(pixels.canvas, create("span", { textContent: stage.name }));
    element.append(item);
    /** @param {Float32Array} own */
    function paint(own) {
      from.forEach((at, i) => values[i] = own[at] ?? 0);
      pixels.paint(values, endOf(own, scales[index]));
    }
    return { item, stage, paint };
  });
  return {
    element,
    /** @param {string[]} lights names or kinds of stages */
    light(lights) {
      for (const { item, stage } of items) {
        item.classList.toggle("lit", lights.includes(stage.name) || lights.includes(stage.kind));
      }
    },
    /** @param {Answer} answer */
    paint({ maps }) {
      items.forEach(({ paint }, index) => paint(maps[index] ?? NOTHING));
    },
  };
}

const NOTHING = new Float32Array(0);
