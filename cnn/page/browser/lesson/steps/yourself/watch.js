// What a network in training makes of one digit: when it read it first, and since when for good.

/**
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Look } from "../../../train/worker.js"
 */

import { argmax } from "../../../engine/probabilities.js";
import { endOf } from "../../../shared/colors.js";

export const STAYS = 1000; // digits learned from meanwhile: read right for so long, it has stayed
const FIRST_MOMENT = 32; // digits: a batch; each moment comes after twice as many as the one before
const MOST_MOMENTS = 12; // the last after 32,768 digits

/**
 * A network's first convolution, where it reads one map. stage: the index of the maps after ReLU, or
 * of the convolution's own where there is none.
 *
 * @typedef {{ name: string, count: number, kernel: number[], stage: number, map: number[] }} First
 */

/** @param {LoadedNetwork} loaded @returns {First | null} */
export function firstOf({ network: { stages } }) {
  const index = stages.findIndex(({ kind }) => kind === "Conv2d");
  const { name, in_channels, kernel_size, shape } = stages[index] ?? {};
  if (in_channels !== 1 || !kernel_size) return null;
  const stage = stages[index + 1]?.kind === "ReLU" ? index + 1 : index;
  return { name, count: shape[0], kernel: kernel_size, stage, map: shape.slice(1) };
}

/** All weights of its kernels. @param {LoadedNetwork} loaded @param {First} first */
export const weightsOf = ({ tensors }, { name }) =>
  tensors.get(`${name}.weight`)?.data ?? new Float32Array(0);

/**
 * What is kept of a moment of training, to be looked back at. weights, maps: of all kernels of the
 * first convolution; read: what the network took the digit for.
 *
 * @typedef {{ seen: number, read: number, weights: Float32Array, maps: Float32Array }} Moment
 */

export class Watch {
  seen = 0; // digits that it has learned from
  /** after how many digits it was right for the first time @type {number | null} */
  first = null;
  /** since when it has been right; null: it is wrong @type {number | null} */
  since = null;
  /** since when it was right, once it had stayed so for long @type {number | null} */
  settled = null;
  wavered = false; // whether it was wrong again after that
  /** @type {Moment[]} */
  moments = [];
  /** where the scales of all moments' pictures end */
  ends = { weights: 0, maps: 0 };

  /**
   * @param {LoadedNetwork} loaded in training
   * @param {Float32Array} digit (784) that it is watched on
   * @param {number} label what that is
   */
  constructor(loaded, digit, label) {
    this.loaded = loaded;
    this.digit = digit;
    this.label = label;
    const maps = loaded.network.run(digit);
    this.take([{ seen: 0, read: argmax(maps[maps.length - 1]) }]);
  }

  /** @param {Look[]} looks the newest; the network has the weights of the last of them */
  take(looks) {
    for (const { seen, read } of looks) {
      this.seen = seen;
      if (read !== this.label) {
        this.since = null;
        if (this.settled !== null) this.wavered = true;
      } else {
        this.first ??= seen;
        this.since ??= seen;
        if (seen - this.since >= STAYS) this.settled ??= this.since;
      }
    }
    const last = looks.at(-1);
    if (last) this.#keep(last);
  }

  /** Keep the moment, if it is time for one. @param {Look} look */
  #keep({ seen, read }) {
    const { moments, loaded } = this;
    const next = moments.length === 0 ? 0 : FIRST_MOMENT * 2 ** (moments.length - 1);
    const first = firstOf(loaded);
    if (seen < next || moments.length === MOST_MOMENTS || !first) return;
    const maps = loaded.network.run(this.digit)[first.stage];
    const moment = { seen, read, weights: weightsOf(loaded, first).slice(), maps };
    moments.push(moment);
    for (const kind of /** @type {const} */ (["weights", "maps"])) {
      this.ends[kind] = endOf(moment[kind], this.ends[kind]);
    }
  }
}
