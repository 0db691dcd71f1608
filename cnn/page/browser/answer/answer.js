// The answer: the digit or the number, a sentence, the ten probabilities, and a way to correct it.

/** @import { Answer } from "../shared/answer.js" */

import { find, showText } from "../shared/dom.js";
import { translate } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { askAnswer } from "./asks.js";
import { offerCorrection } from "./correction.js";
import { paintNumber } from "./number.js";
import { probabilityBars } from "./probs.js";
import { sentenceOf } from "./sentence.js";

/** @param {HTMLElement} element */
export function mount(element) {
  const panel = find(element, ".answer");
  const number = find(element, ".number");
  const sentence = find(element, ".sentence");
  const paintProbs = probabilityBars(find(element, ".probs"));
  const paintAsks = askAnswer(find(panel, ".asks"));

  /** @param {Answer} answer */
  function paint(answer) {
    panel.classList.toggle("blank", answer.blank);
    panel.classList.toggle("drawing", answer.drawing);
    paintNumber(number, answer);
    paintProbs(answer);
    paintAsks(answer);
    // Read aloud once the pen is lifted, not thirty times a stroke.
    sentence.ariaLive = answer.drawing ? "off" : "polite";
    showText(sentence, sentenceOf(answer));
  }

  offerCorrection(panel);
  translate(element);
  store.subscribe("answer", paint);
  store.subscribe("language", () => paint(store.get("answer")));
}
