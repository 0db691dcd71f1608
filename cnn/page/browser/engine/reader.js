// Reads a drawing or the digits of a picture: all that the page shows of one reading.

/** @import { Muted, Network } from "./network.js" */

import constants from "./constants.json" with { type: "json" };
import { argmax, probabilitiesOf, ranked } from "./probabilities.js";
import { groupStrokes } from "./segment.js";
import { boxOf, digitFromStrokes } from "./strokes.js";

/**
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box in shares of the canvas
 */

/**
 * One digit, or a mark beside digits: "." or "," or "-". A mark is not a digit; nothing is said of it
 * but where it is. strokes: the indices of its strokes; none in a picture.
 *
 * @typedef {{ probs: number[], box: Box, strokes: number[], mark: null } & Verdict} ReadDigit
 * @typedef {{ digit: null, confident: false, runnerUp: null, probs: number[], box: Box,
 *   strokes: number[], mark: string }} ReadMark
 */

/**
 * What one reading gave; `probs`, `seen` and `maps` all belong to it.
 *
 * @typedef {object} Reading
 * @property {(ReadDigit | ReadMark)[]} digits from left to right
 * @property {readonly string[]} classes their names: those of the network
 * @property {number} followed index of the digit that `held`, `seen` and `maps` are about
 * @property {SmoothedPrediction} held what to show of it while the pen is down
 * @property {Float32Array} seen the digit that the network saw, 784 values
 * @property {Float32Array[]} maps what each stage gave, as returned by `Network.run`
 * @property {boolean} silent no neuron that feeds the logits fired: they are the last layer's biases
 *   alone, the same for every drawing
 * @property {boolean} tooMany there were more digits than can be read, so only the first drawn were
 */

/**
 * A part of what is to be read; seen: what the network is to see of it, null for a mark.
 *
 * @typedef {{ seen: Float32Array | null, box: Box, strokes: number[], mark: string | null }} Part
 */

const { MAX_DIGITS } = constants.verdict; // of one number
const THRESHOLD = 0.75; // for a card that does not say when the page stands by its answer

export class Reader {
  /** @type {{ seen: Float32Array, probs: number[] }[]} of the reading before */
  #known = [];
  /** @type {Muted | undefined} */
  #muted;

  /**
   * @param {Network} network
   * @param {number} [threshold] the least probability at which the page stands by its answer
   */
  constructor(network, threshold = THRESHOLD) {
    this.network = network;
    this.threshold = threshold;
  }

  /** @param {Muted} muted what of the network is switched off from now on */
  mute(muted) {
    this.#muted = muted;
    this.forget(); // those were read by another network, so to speak
  }

  /** Read everything anew: the network's weights have changed. */
  forget() {
    this.#known = [];
  }

  /**
   * Read a drawing.
   *
   * @param {readonly number[][]} strokes x, y, x, y, ... on the canvas
   * @param {number} canvas the canvas's side in the same units
   * @param {object} [options]
   * @param {number | null} [options.follow] which part of the number the network shows, from the
   *   left; else, or where it is a mark, the digit drawn last
   * @param {SmoothedPrediction | null} [options.before] what was held after the reading before,
   *   while the pen is down
   * @returns {Reading | null} null: nothing is drawn
   */
  readStrokes(strokes, canvas, { follow = null, before = null } = {}) {
    const found = groupStrokes(/** @type {number[][]} */ (strokes), canvas);
    const groups = drawnFirst(found);
    if (!groups.length) return null;
    const parts = groups.map(({ strokes: indices, mark }) => {
      const mine = indices.map((index) => strokes[index]);
      const { left, top, right, bottom } = boxOf(mine);
      /** @type {Box} */
      const box = [left / canvas, top / canvas, right / canvas, bottom / canvas];
      const seen = mark ? null : digitFromStrokes(mine, canvas);
      return { seen, box, strokes: indices, mark };
    });
    const newest = groups.reduce((best, { strokes: indices, mark }, index) => {
      const isNewer = best < 0 || Math.max(...indices) > Math.max(...groups[best].strokes);
      return !mark && isNewer ? index : best;
    }, -1);
    const tooMany = groups.length < found.length;
    return this.#read(parts, { follow, newest, before, tooMany });
  }

  /**
   * Read the digits of a picture.
   *
   * @param {(Float32Array | null)[]} digits from left to right, 784 values each; null: a mark
   * @param {Box[]} boxes in shares of the canvas
   * @param {object} [options]
   * @param {number | null} [options.follow] as `readStrokes` takes it; else the first digit
   * @param {(string | null)[]} [options.marks] what is not a digit
   * @returns {Reading | null} null: there is no digit
   */
  readDigits(digits, boxes, { follow = null, marks = [] } = {}) {
    /** @type {Part[]} */
    const found = digits.map((seen, i) => {
      return { seen, box: boxes[i], strokes: [], mark: marks[i] ?? null };
    });
    let left = MAX_DIGITS;
    const parts = found.filter(({ seen }) => !seen || left-- > 0);
    const newest = digits.findIndex(Boolean);
    return this.#read(parts, { follow, newest, tooMany: parts.length < found.length });
  }

