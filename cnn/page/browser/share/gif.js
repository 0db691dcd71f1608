// A moving picture as a GIF file, https://www.w3.org/Graphics/GIF/spec-gif89a.txt

const BITS = 8; // of a colour's number
const CLEAR = 1 << BITS; // the code that empties the table of codes
const END = CLEAR + 1;
const MAX_BITS = 12; // of a code
const MAX_CODES = 1 << MAX_BITS;
const BLOCK = 255; // bytes of data, at most, that follow their count

/** The number of the colour that means: as in the frame before. */
export const SAME = 0;

export class Gif {
  /** @type {number[]} */
  #bytes = [];
  /** @type {Uint8Array | null} the frame before */
  #before = null;

  /**
   * @param {number} width
   * @param {number} height
   * @param {ArrayLike<number>} palette red, green and blue of 256 colours; the first is SAME
   */
  constructor(width, height, palette) {
    this.width = width;
    this.height = height;
    const packedFields = 0x80 | (BITS - 1) << 4 | BITS - 1; // a palette of 2 ** BITS colours
    this.#bytes.push(...ascii("GIF89a"), ...words(width, height), packedFields, SAME, 0);
    this.#bytes.push(...Array.from(palette));
    const forEver = [3, 1, ...words(0), 0];
    this.#bytes.push(0x21, 0xff, 11, ...ascii("NETSCAPE2.0"), ...forEver);
  }

  /** Of the file, so far. */
  get bytes() {
    return this.#bytes.length;
  }

  /**
   * @param {Uint8Array} pixels a colour's number for each, row by row, none of them SAME
   * @param {number} shown how long, in hundredths of a second
   */
  add(pixels, shown) {
    const { left, top, width, height } = this.#changed(pixels);
    const changed = new Uint8Array(width * height);
    for (let i = 0; i < changed.length; i++) {
      const at = (top + Math.floor(i / width)) * this.width + left + i % width;
      changed[i] = pixels[at] === this.#before?.[at] ? SAME : pixels[at];
    }
    const stays = 1 << 2 | 1; // this frame stays below the next one, and one colour is SAME
    this.#bytes.push(0x21, 0xf9, 4, stays, ...words(shown), SAME, 0);
    this.#bytes.push(0x2c, ...words(left, top, width, height), 0, BITS);
    const codes = compressed(changed);
    for (let i = 0; i < codes.length; i += BLOCK) {
      const block = codes.slice(i, i + BLOCK);
      this.#bytes.push(block.length, ...block);
    }
    this.#bytes.push(0);
    this.#before = pixels;
  }

  file() {
    return new Blob([Uint8Array.from([...this.#bytes, 0x3b])], { type: "image/gif" });
  }

  /**
   * The box around all pixels that are not as they were; one pixel where all are.
   *
   * @param {Uint8Array} pixels
   */
  #changed(pixels) {
    const { width, height } = this;
    if (!this.#before) return { left: 0, top: 0, width, height };
    let [left, top, right, bottom] = [width - 1, height - 1, 0, 0];
    for (let i = 0; i < pixels.length; i++) {
      if (pixels[i] === this.#before[i]) continue;
      const [x, y] = [i % width, Math.floor(i / width)];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
    return {
      left,
      top,
      width: Math.max(1, right - left + 1),
      height: Math.max(1, bottom - top + 1),
    };
  }
}

/**
 * LZW: a code stands for a row of pixels, and each row that is met with one pixel more gets the next
 * code, one bit longer when the shorter ones are used up. Codes are written lowest bit first.
 *
 * @param {Uint8Array} pixels
 * @returns {number[]} bytes
 */
function compressed(pixels) {
  /** @type {number[]} */
  const bytes = [];
  let [bits, count] = [0, 0]; // not yet written
  /** @param {number} code @param {number} size */
  function write(code, size) {
    bits |= code << count;
    for (count += size; count >= 8; count -= 8) {
      bytes.push(bits & 255);
      bits >>>= 8;
    }
  }

  const longer = new Uint16Array(MAX_CODES << BITS); // of a code and a pixel: the code of both
  let [next, size] = [END + 1, BITS + 1];
  write(CLEAR, size);
  let code = pixels[0];
  for (let i = 1; i < pixels.length; i++) {
    const both = code << BITS | pixels[i];
    if (longer[both]) {
      code = longer[both];
      continue;
    }
    write(code, size);
    code = pixels[i];
    if (next < MAX_CODES) {
      if (next === 1 << size) size++;
      longer[both] = next++;
    } else {
      write(CLEAR, size);
      longer.fill(0);
      [next, size] = [END + 1, BITS + 1];
    }
  }
  write(code, size);
  write(END, next === 1 << size && size < MAX_BITS ? size + 1 : size);
  write(0, 7); // what is left of the last byte
  return bytes;
}

/** @param {string} text */
const ascii = (text) => Array.from(text, (character) => character.charCodeAt(0));

/** Numbers of 16 bits, the lower byte first. @param {...number} numbers */
const words = (...numbers) => numbers.flatMap((number) => [number & 255, number >> 8]);
