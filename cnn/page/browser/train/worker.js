// A network in training, in a thread of its own: the page goes on painting and reading meanwhile.

/**
 * @import { Spec } from "../engine/layers/layer.js"
 * @import { Tensors } from "../engine/safetensors.js"
 * @import { Digits, Examples, Reason } from "../engine/digits.js"
 * @import { Counts } from "./batches.js"
 * @import { Plan } from "./plan.js"
 */

import { argmax } from "../engine/probabilities.js";
import { DigitsError, fetchDigits } from "../engine/digits.js";
import { average } from "../engine/optimizers.js";
import { randomOf } from "../engine/random.js";
import { DivergedError, Trainer } from "../engine/train.js";
import { batchesOf } from "./batches.js";
import { flattened } from "./flat.js";

/**
 * What the page asks for. run: a number for each run that is opened; own: digits that the reader has
 * drawn and labelled; known: how many of MNIST's digits that it learns from are read as well whenever
 * it is measured; begun: where a run goes on; watched: a digit that is read after each step; weights:
 * an array to use again; pause: ms from the beginning of a step to that of the next, if it takes no
 * longer by itself.
 *
 * @typedef {{ tensors: Tensors, seen: number, seconds: number }} Begun
 * @typedef {{ ask: "open", run: number, plan: Plan, architecture: Spec[], own: Examples,
 *   known?: number, begun?: Begun, watched?: Float32Array }} Open
 * @typedef {{ ask: "show", weights: Float32Array | null }} Show
 * @typedef {Open | Show | { ask: "run", pause: number } | { ask: "pause" } | { ask: "step" }} Asked
 */

/**
 * A moment of a run. loss, trained: of the batches since the moment before, as they were learned:
 * jittered, and with dropout; known: of some digits that it learns from, read as they are, without
 * dropout; heldOut: of the digits that are never learned. Shares are in [0, 1].
 *
 * @typedef {object} Point
 * @property {number} seen how many digits it has learned from, the same one counted again
 * @property {number} seconds
 * @property {number | null} loss null: nothing was learned yet
 * @property {number | null} trained the share that was read right
 * @property {{ right: number, loss: number }} [known] the share that is read right
 * @property {number} heldOut the share that is read right
 * @property {number} heldOutLoss
 */

/**
 * A digit that was read as another. pixels: 784, ink 1.
 *
 * @typedef {{ pixels: Float32Array, label: number, read: number }} Misread
 */

/**
 * What the watched digit was read as after a step, when so many digits had been seen.
 *
 * @typedef {{ seen: number, read: number }} Look
 */

/**
 * What the page is told, and of which run. looks: those since the last time. confusion: of the
 * held-out digits, how many of each class (row by row) were read as each.
 *
 * @typedef {{ tell: "opened", tensors: Tensors, counts: Counts }} Opened
 * @typedef {{ tell: "shown", weights: Float32Array, seen: number, seconds: number, epoch: number,
 *   looks: Look[] }} Shown
 * @typedef {{ tell: "point", point: Point, misread: Misread[], confusion: number[][] }} Measured
 * @typedef {{ tell: "failed", reason: "diverged" | "worker" | Reason }} Failed
 * @typedef {Opened | Shown | Measured | Failed} News
 * @typedef {News & { run: number }} Told
 */

const DIGITS = new URL("../../weights/digits.bin", import.meta.url);
const LEAST_APART = 256; // digits learned from one measuring to the next
const MOST_APART = 4096;
const GROWTH = 1.25; // so that on a logarithmic axis they lie evenly
const AT_ONCE = 50; // digits that are read together
const INK = 255;
const MISREAD = 12; // of those misread, how many the page is told: more than it shows

/** @type {Promise<Digits> | null} fetched once */
let digits = null;

class Run {
  /** @type {number} */
  #number;
  /** @type {object | null} which of the calls of `run` is under way */
  #running = null;
  #seen = 0;
  #steps = 0;
  #seconds = 0;
  #measured = -1; // how many digits had been seen then
  #since = { loss: 0, right: 0, count: 0 }; // of the steps since
  /** @type {Look[]} not told yet */
  #looks = [];

  /**
   * @param {Open} asked
   * @param {Digits} digits
   */
  constructor({ run, plan, architecture, own, known, begun, watched }, digits) {
    this.#number = run;
    this.plan = plan;
    this.watched = watched;
    this.heldOut = inked(digits.heldOut);
    this.known = known ? inked(digits.mnist, Math.min(known, plan.digits)) : null;
    this.trainer = new Trainer(architecture, { ...plan, tensors: begun?.tensors });
    // What is shown and measured: the average of the weights, where the plan says so.
    const tensors = this.trainer.tensors();
    this.reader = plan.average ? new Trainer(architecture, { ...plan, tensors }) : this.trainer;
    this.classes = architecture[architecture.length - 1].shape[0];
    this.batches = batchesOf(digits, own, plan, randomOf(plan.seed));
    this.#seen = begun?.seen ?? 0;
    this.#steps = Math.round(this.#seen / plan.batch);
    this.#seconds = begun?.seconds ?? 0;
  }

  begin() {
    const { counts } = this.batches;
    this.#tell({ tell: "opened", tensors: this.reader.tensors(), counts });
    this.measure();
  }

