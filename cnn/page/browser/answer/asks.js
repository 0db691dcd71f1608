// What one can ask of an answer: which ink caused it, and why it is no other digit.

/** @import { Answer } from "../shared/answer.js" */

import { find } from "../shared/dom.js";
import { setLabel, setText } from "../shared/i18n.js";
import { store } from "../shared/store.js";

/**
 * Two buttons; the network shows what they ask for.
 *
 * @param {HTMLElement} place
 * @returns {(answer: Answer) => void} names the digits of an answer
 */
export function askAnswer(place) {
  const trace = find(place, ".ask-trace", HTMLButtonElement);
  const why = find(place, ".ask-why", HTMLButtonElement);
  trace.addEventListener("click", () => store.set("asked", { what: "trace" }));
  why.addEventListener("click", () => store.set("asked", { what: "why" }));
  return ({ digits, followed }) => {
    const probs = digits[followed]?.probs ?? [];
    place.classList.toggle("none", !probs.length);
    if (!probs.length) return;
    const [first, second] = Array.from({ length: probs.length }, (_, digit) => digit)
      .sort((a, b) => probs[b] - probs[a]);
    setLabel(trace, "trace.answer.label", { digit: first });
    setText(trace, "trace.answer", { digit: first });
    setText(why, "why", { other: second });
  };
}
