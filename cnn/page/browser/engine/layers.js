// The kinds of layers, by the names of their classes in torch.nn. PyTorch defines what they do.

/**
 * @import { ExplainedActivation } from "./layers/activations.js"
 * @import { ExplainedConvolution } from "./layers/conv2d.js"
 * @import { Kind, Spec } from "./layers/layer.js"
 * @import { ExplainedLinear } from "./layers/linear.js"
 * @import { ExplainedLogSoftmax } from "./layers/log-softmax.js"
 * @import { ExplainedBatchNorm, ExplainedPixel } from "./layers/normalisation.js"
 * @import { ExplainedAveragePool, ExplainedMaxPool } from "./layers/pooling.js"
 * @import { ExplainedDropout, ExplainedFlatten } from "./layers/reshape.js"
 * @import { Tensors } from "./safetensors.js"
 */

import { LeakyReLU, ReLU, Tanh } from "./layers/activations.js";
import { Conv2d } from "./layers/conv2d.js";
import { isShape, unfit } from "./layers/layer.js";
import { Linear } from "./layers/linear.js";
import { LogSoftmax } from "./layers/log-softmax.js";
import { BatchNorm2d, Normalize } from "./layers/normalisation.js";
import { AvgPool2d, MaxPool2d } from "./layers/pooling.js";
import { Dropout, Flatten } from "./layers/reshape.js";

/**
 * How one value came about; its `kind` says in which of these forms.
 *
 * @typedef {ExplainedPixel | ExplainedConvolution | ExplainedBatchNorm | ExplainedActivation |
 *   ExplainedMaxPool | ExplainedAveragePool | ExplainedFlatten | ExplainedDropout |
 *   ExplainedLinear | ExplainedLogSoftmax} Explanation
 */

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
export function kindOf(spec) {
  if (!Object.hasOwn(KINDS, spec.kind)) throw unfit(spec, "is of no kind that is known here");
  return KINDS[spec.kind];
}

/**
 * Make a layer ready. Throws a WeightsError where spec, input and tensors do not fit.
 *
 * @param {Spec} spec
 * @param {number[]} shape of what it is given
 * @param {Tensors} tensors of the whole network
 */
export function layerOf(spec, shape, tensors) {
  const layer = kindOf(spec).make(spec, shape, tensors);
  if (!isShape(layer.shape, spec.shape)) {
    throw unfit(spec, `gives ${layer.shape}, not ${spec.shape} as it is described`);
  }
  return layer;
}
