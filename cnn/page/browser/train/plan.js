// What can be built and trained here: a plan, plain JSON, and the network that it describes.

/**
 * @import { OPTIMIZERS } from "../engine/optimizers.js"
 * @import { Spec } from "../engine/layers/layer.js"
 * @import { WordValues } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { sizeOf } from "../engine/safetensors.js";
import { PIXELS } from "../engine/strokes.js";
import { layersOf } from "../shared/costs.js";

/** @typedef {{ kernels: number, size: number, stride: number, padding: number }} Convolution */

/**
 * @typedef {object} Plan
 * @property {"cnn" | "mlp"} network
 * @property {Convolution[]} convolutions one or two; none in an MLP
 * @property {"max" | "average" | "none"} pooling 2 x 2, after each convolution
 * @property {"relu" | "none"} activation after each convolution and after fc1
 * @property {number} hidden the neurons of fc1
 * @property {number} dropout the share that is dropped at a step
 * @property {keyof typeof OPTIMIZERS} optimizer
 * @property {number} rate
 * @property {number} batch digits at a step
 * @property {number} smoothing the share of a label that belongs to all classes alike
 * @property {boolean} average whether the network that is shown is the average of the weights of its
 *   steps, which reads better than the newest
 * @property {boolean} jitter each digit turned, scaled and moved a little, anew each time
 * @property {number} digits of MNIST's training set
 * @property {boolean} synthetic whether synthetic pen digits are learned from as well
 * @property {boolean} own the same for the reader's own digits
 * @property {number} seed
 */

/** A plan that makes no network here: the word says why and what to do, in train/build.json. */
export class PlanError extends Error {
  /** @param {Keys["train/build"]} word @param {WordValues} values */
  constructor(word, values) {
    super(word);
    this.name = "PlanError";
    this.word = word;
    this.values = values;
  }
}

const CLASSES = 10;
const [MEAN, STD] = [0.1307, 0.3081]; // of MNIST's pixels, as cnn/model.py has them
const POOL = 2; // the side of a pooling's window, and its stride

/** What a plan's numbers may be: least, most. More could be neither shown nor trained in time. */
export const BOUNDS = {
  kernels: [1, 32],
  size: [1, 7],
  stride: [1, 3],
  padding: [0, 3],
  hidden: [1, 512],
  dropout: [0, 0.9],
  rate: [1e-5, 10],
  batch: [1, 256],
  smoothing: [0, 0.5],
  digits: [10, 5000],
  seed: [0, 2 ** 31],
};
const FRACTIONS = ["dropout", "rate", "smoothing"]; // all others are whole numbers
const MAX_CONVOLUTIONS = 2;
const CHOICES = /** @type {const} */ ({
  network: ["cnn", "mlp"],
  pooling: ["max", "average", "none"],
  activation: ["relu", "none"],
  optimizer: ["sgd", "adam", "muon"],
});

// 8 MB of weights, which go to the page as it paints; and about 100 digits a second.
export const MAX_PARAMETERS = 2_000_000;
export const MAX_MULTIPLICATIONS = 10_000_000;

/** @type {Convolution} */
const FIRST = { kernels: 8, size: 3, stride: 1, padding: 1 };
/** @type {Convolution} */
export const SECOND = { ...FIRST, kernels: 16 };

/**
 * The article's ConvNet. With the average of the weights, the page's own engine reads 98 % of MNIST's
 * test digits after 9,600 digits, and 98.5 % after 25,600 (medians of three seeds). Without it, and
 * from 10,240 digits of 5,000 of MNIST's, PyTorch reads with Muon at this rate 98.1 %, with Adam at
 * 0.003 and 0.005 96.9 and 96.6, with SGD at 0.01, 0.02 and 0.05 96.2, 96.9 and 93.6 (seed 0).
 *
 * @type {Plan}
 */
export const DEFAULT = {
  network: "cnn",
  convolutions: [FIRST, SECOND],
  pooling: "max",
  activation: "relu",
  hidden: 128,
  dropout: 0.1,
  optimizer: "muon",
  rate: 0.02,
  batch: 32,
  smoothing: 0.05,
  average: true,
  jitter: true,
  digits: 5000,
  synthetic: true,
  own: true,
  seed: 0,
};

const FEW = { digits: 300, jitter: false, synthetic: false, own: false };

/** @satisfies {Record<string, Plan>} */
export const PRESETS = {
  convnet: DEFAULT,
  mlp: { ...DEFAULT, network: "mlp", convolutions: [], dropout: 0 },
  "no-relu": { ...DEFAULT, activation: "none" },
  "no-pooling": { ...DEFAULT, pooling: "none" },
  "one-convolution": { ...DEFAULT, convolutions: [FIRST] },
  "few-digits": { ...DEFAULT, ...FEW, dropout: 0 },
  "few-digits-dropout": { ...DEFAULT, ...FEW, dropout: 0.5 },
  "rate-too-high": { ...DEFAULT, rate: 10 * DEFAULT.rate },
};

/**
 * What the plan's network is made of, as `describe` of cnn/model.py says it.
 *
 * Throws a PlanError where it cannot be built, or not here.
 *
 * @param {Plan} plan
 * @returns {Spec[]}
 */
