// A safetensors file, as `save` of cnn/model.py writes it and engine/safetensors.js reads it.

/** @import { Tensors } from "../engine/safetensors.js" */

import { sha256 } from "./sha256.js";

const LENGTH_BYTES = 8; // of the header's length, a little-endian integer
const FLOAT_BYTES = 4;

/**
 * @param {Record<string, any>} card to which the sha256 of the tensors' bytes is added
 * @param {Tensors} tensors
 * @param {Record<string, string>} [metadata] what else the header is to say
 * @returns {ArrayBuffer}
 */
export function writeSafetensors(card, tensors, metadata = {}) {
  const size = [...tensors.values()].reduce((sum, { data }) => sum + FLOAT_BYTES * data.length, 0);
  const bytes = new Uint8Array(size);
  /** @type {Record<string, object>} */
  const described = {};
  let at = 0;
  for (const [name, { shape, data }] of tensors) {
    const end = at + FLOAT_BYTES * data.length;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at); // little-endian
    described[name] = { dtype: "F32", shape, data_offsets: [at, end] };
    at = end;
  }
  const full = JSON.stringify({ ...card, sha256: sha256(bytes) });
  const header = { __metadata__: { ...metadata, card: full }, ...described };
  return joined(new TextEncoder().encode(JSON.stringify(header)), bytes);
}

/**
 * @param {Uint8Array} header
 * @param {Uint8Array} data
 */
function joined(header, data) {
  // Spaces, so that the data is aligned for whoever maps the file into memory.
  const length = Math.ceil(header.length / LENGTH_BYTES) * LENGTH_BYTES;
  const file = new Uint8Array(LENGTH_BYTES + length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.fill(" ".charCodeAt(0), LENGTH_BYTES, LENGTH_BYTES + length);
  file.set(header, LENGTH_BYTES);
  file.set(data, LENGTH_BYTES + length);
  return file.buffer;
}
