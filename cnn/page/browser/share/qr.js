// A text as a QR code, ISO/IEC 18004: bytes, at error correction level L, or M where that is free.

const MAX_VERSION = 22; // 105 modules a side, 1,003 bytes: what a phone still reads from a screen

// For each version from 1, as in table 9 of the standard: check bytes of a block, and blocks.
const LEVELS = [
  {
    bits: 0, // M
    // deno-fmt-ignore
    checks: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28],
    blocks: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17],
  },
  {
    bits: 1, // L
    // deno-fmt-ignore
    checks: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28],
    blocks: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9],
  },
];

/** Whether each module is dark, row by row. @typedef {{ size: number, dark: Uint8Array }} Code */

/**
 * @param {string} text
 * @returns {Code | null} null: the text is too long
 */
export function qrOf(text) {
  const bytes = new TextEncoder().encode(text);
  for (let version = 1; version <= MAX_VERSION; version++) {
    const all = new Grid(version).room;
    for (const level of LEVELS) {
      const [checks, blocks] = [level.checks[version - 1], level.blocks[version - 1]];
      const data = packed(bytes, version, all - checks * blocks);
      if (!data) continue;
      return best(version, level.bits, interleaved(data, all, checks, blocks));
    }
  }
  return null;
}

/**
 * The bytes with their mode and count before them and padding after them.
 *
 * @param {Uint8Array} bytes
 * @param {number} version
 * @param {number} room in bytes
 * @returns {number[] | null} null: they are more than fit
 */
function packed(bytes, version, room) {
  const count = version < 10 ? 8 : 16; // bits
  const isShort = bytes.length < 1 << count;
  if (!isShort || Math.ceil((4 + count + 8 * bytes.length) / 8) > room) return null;
  const bits = [...bitsOf(4, 4), ...bitsOf(bytes.length, count)];
  for (const byte of bytes) bits.push(...bitsOf(byte, 8));
  bits.push(...bitsOf(0, Math.min(4, 8 * room - bits.length)));
  bits.push(...bitsOf(0, (8 - bits.length % 8) % 8));
  const data = [];
  for (let i = 0; i < bits.length; i += 8) {
    data.push(bits.slice(i, i + 8).reduce((byte, bit) => 2 * byte + bit, 0));
  }
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);
  return data;
}

/** The highest bit first. @param {number} value @param {number} count */
const bitsOf = (value, count) =>
  Array.from({ length: count }, (_, i) => value >> count - 1 - i & 1);

/**
 * The data in blocks with their check bytes, a byte of each block in turn. The last blocks are a
 * byte longer where the data cannot be shared out evenly.
 *
 * @param {number[]} data
 * @param {number} all bytes of the code
 * @param {number} checks
 * @param {number} count of blocks
 */
function interleaved(data, all, checks, count) {
  const short = Math.floor(all / count) - checks;
  const shorts = count - all % count;
  const blocks = Array.from({ length: count }, (_, i) => {
    const from = i * short + Math.max(0, i - shorts);
    return data.slice(from, from + short + (i < shorts ? 0 : 1));
  });
  const tails = blocks.map((block) => checksOf(block, checks));
  const inTurn = (/** @type {number[][]} */ rows, /** @type {number} */ length) =>
    Array.from({ length }, (_, i) => rows.flatMap((row) => i < row.length ? [row[i]] : [])).flat();
  return [...inTurn(blocks, short + 1), ...inTurn(tails, checks)];
}

/**
 * Reed and Solomon's check bytes: the remainder of the data as a polynomial over the field of 256
 * elements, divided by (x - 1)(x - 2)(x - 4) ...
 *
 * @param {number[]} data
 * @param {number} count
 */
function checksOf(data, count) {
  let divisor = [1]; // the highest power first
  for (let i = 0, root = 1; i < count; i++, root = times(root, 2)) {
    divisor = [...divisor, 0].map((value, j) => value ^ (j ? times(divisor[j - 1], root) : 0));
  }
  const rest = [...data, ...Array(count).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const factor = rest[i];
    divisor.forEach((value, j) => rest[i + j] ^= times(value, factor));
  }
  return rest.slice(data.length);
}

/** In the field of 256 elements. @param {number} a @param {number} b */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = product << 1 ^ (product >> 7) * 0x11d;
    if (b >> bit & 1) product ^= a;
  }
  return product;
}

// The modules.

/** @type {((row: number, column: number) => boolean)[]} which modules each mask inverts */
const MASKS = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => r * c % 2 + r * c % 3 === 0,
  (r, c) => (r * c % 2 + r * c % 3) % 2 === 0,
  (r, c) => ((r + c) % 2 + r * c % 3) % 2 === 0,
];

/**
 * The code with the mask that leaves the fewest patterns that confuse a reader.
 *
 * @param {number} version
 * @param {number} level
 * @param {number[]} bytes
 * @returns {Code}
 */
function best(version, level, bytes) {
  const grids = MASKS.map((isInverted, mask) => {
    const grid = new Grid(version);
    grid.fill(bytes.flatMap((byte) => bitsOf(byte, 8)), isInverted);
    grid.name(level << 3 | mask);
    return grid;
  });
  const penalties = grids.map((grid) => grid.penalty());
  return grids[penalties.indexOf(Math.min(...penalties))];
}

