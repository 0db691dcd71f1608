// The answer: the digit or the number, a sentence, the ten probabilities, and a way to correct it.

/** @import { Answer, Digit } from "../shared/answer.js" */

import { closed, opened } from "../shared/address.js";
import { fillAcross, tenRows } from "../shared/bars.js";
import { create, find, showText } from "../shared/dom.js";
import { setLabel, setText, t, translate } from "../shared/i18n.js";
import { percent } from "../shared/numbers.js";
import { store } from "../shared/store.js";

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

const CERTAIN = 0.99; // above it the sentence says no more than that

/**
 * The answer as a sentence. While the pen is down it says perhaps, and names no percentage.
 *
 * @param {Answer} answer
 */
function sentenceOf({ why, digits, drawing, silent }) {
  if (!digits.length) return why ? t(why) : "";
  const number = digits.map(({ shown }) => shown).join("");
  if (drawing) return t("answer.drawing", { number });
  if (digits.length === 1) return sentenceOfDigit(digits[0], silent);
  const isSure = digits.every(({ confident, mark }) => confident || mark);
  return t(isSure ? "answer.number" : "answer.doubtful", { number });
}

/** @param {Digit} read @param {boolean} silent no neuron fired: the digit is the bias's alone */
function sentenceOfDigit({ digit, confident, runnerUp, probs }, silent) {
  if (digit === null) return ""; // a mark alone
  if (silent) return t("answer.silent", { layer: layerOfLogits() });
  if (!confident) return t("answer.unsure", { digit });
  if (runnerUp !== null) return t("answer.runner_up", { digit, runner_up: runnerUp });
  const prob = probs[digit];
  return t(prob > CERTAIN ? "answer.certain" : "answer.read", { digit, percent: percent(prob) });
}

/** Its name. */
function layerOfLogits() {
  const { stages } = store.get("network")?.network ?? { stages: [] };
  return stages.findLast(({ kind }) => kind === "Linear")?.name ?? "";
}

const NOTHING = new Array(10).fill(0);

/**
 * Ten bars in `list`, one for each digit. They are never smoothed: at any moment bars and maps are
 * those of one and the same prediction.
 *
 * @param {HTMLElement} list
 * @returns {(answer: Answer) => void} paints an answer's probabilities
 */
function probabilityBars(list) {
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

// The digits of the answer, large; of several, each can be chosen. A mark between them cannot.

const NO_DIGIT = { shown: "?", confident: false, mark: null };

/**
 * @param {HTMLElement} place
 * @param {Answer} answer
 */
function paintNumber(place, { digits, followed }) {
  const shownDigits = digits.length ? digits : [NO_DIGIT];
  const several = digits.length > 1;
  place.style.setProperty("--digits", `${shownDigits.length}`);
  buttonsOf(place, shownDigits.length).forEach((button, i) => {
    const { shown, confident, mark } = shownDigits[i];
    const canFollow = several && !mark;
    showText(button, shown);
    button.classList.toggle("unsure", !confident);
    button.classList.toggle("mark", Boolean(mark));
    button.disabled = !canFollow;
    button.ariaLabel = canFollow ? t("answer.digit", { shown }) : null;
    button.ariaPressed = canFollow ? `${i === followed}` : null;
  });
}

/**
 * The buttons in `place`, as many as wanted. They are kept from answer to answer, and with them
 * the focus.
 *
 * @param {HTMLElement} place
 * @param {number} wanted
 */
function buttonsOf(place, wanted) {
  while (place.children.length > wanted) place.lastElementChild?.remove();
  while (place.children.length < wanted) {
    const button = create("button", { type: "button", className: "digit" });
    const index = place.children.length;
    button.addEventListener("click", () => store.set("follow", index));
    place.append(button);
  }
  return /** @type {HTMLButtonElement[]} */ ([...place.children]);
}

// What one can ask of an answer: which ink caused it, and why it is no other digit.

/**
 * Two buttons; the network shows what they ask for.
 *
 * @param {HTMLElement} place
 * @returns {(answer: Answer) => void} names the digits of an answer
 */
function askAnswer(place) {
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

/**
 * Where the host keeps corrections: a button that opens ten more, of which one says which digit was
 * meant; and what became of the correction. To save it is the pad's, which has the strokes.
 *
 * @param {HTMLElement} panel of the answer
 */
function offerCorrection(panel) {
  const wrong = find(panel, ".wrong", HTMLButtonElement);
  const place = find(panel, ".correction");
  const outcome = find(place, ".outcome");
  const buttons = Array.from({ length: 10 }, (_, label) => {
    const button = create("button", { type: "button", textContent: `${label}` });
    button.addEventListener("click", () => {
      const isKept = store.get("correction")?.label === label; // a second tap takes it back
      store.set("correction", { label: isKept ? null : label, outcome: null });
    });
    return button;
  });
  find(place, ".choices").append(...buttons);

  /** @param {boolean} isOpen */
  function open(isOpen) {
    if (place.hidden === !isOpen) return; // the styles would be computed anew
    place.hidden = !isOpen;
    wrong.ariaExpanded = `${isOpen}`;
    (isOpen ? opened : closed)(part);
  }
  const part = { open: () => open(true), close: () => open(false) };
  wrong.addEventListener("click", () => open(place.hidden !== false));
  panel.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || place.hidden) return;
    open(false);
    wrong.focus();
  });

  store.subscribe("offers", ({ corrections }) => wrong.hidden = !corrections);
  store.subscribe("correction", (correction) => {
    setText(outcome, correction?.outcome ?? null);
    buttons.forEach((button, label) => button.ariaPressed = `${label === correction?.label}`);
  });
  store.subscribe("answer", () => { // it was of another answer
    store.set("correction", null);
    open(false);
  });
}
