// How logits become probabilities.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { probabilitiesOf, ranked } from "../../../engine/probabilities.js";
import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { choice, slider, toggle } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { decimal, number, precise, roundedSum } from "../../../shared/numbers.js";

const TEMPERATURE = { least: 0.5, most: 5, step: 0.25, plain: 1 };
const DECIMALS = 2;
const TARGET_DECIMALS = 3; // of the probabilities that training asks for
const FIGURES = 2; // of a ratio: more would claim more than the two decimals of a logit do
const OPTIONS = ["option.difference", "option.two", "option.power"]; // the last is right

/** The index of the stage that gives the logits. @param {LoadedNetwork} loaded */
const logitsAt = ({ network: { stages } }) => stages.findLastIndex(({ kind }) => kind === "Linear");

/** How many times as large, rounded. @param {number} value */
const times = (value) =>
  value < 10 ** (FIGURES - 1)
    ? decimal(value, FIGURES - 1)
    : number(Number(value.toPrecision(FIGURES)));

/** What the question offers. @param {number} difference of two logits */
const offers = (difference) => [difference, 2 ** difference, Math.exp(difference)].map(times);

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const { classes } = loaded.network;
  const logits = answer.maps[logitsAt(loaded)];
  const order = ranked(logits);
  const last = order[order.length - 1];
  // Not the most probable digit, if it can be helped: its probability is shown beside the pad.
  const first = [order[1], order[0]].find((digit) =>
    new Set(offers(logits[digit] - logits[last])).size === OPTIONS.length
  );
  if (first === undefined) return null;
  const { terms: [high, low], rounding, total } = roundedSum(
    [logits[first], -logits[last]],
    logits[first] - logits[last],
    DECIMALS,
  );
  const shown = OPTIONS.map((_, i) => () => offers(logits[first] - logits[last])[i]);
  return {
    values: {
      first: classes[first],
      last: classes[last],
      high: () => decimal(high, DECIMALS),
      low: () => decimal(-low, DECIMALS),
    },
    options: OPTIONS.map((word, i) => ({ word, values: { value: shown[i] } })),
    right: OPTIONS.length - 1,
    because: {
      word: "because",
      values: {
        high: () => decimal(high, DECIMALS),
        low: () => inBrackets(decimal(-low, DECIMALS)),
        equals: rounding ? "≈" : "=",
        difference: () => decimal(total, DECIMALS),
        value: shown[2],
      },
    },
  };
}

/** @param {HTMLElement} place @param {Context<Keys["softmax"]>} context */
function mount(place, context) {
  const { loaded } = context;
  const at = logitsAt(loaded);
  const temperature = slider({
    context,
    word: "temperature",
    min: TEMPERATURE.least,
    max: TEMPERATURE.most,
    step: TEMPERATURE.step,
    value: TEMPERATURE.plain,
    show: (value) => decimal(value, DECIMALS),
    onChange: () => show(),
  });
  const relu = toggle({ context, word: "relu", value: false, onChange: () => show() });
  const { classes } = loaded.network;
  const table = logitTable(context, choose);
  const fraction = fractionView(context, choose);
  const controls = create("div", { className: "controls" });
  const notes = create("div", { className: "notes", role: "status" });
  const [trained, ofTemperature, ofRelu, steady] = Array.from(
    { length: 4 },
    () => create("p", { className: "note" }),
  );
  const { temperature: own, label_smoothing: smoothing } = loaded.card;
  controls.append(temperature.element, relu.element);
  notes.append(trained, ofTemperature, ofRelu, steady);
  context.say(steady, "steady");
  if (own && smoothing) {
    context.say(trained, "trained", {
      target: () => decimal(1 - smoothing + smoothing / classes.length, TARGET_DECIMALS),
      other: () => decimal(smoothing / classes.length, TARGET_DECIMALS),
      temperature: own,
    });
  }
  place.classList.add("stack");
  place.append(controls, table.element, fraction.element, notes);

  /** @type {number | null} the digit that the reader chose; null: the most probable one */
  let chosen = null;
  /** @type {Float32Array} */
  let logits = new Float32Array(classes.length);

  /** @param {number} digit */
  function choose(digit) {
    chosen = digit;
    show();
  }

  function show() {
    const below = logits.filter((logit) => logit < 0).length;
    const rests = relu.value ? rectified(logits) : Array.from(logits);
    const given = rests.map((logit) => logit / temperature.value);
    const digit = chosen ?? ranked(logits)[0];
    const isHot = temperature.value !== TEMPERATURE.plain;
    const isAltered = isHot || relu.value;
    place.classList.toggle("altered", isAltered);
    trained.hidden = isAltered;
    steady.hidden = !isAltered;
    ofTemperature.hidden = !isHot;
    ofRelu.hidden = !relu.value;
    context.say(ofTemperature, "temperature.words", { t: decimal(temperature.value, DECIMALS) });
    context.say(ofRelu, "relu.words", { n: below });
    table.paint(logits, given, digit);
    fraction.paint(given, digit);
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      logits = answer.blank ? new Float32Array(classes.length) : answer.maps[at];
      show();
    },
  };
}

