// What the network sees, and its answer: the digit or the number, the probabilities, and a way to
// correct it.

/** @import { Answer } from "../shared/answer.js" */

import { Pixels } from "../shared/colors.js";
import { find } from "../shared/dom.js";
import { translate } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { offerCorrection } from "./correction.js";
import { paintNumber } from "./number.js";
import { probabilityBars } from "./probs.js";
import { sentenceOf } from "./sentence.js";

const SIDE = 28; // of what the network sees, in pixels
const PAPER = new Float32Array(SIDE * SIDE);

/**
 * @param {HTMLElement} element
 * @param {{ canCorrect: boolean }} props canCorrect: whether this page may keep corrections
 */
export function mount(element, { canCorrect }) {
  const seen = new Pixels(SIDE, SIDE, find(element, ".seen canvas", HTMLCanvasElement));
  const number = find(element, ".number");
  const sentence = find(element, ".sentence");
  const paintProbs = probabilityBars(find(element, ".probs"));

  /** @param {Answer} answer */
  function paint(answer) {
    element.classList.toggle("blank", answer.blank);
    seen.paint(answer.blank ? PAPER : answer.seen, 1);
    paintNumber(number, answer);
    paintProbs(answer);
    // Read aloud once the pen is lifted, not thirty times a stroke.
    sentence.ariaLive = answer.drawing ? "off" : "polite";
    const words = sentenceOf(answer);
    if (sentence.textContent !== words) sentence.textContent = words; // nor twice the same
  }

  const correction = find(element, ".correction");
  if (canCorrect) offerCorrection(correction);
  else correction.remove();

  translate(element);
  store.subscribe("answer", paint);
  store.subscribe("theme", () => paint(store.get("answer")));
  store.subscribe("language", () => paint(store.get("answer")));
}
