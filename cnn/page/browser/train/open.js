// A run as a file, and a file as a run: weights with their card are checked before anything is done
// with them, whoever wrote them.

/**
 * @import { Tensors } from "../engine/safetensors.js"
 * @import { Spec } from "../engine/layers/layer.js"
 * @import { Keys } from "../words/words.d.ts"
 * @import { Plan } from "./plan.js"
 * @import { Point } from "./worker.js"
 */

import { Network } from "../engine/network.js";
import { readSafetensors, sizeOf, WeightsError } from "../engine/safetensors.js";
import { CLASSES } from "./card.js";
import { architectureOf, DEFAULT } from "./plan.js";
import { sha256 } from "./sha256.js";
import { writeSafetensors } from "./write.js";

const MB = 2 ** 20; // bytes
const MAX_BYTES = 16 * MB; // of a weights file, as in cnn/model.py
const MAX_POINTS = 10_000; // of a run's curves
const MAX_NAME = 60; // characters

/**
 * A network and how it learned. points: none where it was not trained here.
 *
 * @typedef {object} Run
 * @property {string} name
 * @property {Plan} plan
 * @property {Point[]} points
 * @property {Record<string, any>} card
 * @property {Tensors} tensors
 * @property {number} seen digits
 * @property {number} seconds
 */

/** What cannot be opened: the word says why, and what to do. */
export class OpenError extends Error {
  /**
   * @param {Keys["train/keep"]} word
   * @param {Record<string, string | number>} [values]
   */
  constructor(word, values = {}) {
    super(word);
    this.name = "OpenError";
    this.word = word;
    this.values = values;
  }
}

/** @param {Run} run @returns {Blob} a safetensors file */
export function fileOf({ name, points, card, tensors }) {
  const metadata = { name, points: JSON.stringify(points) };
  return new Blob([writeSafetensors(card, tensors, metadata)]);
}

/** What a run's file is called. @param {string} name of the run */
export function fileName(name) {
  const plain = name.replaceAll(/[^\p{L}\p{N}.]+/gu, "-").replaceAll(/^-|-$/g, "");
  return `${plain || "network"}.safetensors`;
}

/**
 * The run in a file. Rejects with an OpenError for a file that holds none.
 *
 * @param {File} file
 * @returns {Promise<Run>}
 */
export async function openFile(file) {
  if (file.size > MAX_BYTES) {
    throw new OpenError("open.too_large", { n: Math.ceil(file.size / MB), most: MAX_BYTES / MB });
  }
  const buffer = await file.arrayBuffer().catch(() => {
    throw new OpenError("open.unreadable");
  });
  const { card, metadata, tensors } = opened(() => readSafetensors(buffer));
  const isOurs = card.trained_in === "browser";
  const run = checkedRun({
    name: metadata.name ?? file.name.replace(/\.safetensors$/, ""),
    plan: card.plan,
    points: parsed(metadata.points),
    card,
    tensors,
    seen: isOurs ? card.seen : 0,
    seconds: isOurs ? card.seconds : 0,
  });
  const start = 8 + Number(new DataView(buffer).getBigUint64(0, true)); // of the tensors' bytes
  if ("sha256" in card && sha256(new Uint8Array(buffer, start)) !== card.sha256) {
    throw new OpenError("open.damaged");
  }
  return run;
}

/**
 * A run of unknown origin, made sure of: the network can be shown and trained. Throws an OpenError.
 *
 * @param {any} run
 * @returns {Run}
 */
export function checkedRun({ name, plan, points, card, tensors, seen, seconds }) {
  const network = opened(() => new Network(card, tensors));
  if (network.classes.join() !== CLASSES.join()) {
    throw new OpenError("open.classes", { classes: network.classes.join(", ") });
  }
  if (!isCard(card)) throw new OpenError("open.unfit");
  for (const { shape, data } of network.tensors.values()) {
    if (data.length !== sizeOf(shape)) throw new OpenError("open.unfit");
    if (!data.every(Number.isFinite)) throw new OpenError("open.not_finite");
  }
  return {
    name: `${name}`.slice(0, MAX_NAME),
    plan: planOf(network.stages, plan),
    points: Array.isArray(points) && points.length <= MAX_POINTS ? points.filter(isPoint) : [],
    card,
    tensors: network.tensors,
    seen: isCount(seen) ? seen : 0,
    seconds: isCount(seconds) ? seconds : 0,
  };
}

/**
 * The plan that makes this network; one that came with it if it does, or else, for what train.py
 * trained, one that differs from the first in nothing but the layers.
 *
 * @param {Spec[]} stages
 * @param {any} given
 * @returns {Plan}
 */
function planOf(stages, given) {
  const plan = [given, planFrom(stages)].find((each) => isPlanOf(each, stages));
  if (!plan) throw new OpenError("open.not_built");
  return plan;
}

/** @param {Spec[]} stages @returns {any} */
function planFrom(stages) {
  const kinds = new Map(stages.map((stage) => [stage.kind, stage]));
  const convolutions = stages.filter(({ kind }) => kind === "Conv2d");
  return {
    ...DEFAULT,
    network: convolutions.length ? "cnn" : "mlp",
    convolutions: convolutions.map(({ out_channels, kernel_size, stride, padding }) => ({
      kernels: out_channels,
      size: kernel_size?.[0],
      stride: stride?.[0],
      padding: padding?.[0],
    })),
    pooling: kinds.has("AvgPool2d") ? "average" : kinds.has("MaxPool2d") ? "max" : "none",
    activation: kinds.has("ReLU") ? "relu" : "none",
    hidden: stages.find(({ kind }) => kind === "Linear")?.out_features,
    dropout: kinds.get("Dropout")?.p ?? 0,
  };
}

/** @param {any} plan @param {Spec[]} stages */
function isPlanOf(plan, stages) {
  try {
    return sorted(architectureOf(plan)) === sorted(stages);
  } catch {
    return false;
  }
}

/** JSON that does not depend on the order of names. @param {Spec[]} stages */
const sorted = (stages) => JSON.stringify(stages.map((stage) => Object.entries(stage).sort()));

/** @type {Record<string, Keys["train/keep"]>} */
const REASONS = {
  not_safetensors: "open.not_safetensors",
  cut: "open.cut",
  unfit: "open.unfit",
};

/**
 * @template Result
 * @param {() => Result} open
 */
function opened(open) {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    throw new OpenError(REASONS[error.reason]);
  }
}

/** @param {string | undefined} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
}

/** @param {unknown} value @returns {value is number} */
const isCount = (value) => typeof value === "number" && value >= 0 && value < Infinity;

/** @param {any} point */
function isPoint(point) {
  const { seen, seconds, loss, trained, heldOut, heldOutLoss } = Object(point);
  return [seen, seconds, loss ?? 0, trained ?? 0, heldOut, heldOutLoss].every(isCount);
}

/** Whether the page can show what the card says. @param {Record<string, any>} card */
function isCard({ threshold, parameters = 1, mnist = 0, training_set = {}, date = "2000-01-01" }) {
  return isCount(threshold) && threshold <= 1 && isCount(parameters) && isCount(mnist) &&
    Object(training_set) === training_set && Object.values(training_set).every(isCount) &&
    /^\d{4}-\d\d-\d\d$/.test(date);
}
