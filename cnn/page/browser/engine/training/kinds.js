// The kinds of layers in training, by the names of their classes in torch.nn, as in ../layers.js.

/**
 * @import { Spec } from "../layers/layer.js"
 * @import { Kind } from "./layer.js"
 */

import { unfit } from "../layers/layer.js";
import { LeakyReLU, ReLU, Tanh } from "./activations.js";
import { Conv2d } from "./conv2d.js";
import { Linear } from "./linear.js";
import { LogSoftmax } from "./log-softmax.js";
import { BatchNorm2d, Normalize } from "./normalisation.js";
import { AvgPool2d, MaxPool2d } from "./pooling.js";
import { Dropout, Flatten } from "./reshape.js";

/** @type {Record<string, Kind>} */
const KINDS = {
  Normalize,
  Conv2d,
  BatchNorm2d,
  ReLU,
  LeakyReLU,
  Tanh,
  MaxPool2d,
  AvgPool2d,
  Flatten,
  Dropout,
  Linear,
  LogSoftmax,
};

/** The object for a layer's kind. Throws a WeightsError for an unknown kind. @param {Spec} spec */
export function learningKindOf(spec) {
  if (!Object.hasOwn(KINDS, spec.kind)) throw unfit(spec, "is of no kind that can learn here");
  return KINDS[spec.kind];
}
