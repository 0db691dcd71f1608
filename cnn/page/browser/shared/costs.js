// What a layer costs: how many parameters it has, and how often it multiplies to read one digit.

/** @import { Spec } from "../engine/layers/layer.js" */

import { sizeOf } from "../engine/safetensors.js";
import { number } from "./numbers.js";

/**
 * A layer with weights. inputs: values that one output weighs, [channels, rows, columns] of a
 * kernel or [features]; places: how often a kernel is laid down, 1 for a linear layer.
 *
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} kind
 * @property {number} outputs
 * @property {number[]} inputs
 * @property {number[]} places
 * @property {number} parameters outputs x (inputs + 1): each has a weight for every input, and a bias
 * @property {number} multiplications outputs x inputs x places; a bias is only added
 */

const HAVE_WEIGHTS = ["Conv2d", "BatchNorm2d", "Linear"];

/** @param {Spec[]} stages @returns {Layer[]} those with weights */
export function layersOf(stages) {
  return stages.flatMap((stage) => {
    const { name, kind, shape, kernel_size = [] } = stage;
    const { in_channels = 1, in_features } = stage; // a batch norm weighs one value by itself
    if (!HAVE_WEIGHTS.includes(kind)) return [];
    const inputs = in_features === undefined ? [in_channels, ...kernel_size] : [in_features];
    const places = shape.slice(1);
    const parameters = shape[0] * (sizeOf(inputs) + 1);
    const multiplications = shape[0] * sizeOf(inputs) * sizeOf(places);
    return [{ name, kind, outputs: shape[0], inputs, places, parameters, multiplications }];
  });
}

/** @param {number[]} factors */
const product = (factors) => factors.map(number).join(" × ");

/** How its parameters are counted. @param {Layer} layer */
export const parametersOf = ({ outputs, inputs }) =>
  `${number(outputs)} × (${product(inputs)} + 1)`;

/** How its multiplications are counted. @param {Layer} layer */
export const multiplicationsOf = ({ outputs, inputs, places }) =>
  product([outputs, ...inputs, ...places]);
