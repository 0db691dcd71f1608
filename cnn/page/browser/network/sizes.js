/** @import { Placed } from "./stages.js" */

import { pictureOf } from "./kernel.js";
import { columnsOf, hasMaps } from "./stages.js";

const KERNEL_GAP = 2; // px between a map and its kernel, as in maps.css
const INPUT_COLUMNS = 2; // the input is as wide as so many maps

/**
 * What the size of a map depends on, as custom properties: how many stand beside and above each
 * other, and what lies between them.
 *
 * @param {Placed[][]} rows
 * @returns {[name: string, value: number | string][]}
 */
export function sizesOf(rows) {
  const ofMaps = rows.filter(([first]) => hasMaps(first));
  /** @param {Placed[]} row */
  const own = (row) => row.filter(({ before }) => before);
  /** @param {(row: Placed[]) => number} measure */
  const most = (measure) => Math.max(0, ...ofMaps.map(own).map(measure));
  /** @param {(row: Placed[]) => number} measure */
  const sum = (measure) => ofMaps.map(own).reduce((total, row) => total + measure(row), 0);
  /** @param {Placed} stage */
  const high = (stage) => Math.ceil(stage.count / columnsOf(stage));
  /** @param {Placed} stage */
  const kernelHeight = ({ kernels }) => kernels ? pictureOf(kernels).height + KERNEL_GAP : 0;
  return [
    ["--columns-across", INPUT_COLUMNS + most((row) => row.reduce((n, s) => n + columnsOf(s), 0))],
    ["--gaps-across", most((row) => row.reduce((n, stage) => n + columnsOf(stage) - 1, 0))],
    ["--stages-across", most((row) => row.length)],
    ["--rows", ofMaps.length],
    ["--maps-down", sum((row) => Math.max(INPUT_COLUMNS, ...row.map(high)))],
    ["--gaps-down", sum((row) => Math.max(...row.map(high)) - 1)],
    ["--kernels-down", `${sum((row) => Math.max(...row.map((s) => high(s) * kernelHeight(s))))}px`],
  ];
}
