// A network's weights as one array, in which a worker hands them to the page and gets the room back.

/** @import { Tensors } from "../engine/safetensors.js" */

/**
 * All numbers of the tensors, one tensor after the other.
 *
 * @param {Tensors} tensors
 * @param {Float32Array | null} flat an array of that length to use again
 * @returns {Float32Array}
 */
export function flattened(tensors, flat) {
  const all = [...tensors.values()];
  flat ??= new Float32Array(all.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of all) {
    flat.set(data, at);
    at += data.length;
  }
  return flat;
}

/**
 * Put the numbers back into tensors of the same shapes.
 *
 * @param {Float32Array} flat
 * @param {Tensors} tensors
 */
export function unflatten(flat, tensors) {
  let at = 0;
  for (const { data } of tensors.values()) {
    data.set(flat.subarray(at, at + data.length));
    at += data.length;
  }
}
