// One network in training, as the page shows it: what is asked of the worker, and what it tells.

/**
 * @import { Reason } from "../engine/digits.js"
 * @import { Spec } from "../engine/layers/layer.js"
 * @import { Words } from "../shared/i18n.js"
 * @import { LoadedNetwork } from "../shared/readings.js"
 * @import { Counts } from "./batches.js"
 * @import { Run } from "./open.js"
 * @import { Plan } from "./plan.js"
 * @import { Keys } from "../words/words.d.ts"
 * @import { Asked, Begun, Look, Misread, Opened, Point, Shown, Told } from "./worker.js"
 */

import { wordsOf } from "../shared/i18n.js";
import { percent } from "../shared/numbers.js";
import { loadedOf, scalesOf } from "../shared/readings.js";
import { store } from "../shared/store.js";
import { unflatten } from "./flat.js";
import { ownDigits } from "./own.js";
import { architectureOf, countsOf, DEFAULT } from "./plan.js";
import { MAX_KEPT } from "./runs.js";

import examples from "../shared/examples.json" with { type: "json" };

/**
 * idle: nothing was trained yet.
 *
 * @typedef {"idle" | "training" | "paused"} Phase
 */

/**
 * What a run begins from. finetuned_from: the sha256 of the weights that train.py trained; watched: a
 * digit (784) that is read after each step.
 *
 * @typedef {{ architecture: Spec[], begun?: Begun, finetuned_from?: string | null,
 *   watched?: Float32Array }} From
 */

const WORKER = new URL("./worker.js", import.meta.url);
const PAUSES = [1000, 250, 50, 0]; // ms between steps, from slow to fast
const RESCALE_EVERY = 10; // paintings of the weights
const RATE_OVER = 1; // seconds over which digits a second are counted

export class Session {
  /** what is trained, or will be @type {Plan} */
  plan = DEFAULT;
  /** @type {Phase} */
  phase = "idle";
  /** why training has stopped by itself @type {"diverged" | Reason | "worker" | null} */
  reason = null;
  /** @type {Point[]} */
  points = [];
  seen = 0; // digits
  seconds = 0;
  epoch = 0;
  rate = 0; // digits a second
  /** @type {Misread[]} the first of the held-out digits that were misread */
  misread = [];
  /** @type {number[][]} of the held-out digits: row by row the digits, and what they were read as */
  confusion = [];
  /** the runs that this one is compared with @type {Run[]} */
  kept = [];
  /** what a digit that is watched was read as since the weights before @type {Look[]} */
  looks = [];
  /** @type {LoadedNetwork | null} the network in training */
  loaded = null;
  /** what an epoch learns from @type {Counts} */
  counts = { mnist: 0, synthetic: 0, own: 0 };

  #worker = new Worker(WORKER, { type: "module" });
  #run = 0; // the number of the newest
  /** @type {{ done: (opened: Opened) => void, failed: (reason: unknown) => void } | null} */
  #opening = null;
  /** @type {Promise<boolean> | null} whether the run could be begun that is about to be */
  #pending = null;
  /** @type {LoadedNetwork | null} the network that the page came with */
  #trained = null;
  #speed = PAUSES.length - 1;
  /** @type {Float32Array | null} for the weights, while it is here and not with the worker */
  #buffer = null;
  #isAwaited = false; // whether the worker was asked for its weights
  #weightsOf = -1; // how many digits the weights that are here have seen
  /** @type {(() => void)[]} */
  #settling = [];
  #isSkipped = false; // whether they were not asked for in the last frame
  #painted = 0; // how many times the weights were shown
  /** @type {{ seen: number, seconds: number }[]} the newest, for the digits a second */
  #recent = [];
  /** @type {(() => void)[]} */
  #listeners = [];

  constructor() {
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => {
      console.error(event.message);
      this.#fail("worker");
    };
    store.subscribe("lesson", (step) => step !== null && this.pause());
  }

  /** @param {() => void} listener called whenever one of the fields has changed */
  onchange(listener) {
    this.#listeners.push(listener);
    listener();
  }

  /** Whether the page shows the network in training. */
  get isShown() {
    return this.loaded !== null && store.get("network") === this.loaded;
  }

  /** The network that the page came with. */
  get trained() {
    return this.#trained ?? store.get("network");
  }

  /** The share of held-out digits that was read right when it was last measured; null: never yet. */
  get heldOut() {
    return this.points.at(-1)?.heldOut ?? null;
  }

  get isSlowest() {
    return this.#speed === 0;
  }

  get isFastest() {
    return this.#speed === PAUSES.length - 1;
  }