class Grid {
  /** @param {number} version */
  constructor(version) {
    const size = this.size = 17 + 4 * version;
    this.dark = new Uint8Array(size * size);
    this.isFixed = new Uint8Array(size * size); // not for data
    for (let i = 0; i < size; i++) {
      this.#fix(6, i, i % 2 === 0);
      this.#fix(i, 6, i % 2 === 0);
    }
    for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) {
      this.#square(row, column, 4, (ring) => ring !== 2 && ring !== 4);
    }
    const centres = alignments(version, size);
    const last = centres.length - 1;
    centres.forEach((row, i) =>
      centres.forEach((column, j) => {
        const isCorner = (i === 0 && (j === 0 || j === last)) || (i === last && j === 0);
        if (!isCorner) this.#square(row, column, 2, (ring) => ring !== 1);
      })
    );
    this.name(0); // keeps its place
    if (version < 7) return;
    bitsOf(version << 12 | remainder(version, 12, 0x1f25), 18).reverse().forEach((bit, i) => {
      const [across, along] = [size - 11 + i % 3, Math.floor(i / 3)];
      this.#fix(across, along, bit === 1);
      this.#fix(along, across, bit === 1);
    });
  }

  /** How many bytes it holds. */
  get room() {
    return Math.floor(this.isFixed.filter((fixed) => !fixed).length / 8);
  }

  /**
   * Write the level and the mask, twice, beside the large squares.
   *
   * @param {number} format 5 bits
   */
  name(format) {
    const { size } = this;
    const bits = bitsOf((format << 10 | remainder(format, 10, 0x537)) ^ 0x5412, 15).reverse();
    bits.forEach((bit, i) => {
      // Around the first square, without the dotted lines; then below the second, beside the third.
      const [row, column] = i < 8 ? [i < 6 ? i : i + 1, 8] : [8, i === 8 ? 7 : 14 - i];
      this.#fix(row, column, bit === 1);
      if (i < 8) this.#fix(8, size - 1 - i, bit === 1);
      else this.#fix(size - 15 + i, 8, bit === 1);
    });
    this.#fix(size - 8, 8, true);
  }

  /**
   * Write the bits in columns of two, from the right, up and down.
   *
   * @param {number[]} bits
   * @param {(row: number, column: number) => boolean} isInverted
   */
  fill(bits, isInverted) {
    const { size } = this;
    let [next, isUp] = [0, true];
    for (let right = size - 1; right > 0; right -= 2, isUp = !isUp) {
      if (right === 6) right = 5; // the dotted line
      for (let i = 0; i < size; i++) {
        const row = isUp ? size - 1 - i : i;
        for (const column of [right, right - 1]) {
          const at = row * size + column;
          if (this.isFixed[at]) continue;
          this.dark[at] = (bits[next++] ?? 0) ^ Number(isInverted(row, column));
        }
      }
    }
  }

  /** What the standard counts against a mask. */
  penalty() {
    const { size, dark } = this;
    const at = (/** @type {number} */ row, /** @type {number} */ column) =>
      dark[row * size + column];
    let sum = 0;
    for (let i = 0; i < size; i++) {
      for (const isRow of [true, false]) {
        const line = Array.from({ length: size }, (_, j) => isRow ? at(i, j) : at(j, i)).join("");
        for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) sum += run.length - 2;
        // What looks like a large square's middle, with light beside it, also beyond the edge.
        const wide = `0000${line}0000`;
        sum += 40 * [...wide.matchAll(/(?=00001011101|10111010000)/g)].length;
      }
    }
    for (let row = 1; row < size; row++) {
      for (let column = 1; column < size; column++) {
        const four = at(row, column) + at(row - 1, column) + at(row, column - 1) +
          at(row - 1, column - 1);
        if (four % 4 === 0) sum += 3;
      }
    }
    const share = dark.reduce((all, module) => all + module, 0) / dark.length;
    return sum + 10 * Math.floor(Math.abs(share - 0.5) * 20);
  }

  /** @param {number} row @param {number} column @param {boolean} isDark */
  #fix(row, column, isDark) {
    const at = row * this.size + column;
    this.dark[at] = Number(isDark);
    this.isFixed[at] = 1;
  }

  /**
   * @param {number} row of its middle
   * @param {number} column
   * @param {number} radius
   * @param {(ring: number) => boolean} isDark
   */
  #square(row, column, radius, isDark) {
    for (let y = -radius; y <= radius; y++) {
      for (let x = -radius; x <= radius; x++) {
        const isInside = Math.min(row + y, column + x) >= 0 &&
          Math.max(row + y, column + x) < this.size;
        const ring = Math.max(Math.abs(x), Math.abs(y));
        if (isInside) this.#fix(row + y, column + x, isDark(ring));
      }
    }
  }
}

/** Where the small squares lie, along each side. @param {number} version @param {number} size */
function alignments(version, size) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = 2 * Math.floor((8 * version + 3 * count + 5) / (4 * count - 4));
  const far = Array.from({ length: count - 1 }, (_, i) => size - 7 - i * step);
  return [6, ...far.reverse()];
}

/**
 * Of the value, followed by this many zero bits, divided by the polynomial.
 *
 * @param {number} value
 * @param {number} bits
 * @param {number} divisor
 */
function remainder(value, bits, divisor) {
  let rest = value;
  for (let i = 0; i < bits; i++) rest = rest << 1 ^ (rest >> bits - 1) * divisor;
  return rest;
}
