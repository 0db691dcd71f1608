// Products of matrices, in which most of training's time is spent. In JavaScript each number that is
// fetched costs its array's bounds and address anew: at most 2 products a nanosecond, however the
// loops were cut. WebAssembly makes 5 to 7, with the copying to its memory and back.

/** @import { Code } from "./assembler.js" */

import {
  add,
  addFloats,
  bytes,
  gather,
  get,
  int,
  least,
  loadInt,
  loadSplat,
  loop,
  moduleOf,
  multiplyFloats,
  set,
  store,
  zeros,
} from "./assembler.js";

/**
 * A matrix that lies in an array, in whatever order: cell (i, j) is values[rows[i] + columns[j]].
 *
 * @typedef {{ values: Float32Array, rows: Int32Array, columns: Int32Array }} Matrix
 */

/** 0, step, 2 step, ... @param {number} count @param {number} [step] */
export function steps(count, step = 1) {
  const all = new Int32Array(count);
  for (let i = 1; i < count; i++) all[i] = i * step;
  return all;
}

/** @param {Float32Array} values @param {number} rows @returns {Matrix} row-major */
export function matrix(values, rows) {
  const columns = values.length / rows;
  return { values, rows: steps(rows, columns), columns: steps(columns) };
}

/** @param {Matrix} matrix @returns {Matrix} the same with rows for columns */
export const turned = ({ values, rows, columns }) => ({ values, rows: columns, columns: rows });

const ROWS = 8; // of a, times four of b: eight sums of four numbers fit the registers
const LANES = 4;
const PART = 32; // of a sum: rounded to floats, a sum of short sums is off by a quarter as much
const PAGE = 1 << 16; // bytes, of WebAssembly's memory

/** @typedef {{ memory: WebAssembly.Memory, run: (...numbers: number[]) => void }} Kernel */

/** @type {Kernel} */
let kernel; // made when it is first needed

/**
 * out[i][j] = start[i] + the sum over k of a[i][k] * b[j][k]: a times b turned, in floats.
 *
 * @param {Matrix} a
 * @param {Matrix} b
 * @param {Matrix} out all of whose values are cells
 * @param {Float32Array} [start] one for each row of a; default: 0
 */
export function multiply(a, b, out, start = new Float32Array(a.rows.length)) {
  kernel ??= assembled();
  const given = [start, ...[a, b].flatMap(({ values, rows, columns }) => [rows, columns, values])];
  const arrays = [...given, out.rows, out.columns];
  const sizes = [...arrays, out.values].map(({ byteLength }) => byteLength);
  const addresses = sizes.map((_, i) => sum(sizes.slice(0, i)));
  const missing = sum(sizes) - kernel.memory.buffer.byteLength;
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE));
  const { buffer } = kernel.memory;
  arrays.forEach((array, i) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    new Uint8Array(buffer, addresses[i]).set(bytes);
  });
  kernel.run(...addresses, a.rows.length, b.rows.length, a.columns.length);
  out.values.set(new Float32Array(buffer, addresses[arrays.length], out.values.length));
}

/** @param {number[]} values */
const sum = (values) => values.reduce((all, value) => all + value, 0);

/**
 * The loops of `multiply`. Where fewer than eight or four rows are left, the last is computed
 * again.
 *
 * @returns {Kernel}
 */
function assembled() {
  let locals = 0;
  /** @param {number} count */
  const some = (count) => Array.from({ length: count }, () => locals++);
  const [start, aRows, aColumns, a, bRows, bColumns, b, outRows, outColumns, out] = some(10);
  const [aCount, bCount, depth] = some(3);
  const parameters = locals;
  const [i, j, part, k, aColumn, bColumn] = some(6);
  const [aRow, outRow, bRow, outColumn] = [some(ROWS), some(ROWS), some(LANES), some(LANES)];
  const integers = locals - parameters;
  const [totals, sums] = [some(ROWS), some(ROWS)];
  const fours = locals++;

  /** @param {number} first @param {number} n @param {number} count the n-th of a block */
  const index = (first, n, count) => least(add(get(first), int(n)), add(get(count), int(-1)));
  /** @param {number} table @param {Code} index */
  const entry = (table, index) => bytes(loadInt(add(get(table), bytes(index))));
  /** @param {number} base @param {Code} offset */
  const at = (base, offset) => add(get(base), offset);

  const body = loop(i, int(0), ROWS, get(aCount), [
    ...aRow.map((row, n) => set(row, at(a, entry(aRows, index(i, n, aCount))))),
    ...outRow.map((row, n) => set(row, at(out, entry(outRows, index(i, n, aCount))))),
    loop(j, int(0), LANES, get(bCount), [
      ...bRow.map((row, n) => set(row, at(b, entry(bRows, index(j, n, bCount))))),
      ...totals.map((total, n) => set(total, loadSplat(at(start, bytes(index(i, n, aCount)))))),
      loop(part, int(0), PART, get(depth), [
        ...sums.map((sum) => set(sum, zeros)),
        loop(k, get(part), 1, least(add(get(part), int(PART)), get(depth)), [
          set(aColumn, entry(aColumns, get(k))),
          set(bColumn, entry(bColumns, get(k))),
          set(fours, gather(bRow.map((row) => at(row, get(bColumn))))),
          ...sums.map((sum, n) => {
            const product = multiplyFloats(get(fours), loadSplat(at(aRow[n], get(aColumn))));
            return set(sum, addFloats(get(sum), product));
          }),
        ]),
        ...totals.map((total, n) => set(total, addFloats(get(total), get(sums[n])))),
      ]),
      ...outColumn.map((column, n) => set(column, entry(outColumns, index(j, n, bCount)))),
      ...totals.flatMap((total, n) =>
        outColumn.map((column, lane) => store(at(outRow[n], get(column)), get(total), lane))
      ),
    ]),
  ]);
  const module = moduleOf(parameters, integers, locals - parameters - integers, body);
  return /** @type {any} */ (new WebAssembly.Instance(module).exports);
}
