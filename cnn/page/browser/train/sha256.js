// SHA-256 as FIPS 180-4 has it. The browser's own is missing on a page without HTTPS, such as one
// in a school's network.

const BLOCK = 64; // bytes
const ROUNDS = 64;

/** @param {number} value @returns {number} the first 32 bits behind its point */
const fraction = (value) => (value % 1) * 2 ** 32 | 0;

const PRIMES = Array.from({ length: 312 }, (_, n) => n).filter((n) =>
  n > 1 && !Array.from({ length: 17 }, (_, k) => k + 2).some((k) => k < n && n % k === 0)
); // the first 64, up to 311
const CONSTANTS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const BEGINNING = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

/**
 * @param {Uint8Array} bytes
 * @returns {string} 64 hexadecimal digits
 */
export function sha256(bytes) {
  const state = Int32Array.from(BEGINNING);
  const whole = bytes.length - bytes.length % BLOCK;
  const rest = bytes.subarray(whole);
  // One bit, zeros, and the length in bits fill the last block or two.
  const end = new Uint8Array(rest.length + 9 > BLOCK ? 2 * BLOCK : BLOCK);
  end.set(rest);
  end[rest.length] = 0x80;
  new DataView(end.buffer).setBigUint64(end.length - 8, 8n * BigInt(bytes.length));
  for (const part of [bytes.subarray(0, whole), end]) {
    const view = new DataView(part.buffer, part.byteOffset, part.byteLength);
    for (let at = 0; at < part.length; at += BLOCK) mix(state, view, at);
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

const words = new Int32Array(ROUNDS);

/** @param {number} x @param {number} n */
const turned = (x, n) => x >>> n | x << 32 - n;

/**
 * @param {Int32Array} state
 * @param {DataView} view
 * @param {number} at the block's first byte
 */
function mix(state, view, at) {
  for (let i = 0; i < ROUNDS; i++) {
    if (i < 16) {
      words[i] = view.getInt32(at + 4 * i);
      continue;
    }
    const [x, y] = [words[i - 15], words[i - 2]];
    const s0 = turned(x, 7) ^ turned(x, 18) ^ x >>> 3;
    const s1 = turned(y, 17) ^ turned(y, 19) ^ y >>> 10;
    words[i] = words[i - 16] + s0 + words[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < ROUNDS; i++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = h + s1 + (e & f ^ ~e & g) + CONSTANTS[i] + words[i] | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = s0 + (a & b ^ a & c ^ b & c) | 0;
    h = g, g = f, f = e, e = d + first | 0, d = c, c = b, b = a, a = first + second | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => state[i] += value);
}
