// The tensors and the card of a safetensors file, as `save` of cnn/model.py writes it.
//
// The format (github.com/huggingface/safetensors): 8 bytes, the header's length as a little-endian
// integer; the header, JSON; the data, the tensors' bytes one after the other without a gap.

/**
 * @typedef {"missing" | "not_safetensors" | "cut" | "unfit"} Reason
 * @typedef {{ shape: number[], data: Float32Array }} Tensor row-major
 * @typedef {Map<string, Tensor>} Tensors by their names
 */

/**
 * What a file holds. card: where the weights come from and what they score; {} where there is none.
 * metadata: what else the header says, as text; the card is in it, too.
 *
 * @typedef {object} Weights
 * @property {Record<string, any>} card
 * @property {Record<string, string>} metadata
 * @property {Tensors} tensors
 */

const REMEDY = "run: python train.py";
const LENGTH_BYTES = 8;
const MAX_HEADER_BYTES = 1e6; // ours are 10 kB; a file of another kind claims far more
const BRACE = "{".charCodeAt(0); // every header begins with it

/** @type {Record<string, { bytes: number, read: (buffer: ArrayBuffer) => Float32Array }>} */
const DTYPES = {
  F32: { bytes: 4, read: (buffer) => new Float32Array(buffer) }, // browsers are little-endian
  F16: { bytes: 2, read: (buffer) => Float32Array.from(new Uint16Array(buffer), half) },
};

/** Weights that cannot be used; the message says why and what to do. */
export class WeightsError extends Error {
  /** @param {Reason} reason @param {string} problem what is wrong, without the remedy */
  constructor(reason, problem) {
    super(`${problem}; ${REMEDY}`);
    this.name = "WeightsError";
    this.reason = reason;
  }
}

/**
 * Read a file of float32 or float16 tensors. Throws a WeightsError for anything else.
 *
 * @param {ArrayBuffer} buffer
 * @returns {Weights}
 */
export function readSafetensors(buffer) {
  const { header, start } = readHeader(buffer);
  const { __metadata__: metadata = {}, ...described } = header;
  const data = buffer.byteLength - start;
  /** @type {Tensors} */
  const tensors = new Map();
  let end = 0; // of the tensors before
  for (const [name, { dtype, shape, bytes }] of inOrder(described)) {
    if (bytes[0] !== end) throw broken(`${name} does not begin where the tensor before it ends`);
    end = bytes[1];
    if (end > data) throw new WeightsError("cut", `the weights end within ${name}`);
    const part = buffer.slice(start + bytes[0], start + bytes[1]); // aligned, wherever it lay
    tensors.set(name, { shape, data: DTYPES[dtype].read(part) });
  }
  if (end !== data) throw broken(`${data - end} bytes belong to no tensor`);
  return { card: readCard(metadata), metadata, tensors };
}

/** @param {string} problem */
const broken = (problem) =>
  new WeightsError("not_safetensors", `the weights are no safetensors file (${problem})`);

/**
 * The header, and where in the buffer the data starts.
 *
 * @param {ArrayBuffer} buffer
 */
function readHeader(buffer) {
  if (buffer.byteLength < LENGTH_BYTES) {
    throw new WeightsError("cut", `the weights are ${buffer.byteLength} bytes long`);
  }
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const start = LENGTH_BYTES + length;
  const text = new Uint8Array(buffer, LENGTH_BYTES);
  if (length > MAX_HEADER_BYTES) throw broken("its header would be too long");
  if (text.length > 0 && text[0] !== BRACE) throw broken("it has no header");
  if (start > buffer.byteLength) throw new WeightsError("cut", "the weights end in their header");
  try {
    return { header: JSON.parse(new TextDecoder().decode(text.subarray(0, length))), start };
  } catch {
    throw broken("its header is no JSON");
  }
}

/**
 * The tensors that the header describes, checked, in the order of their bytes.
 *
 * @param {Record<string, any>} described
 * @returns {[string, { dtype: string, shape: number[], bytes: [number, number] }][]}
 */
function inOrder(described) {
  const entries = Object.entries(described).map(([name, tensor]) => {
    const { dtype, shape, data_offsets: bytes } = tensor ?? {};
    if (!Object.hasOwn(DTYPES, dtype)) throw broken(`${name} is ${dtype}, not F32 or F16`);
    if (!areCounts(shape) || !areCounts(bytes) || bytes.length !== 2) {
      throw broken(`${name} has no shape or no place`);
    }
    if (bytes[1] - bytes[0] !== DTYPES[dtype].bytes * sizeOf(shape)) {
      throw broken(`${name} has another size than its shape says`);
    }
    return /** @type {[string, any]} */ ([name, { dtype, shape, bytes }]);
  });
  return entries.sort(([, a], [, b]) => a.bytes[0] - b.bytes[0] || a.bytes[1] - b.bytes[1]);
}

/** @param {unknown} value @returns {value is number[]} whether it lists whole numbers from 0 up */
export const areCounts = (value) =>
  Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);

/** @param {number[]} shape @returns {number} of values */
export const sizeOf = (shape) => shape.reduce((product, side) => product * side, 1);

/** @param {Record<string, string>} metadata */
function readCard({ card = "{}" }) {
  try {
    return Object(JSON.parse(card));
  } catch {
    throw new WeightsError("unfit", "the card of the weights is no JSON");
  }
}

/**
 * IEEE 754 half precision: 1 bit of sign, 5 of exponent, 10 of fraction.
 *
 * @param {number} bits
 */
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (0x400 + fraction) * 2 ** (exponent - 25);
}