  /** @param {number} pause */
  async run(pause) {
    const mine = this.#running = {};
    let before = performance.now();
    while (this.#running === mine) {
      const began = performance.now();
      if (!this.#learn()) return;
      if (this.#isDue()) this.measure();
      await turn(began + pause - performance.now());
      if (this.#running !== mine) return;
      const now = performance.now();
      this.#seconds += (now - before) / 1000;
      before = now;
    }
  }

  pause() {
    this.#running = null;
    this.measure();
    this.show(null); // those that were measured
  }

  end() {
    this.#running = null;
  }

  step() {
    const began = performance.now();
    if (!this.#learn()) return;
    this.#seconds += (performance.now() - began) / 1000;
    this.pause();
  }

  /** @param {Float32Array | null} weights */
  show(weights) {
    const flat = flattened(this.reader.tensors(), weights);
    const epoch = this.#seen / this.batches.size;
    const [seen, seconds, looks] = [this.#seen, this.#seconds, this.#looks];
    this.#looks = [];
    this.#tell({ tell: "shown", weights: flat, seen, seconds, epoch, looks }, [flat.buffer]);
  }

  /** Read all held-out digits, unless nothing was learned since. */
  measure() {
    if (this.#measured === this.#seen) return;
    this.#measured = this.#seen;
    const confusion = Array.from({ length: this.classes }, () => Array(this.classes).fill(0));
    /** @type {Misread[]} */
    const misread = [];
    const heldOut = this.#score(this.heldOut, (pixels, label, read) => {
      confusion[label][read]++;
      if (read !== label && misread.length < MISREAD) {
        misread.push({ pixels: pixels.slice(), label, read });
      }
    });
    const { loss, right, count } = this.#since;
    const point = {
      ...{ seen: this.#seen, seconds: this.#seconds },
      ...{ loss: count ? loss / count : null, trained: count ? right / count : null },
      ...{ heldOut: heldOut.right, heldOutLoss: heldOut.loss },
      ...(this.known && { known: this.#score(this.known) }),
    };
    this.#since = { loss: 0, right: 0, count: 0 };
    this.#tell({ tell: "point", point, misread, confusion });
  }

  /**
   * The share of digits that is read right, and the mean loss: as they are, without dropout.
   *
   * @param {Inked} inked
   * @param {(pixels: Float32Array, label: number, read: number) => void} [onRead]
   */
  #score({ digits, labels }, onRead = () => {}) {
    const area = digits.length / labels.length;
    let [right, loss] = [0, 0];
    for (let from = 0; from < labels.length; from += AT_ONCE) {
      const pixels = digits.subarray(from * area, (from + AT_ONCE) * area);
      const logProbs = this.reader.read(pixels);
      labels.subarray(from, from + AT_ONCE).forEach((label, i) => {
        const own = logProbs.subarray(i * this.classes, (i + 1) * this.classes);
        const read = argmax(own);
        loss -= own[label];
        if (read === label) right++;
        onRead(pixels.subarray(i * area, (i + 1) * area), label, read);
      });
    }
    return { right: right / labels.length, loss: loss / labels.length };
  }

  /** One step; whether it could be made. */
  #learn() {
    const { pixels, labels } = this.batches.next();
    try {
      const { loss, right } = this.trainer.step(pixels, labels);
      if (this.plan.average) average(this.reader.tensors(), this.trainer.tensors(), this.#steps++);
      this.#since.loss += loss * labels.length;
      this.#since.right += right;
      this.#since.count += labels.length;
      this.#seen += labels.length;
      if (this.watched) {
        const logProbs = this.reader.read(this.watched).subarray(0, this.classes);
        this.#looks.push({ seen: this.#seen, read: argmax(logProbs) });
      }
      return true;
    } catch (error) {
      if (!(error instanceof DivergedError)) throw error;
      this.#running = null;
      this.#tell({ tell: "failed", reason: "diverged" });
      return false;
    }
  }

  /** @param {News} news @param {Transferable[]} [transfer] */
  #tell(news, transfer = []) {
    tell({ ...news, run: this.#number }, transfer);
  }

  #isDue() {
    const apart = Math.max(LEAST_APART, Math.min(MOST_APART, this.#measured * (GROWTH - 1)));
    return this.#seen - this.#measured >= apart;
  }
}

/** Digits as the network reads them: (count, 784), ink 1; (count). */
/** @typedef {{ digits: Float32Array, labels: Uint8Array }} Inked */

/** The first `count` of them. @param {Examples} examples @returns {Inked} */
function inked({ digits, labels }, count = labels.length) {
  const area = digits.length / labels.length;
  return {
    digits: Float32Array.from(digits.subarray(0, count * area), (ink) => ink / INK),
    labels: labels.subarray(0, count),
  };
}

/** @type {Run | null} */
let run = null;

/** @param {MessageEvent<Asked>} event */
onmessage = ({ data: asked }) => {
  if (asked.ask === "open") open(asked);
  else if (asked.ask === "show") run?.show(asked.weights);
  else if (asked.ask === "run") run?.run(asked.pause);
  else if (asked.ask === "pause") run?.pause();
  else run?.step();
};

/** @param {Open} asked */
async function open(asked) {
  run?.end();
  run = null;
  try {
    run = new Run(asked, await (digits ??= fetchDigits(DIGITS)));
    run.begin();
  } catch (error) {
    digits = null;
    console.error(error);
    const reason = error instanceof DigitsError ? error.reason : "worker";
    tell({ tell: "failed", reason, run: asked.run });
  }
}

/** @param {Told} told @param {Transferable[]} [transfer] */
function tell(told, transfer = []) {
  postMessage(told, { transfer });
}

const channel = new MessageChannel();

/** Let messages in, and let time pass. @param {number} ms */
function turn(ms) {
  if (ms > 0) return new Promise((done) => setTimeout(done, ms));
  return new Promise((done) => { // at once, where a timer of 0 ms would take 4
    channel.port1.onmessage = done;
    channel.port2.postMessage(null);
  });
}
