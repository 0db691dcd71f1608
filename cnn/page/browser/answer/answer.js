// The answer: the digit or the number, a sentence, the probabilities, and a way to correct it.

/** @import { Answer, Digit } from "../shared/answer.js" */

import { ranked } from "../engine/probabilities.js";
import { closed, opened } from "../shared/address.js";
import { classRows, fillAcross } from "../shared/bars.js";
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
  let weights = store.get("weights");

  /** @param {Answer} answer */
  function paint(answer) {
    panel.classList.toggle("blank", answer.blank);
    panel.classList.toggle("drawing", answer.drawing);
    paintNumber(number, answer);
    paintProbs(answer);
    paintAsks(answer);
    // Read aloud once the pen is lifted, not thirty times a stroke; nor with each step of training.
    const isLearning = store.get("weights") !== weights;
    weights = store.get("weights");
    sentence.ariaLive = answer.drawing || isLearning ? "off" : "polite";
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
function sentenceOf({ why, digits, classes, drawing, silent }) {
  if (!digits.length) return why ? t(why) : "";
  const number = digits.map(({ shown }) => shown).join("");
  if (drawing) return t("answer.drawing", { number });
  if (digits.length === 1) return sentenceOfDigit(digits[0], classes, silent);
  const isSure = digits.every(({ confident, mark }) => confident || mark);
  return t(isSure ? "answer.number" : "answer.doubtful", { number });
}

/**
 * @param {Digit} read
 * @param {readonly string[]} classes
 * @param {boolean} silent no neuron fired: the digit is the bias's alone
 */
function sentenceOfDigit({ digit: read, confident, runnerUp, probs }, classes, silent) {
  if (read === null) return ""; // a mark alone
  if (silent) return t("answer.silent", { layer: layerOfLogits() });
  const digit = classes[read];
  if (!confident) return t("answer.unsure", { digit });
  if (runnerUp !== null) return t("answer.runner_up", { digit, runner_up: classes[runnerUp] });
  const prob = probs[read];
  return t(prob > CERTAIN ? "answer.certain" : "answer.read", { digit, percent: percent(prob) });
}

/** The name of the layer that gives the logits. */
function layerOfLogits() {
  const { stages } = store.get("network")?.network ?? { stages: [] };
  return stages.findLast(({ kind }) => kind === "Linear")?.name ?? "";
}

/**
 * A bar in `list` for each class: the document names those of the network that is about to come.
 * They are never smoothed: at any moment bars and maps are those of one and the same prediction.
 *
 * @param {HTMLElement} list
 * @returns {(answer: Answer) => void} paints an answer's probabilities
 */
function probabilityBars(list) {
  let classes = /** @type {readonly string[]} */ (JSON.parse(list.dataset.classes ?? "[]"));
  let rows = classRows(list, classes);
  store.subscribe("network", (loaded) => {
    if (!loaded || loaded.network.classes.join("\n") === classes.join("\n")) return;
    classes = loaded.network.classes;
    rows = classRows(list, classes);
  });
  return ({ digits, followed }) => {
    const read = digits[followed];
    rows.forEach(({ row, bar, value }, digit) => {
      const prob = read?.probs[digit] ?? 0;
      row.classList.toggle("top", digit === read?.digit);
      fillAcross(bar, prob);
      showText(value, read ? percent(prob) : "");
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
  const letters = shownDigits.reduce((sum, { shown }) => sum + shown.length, 0);
  place.style.setProperty("--letters", `${letters}`);
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

// What the reader can ask of an answer: which ink caused it, and why it is not another digit.

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
  return ({ digits, classes, followed }) => {
    const probs = digits[followed]?.probs ?? [];
    place.classList.toggle("none", !probs.length);
    if (!probs.length) return;
    const [first, second] = ranked(probs).map((digit) => classes[digit]);
    setLabel(trace, "trace.answer.label", { digit: first });
    setText(trace, "trace.answer", { digit: first });
    setText(why, "why", { other: second });
  };
}

/**
 * Where the host keeps corrections: a button that opens one for each class, to say which was meant;
 * and what became of the correction. To save it is the pad's, which has the strokes.
 *
 * @param {HTMLElement} panel of the answer
 */
function offerCorrection(panel) {
  const wrong = find(panel, ".wrong", HTMLButtonElement);
  const place = find(panel, ".correction");
  const outcome = find(place, ".outcome");
  /** @type {HTMLButtonElement[]} */
  let buttons = [];

  /** @param {string} name @param {number} label */
  function buttonFor(name, label) {
    const button = create("button", { type: "button", textContent: name });
    button.addEventListener("click", () => {
      const isKept = store.get("correction")?.label === label; // a second tap takes it back
      store.set("correction", { label: isKept ? null : label, outcome: null });
    });
    return button;
  }

  /** @param {boolean} isOpen */
  function open(isOpen) {
    if (place.hidden === !isOpen) return; // setting it again would recompute the styles
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

  store.subscribe("network", (loaded) => {
    buttons = (loaded?.network.classes ?? []).map(buttonFor);
    find(place, ".choices").replaceChildren(...buttons);
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
