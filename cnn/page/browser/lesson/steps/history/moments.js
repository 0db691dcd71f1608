// The run that made the weights, from its file: the network at moments of its training, as
// cnn/training/history.py took them.

/** @import { Tensors } from "../../../engine/safetensors.js" */

import { Network } from "../../../engine/network.js";
import { readSafetensors, WeightsError } from "../../../engine/safetensors.js";

/**
 * step: batches so far. epoch: how many whole epochs these are. loss: cross-entropy with smoothed
 * labels, over a part of the training digits: what training minimises. plain: the same with the
 * labels as they are. train, held_out: percent read right of these digits, and of digits never
 * trained on. temperature: what the output layer was divided by at the end; null while it learns.
 *
 * @typedef {object} Score
 * @property {number} step
 * @property {number} epoch
 * @property {number} loss
 * @property {number} plain
 * @property {number} train
 * @property {number} held_out
 * @property {number | null} temperature
 */

/** @typedef {Score & { tensors: Tensors }} Moment */

/** @typedef {{ sha256: string, moments: Moment[] }} History sha256: of the weights it ends with */

const FIELDS = /** @type {const} */ (["step", "epoch", "loss", "plain", "train", "held_out"]);

/**
 * Throws a WeightsError for a file that is no history.
 *
 * @param {ArrayBuffer} content
 * @returns {History}
 */
export function readHistory(content) {
  const { metadata, tensors } = readSafetensors(content);
  const { sha256, moments } = noteOf(metadata.history);
  /** @type {Tensors[]} */
  const snapshots = moments.map(() => new Map());
  for (const [name, tensor] of tensors) {
    const dot = name.indexOf(".");
    const snapshot = snapshots[Number(name.slice(0, dot))];
    if (!snapshot) throw new WeightsError("unfit", `${name} is of no moment of the history`);
    snapshot.set(name.slice(dot + 1), tensor);
  }
  return { sha256, moments: moments.map((score, i) => ({ ...score, tensors: snapshots[i] })) };
}

/** @param {string | undefined} text @returns {{ sha256: string, moments: Score[] }} */
function noteOf(text) {
  try {
    const { sha256, moments } = JSON.parse(text ?? "");
    const isScore = (/** @type {any} */ { temperature, ...score }) =>
      FIELDS.every((field) => isFinite(score[field])) &&
      (temperature === null || temperature > 0);
    if (typeof sha256 === "string" && moments.length > 0 && moments.every(isScore)) {
      return { sha256, moments };
    }
  } catch {
    // said below
  }
  throw new WeightsError("unfit", "the file holds no history of a training");
}

/** The networks of a history, each built when it is first asked for. */
export class Networks {
  /** @type {(Network | undefined)[]} */
  #built = [];

  /** @param {unknown} architecture @param {Moment[]} moments */
  constructor(architecture, moments) {
    this.architecture = architecture;
    this.moments = moments;
  }

  /** @param {number} index of a moment */
  at(index) {
    return this.#built[index] ??= new Network(this.architecture, this.moments[index].tensors);
  }

  /**
   * Ten probabilities of the digit, at each moment.
   *
   * @param {Float32Array} digit
   */
  readings(digit) {
    return this.moments.map((_, index) => {
      const maps = this.at(index).run(digit);
      return Array.from(maps[maps.length - 1], Math.exp);
    });
  }
}

/**
 * From which moment on all read the digit as the last does, counted from 0.
 *
 * @param {number[][]} readings ten probabilities for each moment
 */
export function settledAt(readings) {
  const digits = readings.map((probs) => probs.indexOf(Math.max(...probs)));
  const last = digits[digits.length - 1];
  return digits.findLastIndex((digit) => digit !== last) + 1;
}

/**
 * At most four moments to choose from, `right` among them, the first and the last too.
 *
 * @param {number} count of moments
 * @param {number} right
 */
export function choicesOf(count, right) {
  const last = count - 1;
  const spread = [0, Math.round(last / 3), Math.round(2 * last / 3), last];
  const nearest = spread.reduce((best, at) => {
    return Math.abs(at - right) < Math.abs(best - right) ? at : best;
  });
  return [...new Set(spread.map((at) => at === nearest ? right : at))];
}
