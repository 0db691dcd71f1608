// Ten bars, one for each digit, as beside the answer.

import { fillAcross, tenRows } from "../../shared/bars.js";
import { create } from "../../shared/dom.js";
import { decimal, percent } from "../../shared/numbers.js";

/**
 * @param {object} [options]
 * @param {(value: number) => string} [options.show] the value as text
 */
export function tenBars({ show = (value) => decimal(value, 2) } = {}) {
  const element = create("ol", { className: "bars ten", start: 0 });
  const rows = tenRows(element);
  return {
    element,
    /**
     * @param {ArrayLike<number>} values ten
     * @param {{ low?: number, high?: number, top?: number }} [ends] the values at the bars' ends,
     *   and which digit stands out, -1 for none
     */
    paint(values, { low = 0, high = 1, top = indexOfLargest(values) } = {}) {
      rows.forEach(({ row, bar, value }, digit) => {
        fillAcross(bar, values[digit], low, high);
        row.classList.toggle("top", digit === top);
        value.textContent = show(values[digit]);
      });
    },
  };
}

/** Ten bars of probabilities, from 0 to 100 %. */
export const probBars = () => tenBars({ show: percent });

/** @param {ArrayLike<number>} values */
function indexOfLargest(values) {
  const list = Array.from(values);
  return list.indexOf(Math.max(...list));
}
