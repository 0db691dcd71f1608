// One network, trained from few digits, and again with a remedy: each in a worker, on this machine.

/**
 * @import { Reason } from "../../../engine/digits.js"
 * @import { Plan } from "../../../train/plan.js"
 * @import { Asked, Point, Shown, Told } from "../../../train/worker.js"
 */

import { Network } from "../../../engine/network.js";
import { CLASSES } from "../../../train/card.js";
import { unflatten } from "../../../train/flat.js";
import { architectureOf, PRESETS } from "../../../train/plan.js";

export const FEW = PRESETS["few-digits"].digits;
export const MANY = 5000;
export const HELD_OUT = 1000; // that weights/digits.bin has
export const SEEN = 15_000; // digits that each trial learns from, the same ones again and again
export const KNOWN = 300; // digits that it learns from, of which training accuracy is measured

// With shorter steps than the bench's: long ones unlearn the digits that were known already.
/** @type {Plan} */
const PLAN = {
  ...PRESETS["few-digits"],
  ...{ optimizer: "sgd", rate: 0.02, batch: 32, smoothing: 0, average: true },
};

/** What each trial changes, by its name. @satisfies {Record<string, Partial<Plan>>} */
const REMEDIES = {
  plain: {},
  dropout: { dropout: PRESETS["few-digits-dropout"].dropout },
  jitter: { jitter: true },
  digits: { digits: MANY },
};

/**
 * A moment of a trial, as the curves draw it. trained, loss: of up to KNOWN of the digits that it
 * learns from; heldOut, heldOutLoss: of those from which it never does; all read as they are, without
 * dropout.
 *
 * @typedef {{ seen: number, seconds: number, trained: number, loss: number, heldOut: number,
 *   heldOutLoss: number }} Moment
 */

/**
 * over: it has seen its SEEN digits, or was given up for another.
 *
 * @typedef {object} Trial
 * @property {keyof typeof REMEDIES} name
 * @property {Plan} plan
 * @property {Moment[]} moments
 * @property {"new" | "training" | "paused" | "over"} phase
 * @property {Network | null} network with the weights that it has come to; null: it is training
 */

export class Trials {
  /** @type {Trial[]} */
  all = Object.entries(REMEDIES).map(([name, remedy]) => ({
    name: /** @type {keyof typeof REMEDIES} */ (name),
    plan: { ...PLAN, ...remedy },
    moments: [],
    phase: "new",
    network: null,
  }));
  /** those that were begun, the newest last @type {Trial[]} */
  begun = [];
  /** why training has stopped by itself @type {"worker" | Reason | null} */
  reason = null;
  /** called whenever something has changed */
  onchange = () => {};

  #url;
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Trial | null} the one that the worker has */
  #current = null;
  /** @type {Network | null} its own, once the worker has begun */
  #network = null;
  #number = 0; // of the worker's runs

  /** @param {URL} url of the worker */
  constructor(url) {
    this.#url = url;
  }

  get isTraining() {
    return this.#current?.phase === "training";
  }

  /** Begin, or go on; what is over begins anew, from other random weights. @param {Trial} trial */
  start(trial) {
    this.pause();
    this.reason = null;
    if (trial === this.#current && trial.phase === "paused" && this.#network) {
      Object.assign(trial, { phase: "training", network: null });
      this.#ask({ ask: "run", pause: 0 });
    } else this.#begin(trial);
    this.onchange();
  }

  /** @param {Trial} trial */
  #begin(trial) {
    if (this.#current?.phase === "paused") this.#current.phase = "over";
    if (trial.phase === "over") trial.plan = { ...trial.plan, seed: trial.plan.seed + 1 };
    Object.assign(trial, { moments: [], phase: "training", network: null });
    this.begun = [...this.begun.filter((other) => other !== trial), trial];
    this.#current = trial;
    this.#network = null;
    this.#ask({
      ...{ ask: "open", run: ++this.#number, plan: trial.plan, known: KNOWN },
      architecture: architectureOf(trial.plan),
      own: { digits: new Uint8Array(), labels: new Uint8Array() },
    });
  }

  pause() {
    if (!this.#current || !this.isTraining) return;
    this.#current.phase = "paused";
    this.#ask({ ask: "pause" });
    this.onchange();
  }

  /** @param {Asked} asked */
  #ask(asked) {
    if (!this.#worker) {
      this.#worker = new Worker(this.#url, { type: "module" });
      this.#worker.onmessage = ({ data }) => this.#hear(data);
      this.#worker.onerror = ({ message }) => {
        console.error(message);
        this.#fail("worker");
      };
    }
    this.#worker.postMessage(asked);
  }

  /** @param {Told} told */
  #hear(told) {
    const trial = this.#current;
    if (!trial || told.run !== this.#number) return; // of one that was given up
    if (told.tell === "failed") this.#fail(told.reason === "diverged" ? "worker" : told.reason);
    else if (told.tell === "opened") {
      const architecture = architectureOf(trial.plan);
      this.#network = new Network({ architecture, classes: CLASSES }, told.tensors);
      if (trial.phase === "training") this.#ask({ ask: "run", pause: 0 });
    } else if (told.tell === "point") this.#add(trial, told.point);
    else if (told.tell === "shown") this.#take(trial, told);
    this.onchange();
  }

  /** @param {Trial} trial @param {Point} point */
  #add(trial, { seen, seconds, known, heldOut, heldOutLoss }) {
    if (!known) return;
    const { right: trained, loss } = known;
    trial.moments.push({ seen, seconds, trained, loss, heldOut, heldOutLoss });
    if (seen >= SEEN && trial.phase === "training") this.#ask({ ask: "pause" });
  }

  /** The weights after a pause, which were measured. @param {Trial} trial @param {Shown} shown */
  #take(trial, { weights, seen }) {
    if (!this.#network) return;
    unflatten(weights, this.#network.tensors);
    this.#network.renew();
    if (seen >= SEEN) trial.phase = "over";
    if (trial.phase !== "training") trial.network = this.#network;
  }

  /** The next trial has another worker. @param {NonNullable<Trials["reason"]>} reason */
  #fail(reason) {
    this.#worker?.terminate();
    this.#worker = null;
    if (this.#current) this.#current.phase = this.#current.moments.length > 1 ? "over" : "new";
    this.#current = null;
    this.begun = this.begun.filter(({ phase }) => phase !== "new");
    this.reason = reason;
    this.onchange();
  }
}
