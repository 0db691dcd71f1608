// The run that made the weights, from its file: the network at moments of its training, as
// cnn/training/history.py took them.

/**
 * @import { Tensors } from "../../../engine/safetensors.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Context } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { Network } from "../../../engine/network.js";
import { argmax, probabilitiesOf } from "../../../engine/probabilities.js";
import { readSafetensors, WeightsError } from "../../../engine/safetensors.js";
import { endOf, Pixels } from "../../../shared/colors.js";
import { create } from "../../../shared/dom.js";
import { decimal, number, ofHundred, percent } from "../../../shared/numbers.js";
import { probBars } from "../../blocks/bars.js";
import { plot } from "../../blocks/plot.js";

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
 * Throws a WeightsError for a file that is not a history.
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
    // the error is thrown below
  }
  throw new WeightsError("unfit", "the file holds no history of a training");
}

/** The networks of a history, each built when it is first asked for. */
export class Networks {
  /** @type {(Network | undefined)[]} */
  #built = [];

  /** @param {Record<string, any>} card of the network @param {Moment[]} moments */
  constructor(card, moments) {
    this.card = card;
    this.moments = moments;
  }

  /** @param {number} index of a moment */
  at(index) {
    return this.#built[index] ??= new Network(this.card, this.moments[index].tensors);
  }

  /**
   * A probability for each class, at each moment.
   *
   * @param {Float32Array} digit
   */
  readings(digit) {
    return this.moments.map((_, index) => {
      const maps = this.at(index).run(digit);
      return probabilitiesOf(maps[maps.length - 1]);
    });
  }
}

/**
 * The first moment, counted from 0, from which on all read the digit as the last one does.
 *
 * @param {number[][]} readings the probabilities at each moment
 */
export function settledAt(readings) {
  const digits = readings.map(argmax);
  const last = digits[digits.length - 1];
  return digits.findLastIndex((digit) => digit !== last) + 1;
}

/**
 * At most four moments to choose from, from first to last; `right` replaces the one nearest to it.
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

// The loss and the accuracies while it learns, with a cursor at the moment that is shown.

const LOSS_DECIMALS = 3;
const HALF = 50; // percent
const ALL = 100;

/**
 * @param {Moment[]} moments
 * @param {Context<Keys["learning"]>} context
 * @param {(index: number) => void} onPoint
 */
export function chartsOf(moments, context, onPoint) {
  const guess = Math.log(context.loaded.network.classes.length); // the loss of equal guesses
  const element = create("div", { className: "charts" });
  const learning = moments.filter(({ temperature }) => temperature === null);
  const xs = learning.map((_, index) => index);
  const most = Math.max(guess, ...learning.map(({ loss }) => loss));
  const loss = plot({
    ...{ xs, xTicks: [], onPoint, series: ["loss"], y: { low: 0, high: most } },
    yTicks: [0, guess].map((at) => ({ at, text: () => decimal(at, 1) })),
  });
  const accuracy = plot({
    ...{ xs, xTicks: [], onPoint, series: ["held-out", "train"], y: { low: 0, high: ALL } },
    yTicks: [0, HALF, ALL].map((at) => ({ at, text: () => ofHundred(number(at)) })),
  });
  context.label(loss.element, "charts.loss");
  context.label(accuracy.element, "charts.accuracy");
  loss.paint([learning.map((moment) => moment.loss)]);
  accuracy.paint([learning.map((m) => m.held_out), learning.map((m) => m.train)]);

  /** @param {Keys["learning"]} word @param {string} className @param {(moment: Moment) => string} text */
  function factOf(word, className, text) {
    const fact = create("div", { className: `score ${className}` });
    const value = create("b", { className: "fact" });
    const name = create("span");
    context.say(name, word);
    fact.append(value, name);
    return { fact, value, text };
  }
  const ofLoss = factOf("loss", "loss", (moment) => decimal(moment.loss, LOSS_DECIMALS));
  const ofAccuracy = [
    factOf("held_out", "held-out", (moment) => share(moment.held_out)),
    factOf("train", "train", (moment) => share(moment.train)),
  ];
  element.append(
    chart([ofLoss.fact], loss.element),
    chart(ofAccuracy.map(({ fact }) => fact), accuracy.element),
  );
  return {
    element,
    /** @param {number} index of the moment that is shown */
    mark(index) {
      for (const lines of [loss, accuracy]) lines.mark(index in learning ? index : -1);
      for (const { value, text } of [ofLoss, ...ofAccuracy]) {
        value.textContent = text(moments[index]);
      }
    },
  };
}

/** @param {HTMLElement[]} facts @param {HTMLElement} picture */
function chart(facts, picture) {
  const element = create("div", { className: "chart" });
  const row = create("div", { className: "scores" });
  row.append(...facts);
  element.append(row, picture);
  return element;
}

/** @param {number} percent */
const share = (percent) => ofHundred(decimal(percent, 1));

// One moment of the training: the kernels, what they make of the digit, and the answer.

const MAPS_ACROSS = 8;

