// The card of a network that was trained here, as train.py writes one: cnn/card.py says what it may
// hold, cnn/training/card.py what that means.

/**
 * @import { Tensors } from "../engine/safetensors.js"
 * @import { Counts } from "./batches.js"
 * @import { Plan } from "./plan.js"
 */

export const CLASSES = [..."0123456789"];

/**
 * A network in training, and what its run knows of it.
 *
 * @typedef {object} Trained
 * @property {Plan} plan what was trained and how; all of it goes into the card
 * @property {Tensors} tensors
 * @property {Counts} counts how many digits of each kind an epoch learns from
 * @property {number} seen digits, one after the other
 * @property {number} seconds
 * @property {number} epoch whole ones; 0 is left out
 * @property {number | null} heldOut the share of the page's held-out digits that was read right at
 *   the last evaluation; null: there was none yet
 * @property {Record<string, any>} card of the network as it is shown: its architecture; its threshold,
 *   the least confidence at which the page stands by its answer; finetuned_from: the sha256 of the
 *   weights that it began with, if these were not trained here
 */

/**
 * The card but its sha256, which comes with the file.
 *
 * held_out: percent of the page's own held-out digits read right, which are MNIST's test digits;
 * held_out_mnist and mnist, measured on more, are train.py's alone.
 *
 * @param {Trained} trained
 * @returns {Record<string, any>}
 */
export function cardOf(trained) {
  const { plan, tensors, counts, seen, seconds, epoch, heldOut, card } = trained;
  const { architecture, threshold, finetuned_from } = card;
  return {
    model: nameOf(plan),
    parameters: parametersOf(tensors),
    classes: CLASSES,
    date: new Date().toISOString().slice(0, 10),
    trained_in: "browser",
    training_set: counts,
    label_smoothing: plan.smoothing,
    plan,
    seed: plan.seed,
    ...(finetuned_from && { finetuned_from }),
    ...(epoch >= 1 && { epoch: Math.floor(epoch) }),
    seen,
    seconds: Math.round(seconds),
    ...(heldOut !== null && { held_out: Number((100 * heldOut).toFixed(2)) }),
    threshold,
    architecture,
  };
}

/** As cnn/model.py calls it; what the reader built otherwise is a "cnn". @param {Plan} plan */
function nameOf({ network, convolutions, pooling, activation, hidden }) {
  if (network === "mlp") return "mlp";
  const sizes = convolutions.map(({ kernels, size, stride, padding }) =>
    `${kernels} ${size} ${stride} ${padding}`
  );
  const isArticles = sizes.join() === "8 3 1 1,16 3 1 1" && pooling === "max" &&
    activation === "relu" && hidden === 128;
  return isArticles ? "convnet" : "cnn";
}

/** How many numbers were learned; what a batch norm counts is not. @param {Tensors} tensors */
const parametersOf = (tensors) =>
  Array.from(tensors).reduce(
    (sum, [name, { data }]) => sum + (name.includes(".running_") ? 0 : data.length),
    0,
  );
