/** @import { Answer } from "../shared/answer.js" */

import { create } from "../shared/dom.js";

const WHOLE_FROM = 0.0995; // from here on without a decimal: with one it would read 10.0%
const NOTHING = new Array(10).fill(0);

/**
 * Ten bars in `list`, one for each digit. They are never smoothed: at any moment bars and maps are
 * those of one and the same prediction.
 *
 * @param {HTMLElement} list
 * @returns {(answer: Answer) => void} paints an answer's probabilities
 */
export function probabilityBars(list) {
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const row = create("li");
    const bar = create("i");
    const value = create("span", { className: "value" });
    const track = create("span", { className: "bar" });
    track.append(bar);
    row.append(create("b", { textContent: `${digit}` }), track, value);
    list.append(row);
    return { row, bar, value };
  });
  return ({ digits, followed }) => {
    const read = digits[followed];
    const probs = read?.probs ?? NOTHING;
    rows.forEach(({ row, bar, value }, digit) => {
      row.classList.toggle("top", digit === read?.digit);
      bar.style.transform = `scaleX(${probs[digit]})`;
      value.textContent = read ? percent(probs[digit]) : "";
    });
  };
}

/** @param {number} prob */
const percent = (prob) => `${(100 * prob).toFixed(prob < WHOLE_FROM ? 1 : 0)}%`;
