// What each layer costs: its parameters, and how often it multiplies to read one digit.

/** @import { Question, Step } from "../../step.js" */
/** @import { LoadedNetwork } from "../../../shared/network.js" */

import { mount } from "./exhibit.js";
import { counted, layersOf, multiplicationsOf } from "./counts.js";
import { words } from "./words.js";

/** @param {{ loaded: LoadedNetwork }} now @returns {Question} */
function question({ loaded }) {
  const layers = layersOf(loaded.network.stages);
  const [largest, busiest] = [most(layers, "parameters"), most(layers, "multiplications")];
  const total = layers.reduce((sum, { parameters }) => sum + parameters, 0);
  return {
    values: {
      ...{ layer: largest.name, parameters: counted(largest.parameters), total: counted(total) },
    },
    options: layers.map(({ name }) => ({ word: "option", values: { layer: name } })),
    right: layers.indexOf(busiest),
    because: {
      word: busiest === largest ? "because.same" : "because",
      values: {
        busiest: busiest.name,
        formula: multiplicationsOf(busiest),
        product: counted(busiest.multiplications),
        places: counted(busiest.places.reduce((product, side) => product * side, 1)),
        ...{ layer: largest.name, once: counted(largest.multiplications) },
      },
    },
  };
}

/**
 * @param {import("./counts.js").Layer[]} layers
 * @param {"parameters" | "multiplications"} kind
 */
const most = (layers, kind) => layers.reduce((a, b) => b[kind] > a[kind] ? b : a);

/** @type {Step} */
export const costs = {
  name: "costs",
  words,
  lights: ["Conv2d", "Linear"],
  question,
  mount,
};
