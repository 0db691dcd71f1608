// The way back from a value to the ink that caused it.
//
// At each stage a cell hands its share on to what made it: max pooling to the winner; sums, that is
// convolutions, linear stages and averages, to their positive terms, in proportion. That is the
// z+ rule of layer-wise relevance propagation (Montavon et al. 2017, "Explaining nonlinear
// classification decisions with deep Taylor decomposition", section 5).
//
// The normalised paper is no zero: a negative weight makes it a positive term, and the way would
// end on the whole sheet. So up to the first weights values count from what paper has there.

/**
 * @import { Stage } from "./described.js"
 * @import { Network } from "./network.js"
 */

import { given, hasWeights, normalised, weightsOf } from "./given.js";
import { cellAt, windowAt, winnerOf } from "./window.js";

/**
 * A cell that the way goes through. index: among all values of its stage. share: of what reaches
 * that stage, above 0; all shares of a stage sum to 1.
 *
 * @typedef {{ index: number, share: number }} TracedCell
 */

/**
 * One stage of the way. cells: the strongest first; none where no positive term leads on.
 *
 * @typedef {{ stage: number, cells: TracedCell[] }} Traced
 */

/**
 * What a stage was given. x: the values, in this shape. paper: from where they count. weights: null
 * for a stage without.
 *
 * @typedef {object} Given
 * @property {Stage} stage
 * @property {Float32Array} x
 * @property {number[]} shape
 * @property {number} paper
 * @property {{ weight: Float32Array, bias: Float32Array } | null} weights
 */

/**
 * Says of each input of one value how much it added to it.
 *
 * @typedef {(given: Given, index: number, add: (input: number, term: number) => void) => void}
 *   Terms
 */

const MOST = 24; // so many ways an eye can follow

/**
 * From one value back to the digit's pixels: `stage` itself first, stage 0 last.
 *
 * @param {Network} network
 * @param {readonly Float32Array[]} maps as of `Network.run`
 * @param {number} stage index in network.stages
 * @param {number} index among all values of the stage, row-major
 * @param {{ most?: number }} [options] most: cells of each stage that are followed; the others are
 *   left out, and the shares of those kept are scaled to sum to 1 again
 * @returns {Traced[]}
 */
export function trace(network, maps, stage, index, { most = MOST } = {}) {
  let cells = [{ index, share: 1 }];
  const way = [{ stage, cells }];
  for (let at = stage; at > 0; at--) {
    cells = strongest(handedOn(givenTo(network, maps, at), cells), most);
    way.push({ stage: at - 1, cells });
  }
  return way;
}

/**
 * @param {Network} network
 * @param {readonly Float32Array[]} maps
 * @param {number} at index of the stage
 * @returns {Given}
 */
function givenTo(network, maps, at) {
  const { stages } = network;
  return {
    stage: stages[at],
    x: given(network, maps, at),
    shape: stages[at - 1].shape,
    paper: stages.slice(1, at).some(hasWeights) ? 0 : normalised(0, stages[0]),
    weights: hasWeights(stages[at]) ? weightsOf(network, at) : null,
  };
}

/**
 * The shares of all inputs of a stage.
 *
 * @param {Given} given
 * @param {TracedCell[]} cells of the stage
 */
function handedOn(given, cells) {
  const shares = new Float64Array(given.x.length);
  const terms = TERMS[given.stage.kind] ?? same;
  for (const { index, share } of cells) {
    let sum = 0;
    terms(given, index, (_, term) => sum += Math.max(0, term));
    if (sum === 0) continue; // its bias made it, or paper
    terms(given, index, (input, term) => shares[input] += share * Math.max(0, term) / sum);
  }
  return shares;
}

/** @param {Float64Array} shares @param {number} most @returns {TracedCell[]} */
function strongest(shares, most) {
  /** @type {TracedCell[]} */
  const cells = [];
  shares.forEach((share, index) => share > 0 && cells.push({ index, share }));
  cells.sort((a, b) => b.share - a.share);
  const kept = cells.slice(0, most);
  const sum = kept.reduce((all, { share }) => all + share, 0);
  return kept.map(({ index, share }) => ({ index, share: share / sum }));
}

/** @type {Record<string, Terms>} */
const TERMS = {
  Conv2d({ stage, x, shape, paper, weights }, index, add) {
    const { channel, row, column } = cellAt(index, stage.shape);
    const { places } = windowAt(stage, shape, row, column);
    const [channels, height, width] = shape;
    let at = channel * channels * places.length; // of the weights
    for (let input = 0; input < channels; input++) {
      for (const place of places) {
        const from = input * height * width + place;
        if (place >= 0) add(from, (x[from] - paper) * (weights?.weight[at] ?? 0));
        at++;
      }
    }
  },
  Linear({ x, paper, weights }, index, add) {
    x.forEach((value, input) => {
      add(input, (value - paper) * (weights?.weight[index * x.length + input] ?? 0));
    });
  },
  MaxPool2d({ stage, x, shape }, index, add) {
    const { start, places } = pooled(stage, shape, index);
    add(start + places[winnerOf(x, start, places)], 1);
  },
  AvgPool2d({ stage, x, shape, paper }, index, add) {
    const { start, places } = pooled(stage, shape, index);
    for (const place of places) if (place >= 0) add(start + place, x[start + place] - paper);
  },
};

/** @type {Terms} ReLU, flatten, dropout; and a log-probability stands for its logit */
const same = (_, index, add) => add(index, 1);

/** @param {Stage} stage @param {number[]} shape @param {number} index */
function pooled(stage, shape, index) {
  const { channel, row, column } = cellAt(index, stage.shape);
  return { start: channel * shape[1] * shape[2], ...windowAt(stage, shape, row, column) };
}