export function architectureOf(plan) {
  check(plan);
  const { convolutions, activation, hidden, dropout } = plan;
  const isMlp = plan.network === "mlp";
  /** @type {Spec[]} */
  const specs = [
    { name: "input", kind: "Normalize", mean: MEAN, std: STD, shape: [1, PIXELS, PIXELS] },
  ];
  const shapeNow = () => specs[specs.length - 1].shape;
  let activations = 0;
  function activate() {
    if (activation === "none") return;
    specs.push({ name: `relu${++activations}`, kind: "ReLU", shape: shapeNow() });
  }
  function drop() {
    specs.push({ name: "dropout", kind: "Dropout", p: dropout, shape: shapeNow() });
  }
  /** @param {string} name @param {number} features */
  function connect(name, features) {
    const [inputs] = shapeNow();
    const sizes = { in_features: inputs, out_features: features };
    specs.push({ name, kind: "Linear", ...sizes, shape: [features] });
  }

  convolutions.forEach((convolution, i) => {
    specs.push(convolved(`conv${i + 1}`, convolution, shapeNow()));
    activate();
    if (plan.pooling !== "none") specs.push(pooled(`pool${i + 1}`, plan.pooling, shapeNow()));
  });
  specs.push({ name: "flatten", kind: "Flatten", shape: [sizeOf(shapeNow())] });
  if (!isMlp) drop();
  connect("fc1", hidden);
  activate();
  if (isMlp && dropout > 0) drop(); // the article's has none; before fc1 it would drop pixels
  connect("fc2", CLASSES);
  specs.push({ name: "log_softmax", kind: "LogSoftmax", shape: [CLASSES] });

  const { parameters, multiplications } = countsOf(specs);
  if (parameters > MAX_PARAMETERS) {
    throw new PlanError("too-many.parameters", { count: parameters, most: MAX_PARAMETERS });
  }
  if (multiplications > MAX_MULTIPLICATIONS) {
    const values = { count: multiplications, most: MAX_MULTIPLICATIONS };
    throw new PlanError("too-many.multiplications", values);
  }
  return specs;
}

/**
 * What each layer with weights costs, and all of them.
 *
 * @param {Spec[]} specs
 */
export function countsOf(specs) {
  const layers = layersOf(specs);
  const [parameters, multiplications] = /** @type {const} */ (["parameters", "multiplications"])
    .map((kind) => layers.reduce((sum, layer) => sum + layer[kind], 0));
  return { layers, parameters, multiplications };
}

/**
 * Layers of which no window reaches some rows, and as many columns, of what they are given.
 *
 * @param {Spec[]} specs
 * @returns {{ layer: string, side: number, n: number }[]} side: how many rows there are; n: how many
 *   are not reached
 */
export function unreadOf(specs) {
  return specs.flatMap(({ name, shape, kernel_size, stride, padding }, i) => {
    if (!kernel_size || !stride || !padding) return [];
    const [, side] = specs[i - 1].shape;
    const reached = new Set();
    for (let place = 0; place < shape[1]; place++) {
      const start = place * stride[0] - padding[0];
      for (let row = Math.max(0, start); row < Math.min(side, start + kernel_size[0]); row++) {
        reached.add(row);
      }
    }
    const n = side - reached.size;
    return n > 0 ? [{ layer: name, side, n }] : [];
  });
}

/**
 * @param {string} name
 * @param {Convolution} convolution
 * @param {number[]} shape of what it is given
 * @returns {Spec}
 */
function convolved(name, { kernels, size, stride, padding }, [channels, side]) {
  const out = Math.floor((side - size + 2 * padding) / stride) + 1;
  if (out < 1) throw new PlanError("no-place", { layer: name, side, padding, size, stride, out });
  const windows = { kernel_size: square(size), stride: square(stride), padding: square(padding) };
  const shape = [kernels, ...square(out)];
  return { name, kind: "Conv2d", in_channels: channels, out_channels: kernels, ...windows, shape };
}

/**
 * @param {string} name
 * @param {"max" | "average"} pooling
 * @param {number[]} shape of what it is given
 * @returns {Spec}
 */
function pooled(name, pooling, [channels, side]) {
  const out = Math.floor((side - POOL) / POOL) + 1;
  if (out < 1) throw new PlanError("no-pool", { layer: name, side, size: POOL, out });
  const kind = pooling === "max" ? "MaxPool2d" : "AvgPool2d";
  const windows = { kernel_size: square(POOL), stride: square(POOL), padding: square(0) };
  return { name, kind, ...windows, shape: [channels, ...square(out)] };
}

/** @param {number} side */
const square = (side) => [side, side];

/**
 * Throws a PlanError where the plan is not one that the form makes: it may come from a file, or from
 * what another page of the same origin left.
 *
 * @param {Plan} plan
 */
function check(plan) {
  const { network, convolutions } = plan;
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value = plan[/** @type {keyof typeof CHOICES} */ (name)];
    if (!choices.some((choice) => choice === value)) throw new PlanError("unknown", named(name));
  }
  const [least, most] = network === "mlp" ? [0, 0] : [1, MAX_CONVOLUTIONS];
  const isList = Array.isArray(convolutions);
  if (!isList || convolutions.length < least || convolutions.length > most) {
    throw new PlanError("unknown", named("convolutions"));
  }
  for (const name of /** @type {const} */ (["average", "jitter", "synthetic", "own"])) {
    if (typeof plan[name] !== "boolean") throw new PlanError("unknown", named(name));
  }
  const { kernels, size, stride, padding, ...ofAll } = BOUNDS;
  for (const convolution of convolutions) inBounds(convolution, { kernels, size, stride, padding });
  inBounds(plan, ofAll);
}

/** @param {Record<string, any>} numbers @param {Record<string, number[]>} bounds */
function inBounds(numbers, bounds) {
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value = numbers?.[name];
    const isNumber = FRACTIONS.includes(name) ? Number.isFinite(value) : Number.isInteger(value);
    if (!isNumber || value < least || value > most) {
      throw new PlanError("bounds", { ...named(name), least, most });
    }
  }
}

/** What fills {name} in a sentence. @param {string} field of a plan */
const named = (field) => ({ name: { word: `field.${field}` } });