  /** Go on, or begin; nothing happens while it trains. */
  async start() {
    if (this.phase === "training") return;
    if (!this.loaded && !await (this.#pending ?? this.#open(this.plan))) return;
    this.show();
    this.phase = "training";
    this.#recent = [];
    this.#ask({ ask: "run", pause: PAUSES[this.#speed] });
    this.#changed();
    this.#follow();
  }

  /**
   * Train what this plan says, from random weights.
   *
   * @param {Partial<Plan>} changes of what is trained by default
   * @param {Float32Array} [watched] a digit (784) that is read after each step
   */
  async startWith(changes, watched) {
    const plan = { ...DEFAULT, ...changes };
    const architecture = architectureOf(plan);
    if (await this.#open(plan, { architecture, watched })) await this.start();
  }

  /** From random weights again. */
  startOver() {
    return this.startWith(this.plan);
  }

  /** Make one step, and stop. */
  async step() {
    if (!this.loaded && !await (this.#pending ?? this.#open(this.plan))) return;
    this.show();
    this.phase = "paused";
    this.#ask({ ask: "step" });
    this.#changed();
  }

  pause() {
    if (this.phase !== "training") return;
    this.phase = "paused";
    this.#ask({ ask: "pause" });
    this.#changed();
  }

  slower() {
    this.#pace(this.#speed - 1);
  }

  faster() {
    this.#pace(this.#speed + 1);
  }

  /** Have the page show the network in training. */
  show() {
    if (this.loaded && !this.isShown) store.set("network", this.loaded);
  }

  /** Back to the network that the page came with; the other waits. */
  leave() {
    this.pause();
    if (this.#trained) store.set("network", this.#trained);
    this.#changed();
  }

  /** Pause, and wait until weights, figures and curves are of the same moment. */
  async settle() {
    this.pause();
    if (this.#isSettled) return;
    this.#ask({ ask: "pause" });
    await new Promise((done) => this.#settling.push(() => done(undefined)));
  }

  get #isSettled() {
    const isLost = !this.loaded || (this.reason !== null && this.reason !== "diverged");
    return isLost || this.points.at(-1)?.seen === this.#weightsOf;
  }

  /** Compare with the runs that an earlier visit kept. @param {Run[]} kept */
  takeUp(kept) {
    this.kept = kept;
    this.#changed();
  }

  /** Keep the run as it is: the next ones are compared with it. @param {string} name */
  keep(name) {
    const run = this.run(name);
    if (run) this.kept = [...this.kept, run];
    this.#changed();
  }

  /** Keep the run, for another is to take its place; whether there was room for it. */
  async putAside() {
    await this.settle();
    if (!this.seen || this.kept.some((each) => isNow(each, this))) return true;
    if (this.kept.length >= MAX_KEPT) return false;
    this.keep(nameFor(this));
    return true;
  }

  /** @param {Run} run to be compared with no longer */
  forget(run) {
    this.kept = this.kept.filter((other) => other !== run);
    this.#changed();
  }

  /** The run as it is now; null: there is none. @param {string} name @returns {Run | null} */
  run(name) {
    if (!this.loaded) return null;
    const { plan, points, seen, seconds, loaded: { card, tensors } } = this;
    const copies = new Map(
      Array.from(tensors, ([key, { shape, data }]) => [key, { shape, data: data.slice() }]),
    );
    return { name, plan, points, card, tensors: copies, seen, seconds };
  }

  /** Show a run that was kept or saved; it can go on. @param {Omit<Run, "name">} run */
  async openRun(run) {
    await this.resume(run);
    this.show();
  }

  /** The same, while the page goes on showing what it shows. @param {Omit<Run, "name">} run */
  async resume({ plan, points, card, tensors, seen, seconds }) {
    const { architecture, sha256, trained_in, finetuned_from = trained_in ? null : sha256 } = card;
    const from = { architecture, begun: { tensors, seen, seconds }, finetuned_from };
    if (!await this.#open(plan, from)) return;
    this.points = points;
    this.phase = "paused";
    this.#changed();
  }

  /**
   * Have the worker begin a run; whether it did.
   *
   * @param {Plan} plan
   * @param {From} [from] default: random weights
   */
  #open(plan, from = { architecture: architectureOf(plan) }) {
    const opening = this.#load(plan, from).finally(() => {
      if (this.#pending === opening) this.#pending = null;
    });
    return this.#pending = opening;
  }

  /** @param {Plan} plan @param {From} from */
  async #load(plan, { architecture, begun, finetuned_from, watched }) {
    const own = await ownDigits();
    const run = ++this.#run;
    this.#opening?.failed(null); // it is given up
    Object.assign(this, { plan, phase: "idle", reason: null, points: [], misread: [], rate: 0 });
    Object.assign(this, { confusion: [], epoch: 0, seen: 0, seconds: 0, ...begun });
    this.#buffer = null;
    this.#isAwaited = false;
    this.#weightsOf = -1;
    this.#ask({ ask: "open", run, plan, architecture, own, begun, watched });
    this.#changed();
    try {
      /** @type {Opened} */
      const { tensors, counts } = await new Promise((done, failed) =>
        this.#opening = { done, failed }
      );
      if (run !== this.#run) return false; // another was asked for meanwhile
      this.#trained ??= store.get("network");
      const { classes, threshold } = this.#trained?.card ?? {};
      const parameters = countsOf(architecture).parameters;
      const card = { classes, threshold, architecture, parameters, trained_in: "browser" };
      if (finetuned_from) Object.assign(card, { finetuned_from });
      this.loaded = loadedOf({ card, metadata: {}, tensors }, examples);
      this.counts = counts;
      this.epoch = this.seen / Object.values(counts).reduce((sum, n) => sum + n, 0);
      this.#weightsOf = begun?.seen ?? 0;
      return true;
    } catch {
      return false;
    }
  }

  /** While it trains, ask for the weights once for each frame that is painted. */
  #follow() {
    if (this.phase !== "training") return;
    requestAnimationFrame(() => this.#follow());
    // While the pen draws, its ink has most of the frame: the weights take turns.
    this.#isSkipped = store.get("answer").drawing && !this.#isSkipped;
    if (!this.isShown || this.#isAwaited || this.#isSkipped) return;
    this.#isAwaited = true;
    const weights = this.#buffer;
    this.#buffer = null;
    this.#ask({ ask: "show", weights }, weights ? [weights.buffer] : []);
  }

  /** @param {Told} told */
  #hear(told) {
    if (told.run !== this.#run) return; // of a run that was given up
    if (told.tell === "failed") this.#fail(told.reason);
    else if (told.tell === "opened") this.#opening?.done(told);
    else if (told.tell === "point") {
      const { point, misread, confusion } = told;
      Object.assign(this, { misread, confusion, seen: point.seen, seconds: point.seconds });
      this.points = [...this.points.filter(({ seen }) => seen < point.seen), point];
    } else this.#take(told);
    this.#changed();
  }

  /** @param {Shown} shown */
  #take({ weights, seen, seconds, epoch, looks }) {
    this.#isAwaited = false;
    this.#buffer = weights;
    Object.assign(this, { seen, seconds, epoch, looks });
    this.#weightsOf = seen;
    const recent = [...this.#recent, { seen, seconds }];
    const old = recent.findLastIndex((each) => each.seconds <= seconds - RATE_OVER);
    this.#recent = recent.slice(Math.max(0, old));
    const [first] = this.#recent;
    if (seconds > first.seconds) this.rate = (seen - first.seen) / (seconds - first.seconds);
    if (!this.loaded) return;
    unflatten(weights, this.loaded.tensors);
    const { network } = this.loaded;
    network.renew();
    const isTime = this.#painted++ % RESCALE_EVERY === 0 || this.phase === "paused";
    if (isTime) this.loaded.scales = scalesOf(network, examples);
    if (this.isShown) store.set("weights", store.get("weights") + 1);
  }

  /** @param {NonNullable<Session["reason"]>} reason */
  #fail(reason) {
    this.phase = this.loaded ? "paused" : "idle";
    this.reason = reason;
    this.#opening?.failed(reason);
    this.#changed();
  }

  /** @param {number} speed an index of PAUSES */
  #pace(speed) {
    this.#speed = Math.max(0, Math.min(PAUSES.length - 1, speed));
    if (this.phase === "training") this.#ask({ ask: "run", pause: PAUSES[this.#speed] });
    this.#changed();
  }

  /** @param {Asked} asked @param {Transferable[]} [transfer] */
  #ask(asked, transfer = []) {
    this.#worker.postMessage(asked, transfer);
  }

  #changed() {
    for (const listener of this.#listeners) listener();
    if (this.#isSettled) { for (const done of this.#settling.splice(0)) done(); }
  }
}

/** @type {Words<Keys["train/keep"]>} */
const { t } = wordsOf("train/keep");

/**
 * Whether a run that is kept is the one that the session has now.
 *
 * @param {Run} run
 * @param {Session} session
 */
export const isNow = ({ seen, points }, session) =>
  seen === session.seen && points[points.length - 1]?.heldOut === session.heldOut;

/**
 * What no other run that is kept is called.
 *
 * @param {Pick<Session, "plan" | "heldOut" | "kept">} run
 */
export function nameFor({ plan, heldOut, kept }) {
  const name = t(`name.${plan.network}`, { percent: () => percent(heldOut ?? 0) });
  const taken = new Set(kept.map((run) => run.name));
  let n = 1;
  while (taken.has(n === 1 ? name : `${name} (${n})`)) n++;
  return n === 1 ? name : `${name} (${n})`;
}