/**
 * The convolutions whose kernels and maps are shown. stage: the stage whose maps are shown, the
 * ReLU after the convolution if there is one. scale: the largest weight of all moments, so that a
 * weak kernel looks weak.
 *
 * @typedef {{ name: string, shape: number[], maps: number[], stage: number, scale: number }} Layer
 */

/**
 * @param {LoadedNetwork["network"]} network
 * @param {Moment[]} moments
 * @returns {Layer[]}
 */
export function layersOf({ stages }, moments) {
  return stages.flatMap(({ name, kind, shape }, index) => {
    const weights = moments.map(({ tensors }) => tensors.get(`${name}.weight`));
    if (kind !== "Conv2d" || !weights[0]) return [];
    const scale = Math.max(...weights.map((weight) => largest(weight?.data ?? [])));
    const stage = stages[index + 1]?.kind === "ReLU" ? index + 1 : index;
    return [{ name, shape: weights[0].shape, maps: shape, stage, scale: scale || 1 }];
  });
}

/** The largest absolute value. @param {ArrayLike<number>} values */
function largest(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

/**
 * title: the caller fills it in. paint: with the tensors of a moment, and the maps of each
 * stage; null: nothing is drawn.
 *
 * @typedef {object} MomentView
 * @property {HTMLElement} element
 * @property {HTMLElement} title
 * @property {(tensors: Tensors, maps: Float32Array[] | null) => void} paint
 */

/**
 * @param {Layer[]} layers
 * @param {number[]} scales of the network's stages
 * @param {Context<Keys["learning"]>} context
 * @returns {MomentView}
 */
export function momentView(layers, scales, context) {
  const element = create("section", { className: "moment" });
  const title = create("h3");
  const head = create("header", { className: "read" });
  const digit = create("b", { className: "digit" });
  const sure = create("span", { className: "sure" });
  const { classes } = context.loaded.network;
  const bars = probBars(classes);
  const pictures = layers.map(({ name, shape, maps, stage, scale }) => {
    const [count, channels, height, width] = shape;
    const across = Math.min(count, MAPS_ACROSS);
    const down = Math.ceil(count / across);
    const given = new Tiles({ across, down, height: maps[1], width: maps[2], gap: 2 });
    // With one channel each, a kernel stands above its map. Kernels with more channels are not
    // shown.
    const kernels = channels === 1 ? new Tiles({ across, down, height, width, gap: 1 }) : null;
    const figure = create("figure");
    const caption = create("figcaption");
    context.say(caption, kernels ? "kernels" : "maps", { layer: name });
    figure.append(caption, ...kernels ? [kernels.canvas] : [], given.canvas);
    return { figure, kernels, given, name, stage, scale };
  });
  const figures = create("div", { className: "pictures" });
  figures.append(...pictures.map(({ figure }) => figure));
  head.append(title, digit, sure);
  element.append(head, figures, bars.element);
  return {
    element,
    title,
    paint(tensors, maps) {
      for (const { kernels, given, name, stage, scale } of pictures) {
        kernels?.paint(tensors.get(`${name}.weight`)?.data ?? [], scale);
        const values = maps?.[stage] ?? [];
        given.paint(values, endOf(values, scales[stage]) || 1);
      }
      const probs = maps && probabilitiesOf(maps[maps.length - 1]);
      const read = probs ? argmax(probs) : -1;
      digit.textContent = probs ? classes[read] : "–";
      sure.textContent = probs ? percent(probs[read]) : "";
      bars.paint(probs);
    },
  };
}

/** Small pictures beside and below each other on one canvas, with empty gaps between them. */
class Tiles {
  #pixels;
  #values;
  /** for each value the pixel that shows it @type {number[]} */
  #places;
  #size;

  /**
   * @param {object} size
   * @param {number} size.across tiles beside each other
   * @param {number} size.down
   * @param {number} size.height of a tile
   * @param {number} size.width
   * @param {number} size.gap
   */
  constructor(size) {
    const { across, down, height, width, gap } = size;
    const wide = across * (width + gap) - gap;
    this.#size = size;
    this.#pixels = new Pixels(wide, down * (height + gap) - gap);
    this.#values = new Float32Array(this.#pixels.canvas.width * this.#pixels.canvas.height);
    this.#places = Array.from({ length: across * down * height * width }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width) % height];
      const tile = Math.floor(i / (width * height));
      const [row, column] = [Math.floor(tile / across), tile % across];
      return (row * (height + gap) + y) * wide + column * (width + gap) + x;
    });
  }

  get canvas() {
    return this.#pixels.canvas;
  }

  /**
   * @param {ArrayLike<number>} values tile after tile, each row by row; none: zeros
   * @param {number} scale above 0
   */
  paint(values, scale) {
    this.#places.forEach((place, i) => this.#values[place] = values[i] ?? 0);
    this.#pixels.paint(this.#values, scale);
    const { across, down, height, width, gap } = this.#size;
    const { context, canvas } = this.#pixels;
    for (let column = 1; column < across; column++) {
      context.clearRect(column * (width + gap) - gap, 0, gap, canvas.height);
    }
    for (let row = 1; row < down; row++) {
      context.clearRect(0, row * (height + gap) - gap, canvas.width, gap);
    }
  }
}