/** @type {Step} */
export const softmax = {
  name: "softmax",
  words: "softmax",
  lights: ["LogSoftmax"],
  ofReading: true,
  facts: ({ network: { classes } }) => ({ n: classes.length }),
  question,
  mount,
};

// The logits, what e makes of them, and their shares: a row for each class.

const MIN_END = 1; // of the logits' bars, so that small ones look small

/**
 * @param {Context} context
 * @param {(digit: number) => void} onChoose a digit whose fraction is wanted
 */
function logitTable(context, onChoose) {
  const element = create("table", { className: "plain logits" });
  const columns = create("colgroup");
  const head = element.createTHead().insertRow();
  const body = element.createTBody();
  for (const className of ["of-digit", "", "of-number", "of-power", "", "of-number"]) {
    columns.append(create("col", { className }));
  }
  element.prepend(columns);
  for (const word of /** @type {const} */ (["digit", "logit", "power", "prob"])) {
    const isBeside = word === "logit" || word === "prob"; // a bar and a number
    const cell = create("th", { scope: "col", colSpan: isBeside ? 2 : 1 });
    if (word === "power") cell.className = "of-power";
    context.say(cell, word);
    head.append(cell);
  }
  const rows = context.loaded.network.classes.map(rowOf);
  const foot = element.createTFoot();
  const rounding = footOf("rounding", "term");
  const total = footOf("sum", "total");
  element.dataset.sum = "power prob"; // two: see tests/page/adds_up.py

  /** @param {string} name @param {number} digit */
  function rowOf(name, digit) {
    const row = body.insertRow();
    row.addEventListener("click", () => onChoose(digit)); // as the buttons below do
    row.append(create("th", { scope: "row", textContent: name }));
    const [track, logit, power, other, prob] = Array.from({ length: 5 }, () => row.insertCell());
    const bar = barIn(track);
    const share = barIn(other);
    const steady = create("i", { className: "steady" });
    other.firstElementChild?.append(steady);
    for (const cell of [logit, power, prob]) cell.className = "value";
    for (const cell of [power, other, prob]) cell.classList.add("secret");
    power.dataset.term = "power";
    prob.dataset.term = "prob";
    return { row, bar, logit, power, share, steady, prob };
  }

  /** @param {"rounding" | "sum"} word @param {"term" | "total"} role */
  function footOf(word, role) {
    const row = foot.insertRow();
    const name = create("th", { scope: "row", colSpan: 3 });
    context.say(name, word);
    row.append(name);
    const [power, , prob] = Array.from({ length: 3 }, () => row.insertCell());
    power.dataset[role] = "power";
    prob.dataset[role] = "prob";
    for (const cell of [power, prob]) cell.className = "secret";
    return { power, prob };
  }

  /**
   * A column that adds up.
   *
   * @param {"power" | "prob"} name
   * @param {number[]} amounts
   * @param {number} sum
   * @param {number} decimals
   */
  function paintSum(name, amounts, sum, decimals) {
    const shown = roundedSum(amounts, sum, decimals);
    rows.forEach((row, digit) => row[name].textContent = decimal(shown.terms[digit], decimals));
    rounding[name].textContent = decimal(shown.rounding, decimals);
    total[name].textContent = decimal(shown.total, decimals);
  }

  return {
    element,
    /**
     * @param {Float32Array} logits as the network gave them
     * @param {number[]} given what is made of them before softmax
     * @param {number} chosen the digit whose fraction is shown
     */
    paint(logits, given, chosen) {
      const most = Math.max(MIN_END, ...given.map(Math.abs), ...logits.map(Math.abs));
      const { powers, sum } = powersOf(given);
      const probs = probabilitiesOf(given);
      const own = probabilitiesOf(logits);
      const [first] = ranked(given);
      rows.forEach(({ row, bar, logit, share, steady }, digit) => {
        row.classList.toggle("top", digit === first);
        row.classList.toggle("chosen", digit === chosen);
        fillAcross(bar, given[digit], -most, most);
        logit.textContent = decimal(given[digit], DECIMALS);
        fillAcross(share, probs[digit]);
        steady.style.left = `${100 * own[digit]}%`;
      });
      paintSum("power", powers, sum, decimalsFor(sum));
      paintSum("prob", probs, 1, PROB_DECIMALS);
    },
  };
}

