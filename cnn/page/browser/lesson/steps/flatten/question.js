/**
 * @import { Network } from "../../../engine/network.js"
 * @import { Now, Question, Said } from "../../step.js"
 * @import { Fall } from "./tolerance.js"
 */

import { percent } from "../../../shared/numbers.js";
import { fallOf, likeliest, probsOf } from "./tolerance.js";

const MOST = 6; // px, as far as MNIST's test digits are moved
const OPTIONS = ["option.mlp", "option.convnet", "option.both", "option.neither"];

/**
 * Which network loses the reader's digit first. What is right is worked out when it is asked for:
 * under the pen nobody has chosen yet.
 *
 * @param {Now["answer"]} answer
 * @param {{ convnet: Network, mlp: Network }} networks of nobody else
 * @returns {Question | null}
 */
export function firstToLose({ blank, seen }, networks) {
  if (blank) return null;
  const digit = likeliest(probsOf(networks.convnet, seen));
  /** @type {{ mlp: Fall, convnet: Fall } | null} */
  let falls = null;
  function found() {
    const what = { label: digit, most: MOST };
    return falls ??= {
      mlp: fallOf(networks.mlp, seen, what),
      convnet: fallOf(networks.convnet, seen, what),
    };
  }
  return {
    values: { digit, most: MOST },
    options: OPTIONS.map((word) => ({ word })),
    get right() {
      const { mlp, convnet } = found();
      if (mlp.at === convnet.at) return mlp.at === null ? 3 : 2;
      return (mlp.at ?? Infinity) < (convnet.at ?? Infinity) ? 0 : 1;
    },
    get because() {
      return reasonOf(digit, found());
    },
  };
}

/** @param {number} digit @param {{ mlp: Fall, convnet: Fall }} falls @returns {Said} */
function reasonOf(digit, { mlp, convnet }) {
  const word = mlp.at !== null && convnet.at !== null
    ? "because.two"
    : mlp.at !== null
    ? "because.mlp"
    : convnet.at !== null
    ? "because.convnet"
    : "because.neither";
  const values = {
    digit,
    most: MOST,
    mlpAt: mlp.at ?? MOST,
    mlpReads: mlp.read,
    mlpSure: percent(mlp.prob),
    convnetAt: convnet.at ?? MOST,
    convnetReads: convnet.read,
    convnetSure: percent(convnet.prob),
  };
  return { word, values };
}
