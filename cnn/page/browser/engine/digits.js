// The digits to train on, as cnn/page/digits.py packs them; that file says how.

import { PIXELS } from "./strokes.js";

const HALF_BYTE = 4; // bits, a pixel
const STEP = 17; // 255 / 15
const NEWLINE = "\n".charCodeAt(0);
/** @type {Record<Reason, string>} */
const REMEDIES = {
  missing: "check the connection and try again",
  broken: "try again; whoever serves the page makes the file by: python -m cnn.page.digits",
  old: "update the browser",
};

/**
 * Digits with their labels: (count, 784), ink 255; (count). The first n of them hold each digit
 * equally often.
 *
 * @typedef {{ digits: Uint8Array, labels: Uint8Array }} Examples
 *
 * To train on: mnist, of MNIST's training set, and synthetic, as a pen draws them. heldOut: of
 * MNIST's test set.
 *
 * @typedef {{ mnist: Examples, synthetic: Examples, heldOut: Examples }} Digits
 *
 * @typedef {"missing" | "broken" | "old"} Reason
 */

/** The digits cannot be had; the message says why and what to do. */
export class DigitsError extends Error {
  /** @param {Reason} reason @param {string} problem without the remedy */
  constructor(reason, problem) {
    super(`${problem}; ${REMEDIES[reason]}`);
    this.name = "DigitsError";
    this.reason = reason;
  }
}

/**
 * @param {string | URL} url of digits.bin
 * @returns {Promise<Digits>} rejected with a DigitsError
 */
export async function fetchDigits(url) {
  const missing = new DigitsError("missing", "the digits to train on could not be fetched");
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) throw missing;
  const packed = await response.arrayBuffer().catch(() => null);
  if (!packed) throw missing;
  return readDigits(packed);
}

/**
 * @param {ArrayBuffer} packed what digits.bin holds
 * @returns {Promise<Digits>} rejected with a DigitsError
 */
export async function readDigits(packed) {
  if (!("DecompressionStream" in globalThis)) {
    throw new DigitsError("old", "this browser cannot unpack the digits to train on");
  }
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  try { // gzip's checksum says whether it is what was packed
    return divided(new Uint8Array(await new Response(stream).arrayBuffer()));
  } catch {
    throw new DigitsError("broken", "the file of digits to train on is broken");
  }
}

/** @param {Uint8Array} content @returns {Digits} */
function divided(content) {
  const head = content.indexOf(NEWLINE) + 1;
  const counts = JSON.parse(new TextDecoder().decode(content.subarray(0, head)));
  const all = counts.mnist + counts.synthetic + counts.held_out;
  const labels = content.subarray(head, head + all);
  const pixels = content.subarray(head + all);
  if (pixels.length !== all * PIXELS * PIXELS / 2) throw new RangeError("not as long as it says");
  let first = 0;
  /** @param {number} count */
  const next = (count) => {
    const [from, to] = [first, first += count];
    const half = PIXELS * PIXELS / 2;
    const digits = inked(pixels.subarray(from * half, to * half));
    return { digits, labels: labels.slice(from, to) };
  };
  return {
    mnist: next(counts.mnist),
    synthetic: next(counts.synthetic),
    heldOut: next(counts.held_out),
  };
}

/** Two pixels a byte -> one, ink 255. @param {Uint8Array} pairs */
function inked(pairs) {
  const pixels = new Uint8Array(2 * pairs.length);
  for (let i = 0; i < pairs.length; i++) {
    pixels[2 * i] = STEP * (pairs[i] >> HALF_BYTE);
    pixels[2 * i + 1] = STEP * (pairs[i] & 15);
  }
  return pixels;
}
