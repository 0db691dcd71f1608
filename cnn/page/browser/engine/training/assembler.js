// WebAssembly without a build step: instructions as functions that give their bytes, as many as
// products.js needs. The numbers are the opcodes of webassembly.github.io/spec/core/binary.

/**
 * The bytes of an instruction with its operands.
 *
 * @typedef {number[]} Code
 */

const I32 = 0x7f;
const V128 = 0x7b; // four floats
const NO_VALUE = 0x40;
const AT_ANY_ADDRESS = [0, 0]; // log2 of an alignment that is promised; an offset

/** @param {number} value not negative @returns {Code} in LEB128, as all numbers of the format */
const number = (value) => value < 128 ? [value] : [value & 127 | 128, ...number(value >> 7)];

/** @param {Code[]} items */
const list = (items) => [...number(items.length), ...items.flat()];

/** @param {number} opcode of those on four floats at once */
const simd = (opcode) => [0xfd, ...number(opcode)];

/** @param {number} local its index */
export const get = (local) => [0x20, local]; // local.get

/** @param {number} local @param {Code} value */
export const set = (local, value) => [...value, 0x21, local]; // local.set

/** @param {number} value in [-64, 64), which takes one byte */
export const int = (value) => [0x41, value & 127]; // i32.const

/** @param {Code} a @param {Code} b */
export const add = (a, b) => [...a, ...b, 0x6a]; // i32.add

/** @param {Code} a @param {Code} b */
const isLess = (a, b) => [...a, ...b, 0x48]; // i32.lt_s

/** The smaller of two integers. @param {Code} a @param {Code} b */
export const least = (a, b) => [...a, ...b, ...isLess(a, b), 0x1b]; // select

/** The bytes that so many numbers take. @param {Code} count */
export const bytes = (count) => [...count, ...int(2), 0x74]; // i32.shl

/** @param {Code} address */
export const loadInt = (address) => [...address, 0x28, ...AT_ANY_ADDRESS]; // i32.load

/** Four times the same float: v128.load32_splat. @param {Code} address */
export const loadSplat = (address) => [...address, ...simd(0x09), ...AT_ANY_ADDRESS];

/** Four floats from four addresses. @param {Code[]} addresses */
export const gather = ([first, ...others]) =>
  others.reduce(
    (four, address, i) => [
      ...[...address, ...four],
      ...[...simd(0x56), ...AT_ANY_ADDRESS, i + 1], // v128.load32_lane
    ],
    loadSplat(first),
  );

/** One of four floats. @param {Code} address @param {Code} four @param {number} lane which */
export const store = (address, four, lane) => [
  ...[...address, ...four],
  ...[...simd(0x5a), ...AT_ANY_ADDRESS, lane], // v128.store32_lane
];

/** Four floats. */
export const zeros = [...simd(0x0c), ...Array(16).fill(0)]; // v128.const

/** @param {Code} a four floats @param {Code} b */
export const addFloats = (a, b) => [...a, ...b, ...simd(0xe4)]; // f32x4.add

/** @param {Code} a four floats @param {Code} b */
export const multiplyFloats = (a, b) => [...a, ...b, ...simd(0xe6)]; // f32x4.mul

/**
 * For local = first, first + step, ... below the end: at least once.
 *
 * @param {number} local
 * @param {Code} first
 * @param {number} step
 * @param {Code} end
 * @param {Code[]} body
 * @returns {Code}
 */
export const loop = (local, first, step, end, body) => [
  ...set(local, first),
  ...[0x03, NO_VALUE], // loop
  ...body.flat(),
  ...set(local, add(get(local), int(step))),
  ...isLess(get(local), end),
  ...[0x0d, 0, 0x0b], // br_if the loop; end
];

/**
 * A module that exports one function, "run", without a result, and "memory".
 *
 * @param {number} parameters how many integers it is given: its locals 0, 1, ...
 * @param {number} integers how many locals come next
 * @param {number} fours how many locals of four floats come after them
 * @param {Code} body
 */
export function moduleOf(parameters, integers, fours, body) {
  const locals = list([[...number(integers), I32], [...number(fours), V128]]);
  const code = [...locals, ...body, 0x0b];
  const signature = [0x60, ...list(Array(parameters).fill([I32])), 0];
  return new WebAssembly.Module(Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...section(1, [signature]),
    ...section(3, [[0]]), // the function has the first signature
    ...section(5, [[0, 1]]), // the memory has one page at least
    ...section(7, [[...text("memory"), 2, 0], [...text("run"), 0, 0]]),
    ...section(10, [[...number(code.length), ...code]]),
  ]));
}

/** @param {string} name */
const text = (name) => list(Array.from(name, (letter) => [letter.charCodeAt(0)]));

/** @param {number} id @param {Code[]} items */
function section(id, items) {
  const content = list(items);
  return [id, ...number(content.length), ...content];
}
