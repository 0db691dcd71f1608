import { create } from "../shared/dom.js";
import { rough } from "./numbers.js";

/**
 * The colours from end to end, with the values that the ends stand for.
 *
 * @param {{ sign: "both" | "above" | "below", scale: number }} values
 */
export function legend({ sign, scale }) {
  const element = create("p", { className: "long-legend" });
  const low = create("span", { textContent: sign === "above" ? "0" : `−${rough(scale)}` });
  const high = create("span", { textContent: sign === "below" ? "0" : rough(scale) });
  element.append(low, create("i", { className: `scale ${sign}` }), high);
  return element;
}
