/** @import { Answer } from "../shared/answer.js" */

import { fillAcross, tenRows } from "../shared/bars.js";
import { showText } from "../shared/dom.js";
import { percent } from "../shared/numbers.js";

const NOTHING = new Array(10).fill(0);

/**
 * Ten bars in `list`, one for each digit. They are never smoothed: at any moment bars and maps are
 * those of one and the same prediction.
 *
 * @param {HTMLElement} list
 * @returns {(answer: Answer) => void} paints an answer's probabilities
 */
export function probabilityBars(list) {
  const rows = tenRows(list);
  return ({ digits, followed }) => {
    const read = digits[followed];
    const probs = read?.probs ?? NOTHING;
    rows.forEach(({ row, bar, value }, digit) => {
      row.classList.toggle("top", digit === read?.digit);
      fillAcross(bar, probs[digit]);
      showText(value, read ? percent(probs[digit]) : "");
    });
  };
}