  /**
   * @param {Part[]} parts
   * @param {{ follow: number | null, newest: number, before?: SmoothedPrediction | null, tooMany: boolean }} how
   * @returns {Reading | null}
   */
  #read(parts, { follow, newest, before = null, tooMany }) {
    const wanted = follow === null ? newest : Math.min(follow, parts.length - 1);
    const followed = parts[wanted]?.seen ? wanted : newest;
    const seen = parts[followed]?.seen;
    if (!seen) return null;
    const probs = parts.map((part) =>
      part.seen && part.seen !== seen ? this.#probsOf(part.seen) : []
    );
    const maps = this.network.run(seen, this.#muted);
    probs[followed] = probabilitiesOf(maps[maps.length - 1]);
    this.#known = parts.flatMap(({ seen }, i) => seen ? [{ seen, probs: probs[i] }] : []);
    return {
      digits: parts.map((part, i) => this.#said(part, probs[i])),
      classes: this.network.classes,
      followed,
      held: hold(probs[followed], before),
      seen,
      maps,
      silent: isSilent(this.network, maps),
      tooMany,
    };
  }

  /** @param {Part} part @param {number[]} probs @returns {ReadDigit | ReadMark} */
  #said({ box, strokes, mark }, probs) {
    const part = { probs, box, strokes };
    if (mark) return { digit: null, confident: false, runnerUp: null, ...part, mark };
    return { ...verdict(probs, this.threshold), ...part, mark: null };
  }

  /**
   * A probability for each class. The digits beside the one that is drawn just now are those of the
   * look before: nothing is computed again.
   *
   * @param {Float32Array} seen
   */
  #probsOf(seen) {
    const known = this.#known.find(({ seen: before }) => isEqual(seen, before));
    if (known) return known.probs;
    const maps = this.network.run(seen, this.#muted);
    return probabilitiesOf(maps[maps.length - 1]);
  }
}

/**
 * The groups to read: of too many digits only those that were drawn first, but all marks.
 *
 * @template {{ strokes: number[], mark: string | null }} Group
 * @param {Group[]} groups
 */
function drawnFirst(groups) {
  const digits = groups.filter(({ mark }) => !mark);
  if (digits.length <= MAX_DIGITS) return groups;
  digits.sort((a, b) => Math.min(...a.strokes) - Math.min(...b.strokes));
  const late = new Set(digits.slice(MAX_DIGITS));
  return groups.filter((group) => !late.has(group));
}

/**
 * Whether no neuron that feeds the logits fired.
 *
 * @param {Network} network
 * @param {Float32Array[]} maps what its stages gave
 */
export function isSilent({ stages }, maps) {
  const logits = stages.findLastIndex(({ kind }) => kind === "Linear");
  return maps[logits - 1].every((value) => value === 0);
}

/** @param {Float32Array} a @param {Float32Array} b of the same length */
function isEqual(a, b) {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

// From probabilities to what the page says: a digit, the runner-up, or "not sure".

/**
 * What to say of one digit: the best guess, whether to stand by it, and what else it may be. Each is
 * which of the classes, counted from 0.
 *
 * @typedef {{ digit: number, confident: boolean, runnerUp: number | null }} Verdict
 */

/**
 * What is shown while the pen is down: a digit, and the averages of its probabilities that chose it.
 *
 * @typedef {{ digit: number, probs: number[] }} SmoothedPrediction
 */

const { CLEAR, RUNNER_UP } = constants.verdict; // predictor.py says what they mean
const SMOOTHING = 0.3; // weight of the newest probabilities in the exponential average
const SWITCH_MARGIN = 0.5; // the lead that another digit's average needs before it is shown

/**
 * What to say, as `verdict` of cnn/page/predictor.py does.
 *
 * @param {readonly number[]} probs one for each class
 * @param {number} threshold the least probability at which the page stands by its answer
 * @returns {Verdict}
 */
export function verdict(probs, threshold) {
  const [digit, second] = ranked(probs);
  const isDoubtful = probs[digit] < CLEAR && probs[second] >= RUNNER_UP;
  return { digit, confident: probs[digit] >= threshold, runnerUp: isDoubtful ? second : null };
}

/**
 * What to show while the pen is down, after a reading that gave `probs`.
 *
 * A half-drawn 7 looks just like a 1: the big digit may lag, but it does not flicker.
 * benchmarks/flips.py measures how often it changes and how far it lags. SMOOTHING and
 * SWITCH_MARGIN were chosen with it, on other drawings than it reports on; only that benchmark
 * passes other values.
 *
 * @param {number[]} probs one for each class
 * @param {SmoothedPrediction | null} before what this function returned for the reading before
 * @param {{ smoothing?: number, margin?: number }} [steadiness]
 * @returns {SmoothedPrediction}
 */
export function hold(probs, before, { smoothing = SMOOTHING, margin = SWITCH_MARGIN } = {}) {
  if (!before) return { digit: argmax(probs), probs };
  const average = probs.map((prob, i) => smoothing * prob + (1 - smoothing) * before.probs[i]);
  const digit = argmax(average);
  const leads = average[digit] - average[before.digit] >= margin;
  return { digit: leads ? digit : before.digit, probs: average };
}