/** A bar in a cell of a table. @param {HTMLElement} cell */
function barIn(cell) {
  const { track, bar } = barInTrack();
  cell.append(track);
  return bar;
}

// The probability of one digit and its logarithm, with the numbers in them.

const MIN_DECIMALS = 2; // decimals of a logarithm
const MAX_DECIMALS = 8; // as many as a logit of 32 bits has

/**
 * @param {Context<Keys["softmax"]>} context
 * @param {(digit: number) => void} onChoose a digit whose fraction is wanted
 */
function fractionView(context, onChoose) {
  const element = create("section", { className: "stack fraction secret" });
  const digits = choice({
    context,
    word: "fraction",
    options: context.loaded.network.classes.map((name, digit) => (
      { value: digit, word: "fraction.digit", values: { digit: name } }
    )),
    value: null,
    onChange: onChoose,
  });
  const share = create("p", { className: "formula" });
  const log = create("p", { className: "formula" });
  element.append(digits.element, share, log);
  return {
    element,
    /**
     * @param {number[]} given the logits, as softmax is given them
     * @param {number} digit
     */
    paint(given, digit) {
      const { powers, sum } = powersOf(given);
      const decimals = decimalsFor(sum);
      digits.set(digit);
      context.say(share, "fraction.share", {
        power: precise(powers[digit], decimals),
        sum: decimal(sum, decimals),
        prob: precise(powers[digit] / sum, PROB_DECIMALS),
      });
      context.say(log, "fraction.log", {
        sum: decimal(sum, decimals),
        ...difference(given[digit], Math.log(sum)),
      });
    },
  };
}

/**
 * The logit minus the logarithm of the sum, with enough decimals to show two digits of the result,
 * which is tiny where the network is sure.
 *
 * @param {number} logit
 * @param {number} logSum
 */
function difference(logit, logSum) {
  const left = logit - logSum;
  const wanted = left < 0 ? Math.ceil(-Math.log10(-left)) + 1 : MIN_DECIMALS;
  const decimals = Math.max(MIN_DECIMALS, Math.min(MAX_DECIMALS, wanted));
  const { terms, rounding, total } = roundedSum([logit, -logSum], left, decimals);
  return {
    logit: decimal(terms[0], decimals),
    log: inBrackets(decimal(-terms[1], decimals)),
    equals: rounding ? "≈" : "=",
    value: decimal(total, decimals),
  };
}

/** A number to be put after a minus sign, in brackets if it is negative. @param {string} number */
const inBrackets = (number) => /^\d/.test(number) ? number : `(${number})`;

// What is made of the logits.

const PROB_DECIMALS = 4;
const DIGITS = 6; // of a sum of powers, where it is large
const SHARE_DECIMALS = 3; // of one that is not

/** What ReLU leaves of the logits. @param {ArrayLike<number>} logits */
const rectified = (logits) => Array.from(logits, (logit) => Math.max(0, logit));

/** exp of each logit, as the table shows it, and their sum. @param {number[]} logits */
function powersOf(logits) {
  const powers = logits.map(Math.exp);
  return { powers, sum: powers.reduce((total, power) => total + power, 0) };
}

/** With how many decimals a sum of powers is shown, and each of them. @param {number} sum above 0 */
export function decimalsFor(sum) {
  const tens = Math.floor(Math.log10(sum));
  return Math.max(0, Math.min(SHARE_DECIMALS, DIGITS - 1 - tens) - Math.min(0, tens));
}
