/** @import { Sign } from "../shared/scales.js" */

import { create, showText } from "../shared/dom.js";
import { plainEnd } from "../shared/scales.js";

/**
 * The colours from end to end, with the values that the ends stand for.
 *
 * @param {Sign} sign
 */
export function legend(sign) {
  const element = create("p", { className: "long-legend" });
  const [low, high] = [create("span", { textContent: "0" }), create("span", { textContent: "0" })];
  element.append(low, create("i", { className: `scale ${sign}` }), high);
  return {
    element,
    /** @param {number} end */
    paint(end) {
      if (sign !== "above") showText(low, `−${plainEnd(end)}`);
      if (sign !== "below") showText(high, plainEnd(end));
    },
  };
}
