// The way back from a value to the ink that caused it.

/**
 * @import { Given } from "./layers/layer.js"
 * @import { Network } from "./network.js"
 */

import { givenTo } from "./explain.js";
import { kindOf } from "./layers.js";

// At each stage a cell passes its share on to what made it: max pooling passes it to the winner;
// sums (convolutions, linear stages and averages) pass it to their positive terms, in proportion.
// That is the z+ rule of layer-wise relevance propagation (Montavon et al. 2017, "Explaining
// nonlinear classification decisions with deep Taylor decomposition", section 5).
//
// Normalised paper is not zero: a negative weight makes it a positive term, and the trace would end
// on the whole sheet. So up to the first layer with weights, values count from that of paper.

/**
 * A cell that the trace goes through. index: among all values of its stage. share: of what reaches
 * that stage, above 0; all shares of a stage sum to 1.
 *
 * @typedef {{ index: number, share: number }} TracedCell
 */

/**
 * One stage of the trace. cells: the strongest first; none where no positive term leads on.
 *
 * @typedef {{ stage: number, cells: TracedCell[] }} Traced
 */

const MAX_CELLS = 24; // of a stage: as many as the eye can follow

/**
 * From one value back to the digit's pixels: `stage` itself first, stage 0 last.
 *
 * @param {Network} network
 * @param {readonly Float32Array[]} maps as returned by `Network.run`
 * @param {number} stage index in network.stages
 * @param {number} index among all values of the stage, row-major
 * @param {{ most?: number }} [options] most: cells of each stage that are followed; the others are
 *   left out, and the shares of those kept are scaled to sum to 1 again
 * @returns {Traced[]}
 */
export function trace(network, maps, stage, index, { most = MAX_CELLS } = {}) {
  let cells = [{ index, share: 1 }];
  const way = [{ stage, cells }];
  for (let at = stage; at > 0; at--) {
    cells = strongest(relevance(givenTo(network, maps, at), cells), most);
    way.push({ stage: at - 1, cells });
  }
  return way;
}

/**
 * The shares of all inputs of a stage.
 *
 * @param {Given} given
 * @param {TracedCell[]} cells of the stage
 */
function relevance(given, cells) {
  const shares = new Float64Array(given.x.length);
  const { terms } = kindOf(given.spec);
  for (const { index, share } of cells) {
    let sum = 0;
    terms(given, index, (_, term) => sum += Math.max(0, term));
    if (sum === 0) continue; // it comes from its bias or from paper
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
