// Why not flatten? The MLP and the ConvNet read the same digit while it is moved within its frame.

/**
 * @import { Network } from "../../../engine/network.js"
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 * @import { Fall, Shifts } from "./exhibit.js"
 * @import { Said, WordValues } from "../../../shared/i18n.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { argmax } from "../../../engine/probabilities.js";
import { digitFromStrokes, PIXELS } from "../../../engine/strokes.js";
import examples from "../../../shared/examples.json" with { type: "json" };
import { Pixels } from "../../../shared/colors.js";
import { create } from "../../../shared/dom.js";
import { write } from "../../../shared/i18n.js";
import { decimal, number, percent } from "../../../shared/numbers.js";
import { CANVAS } from "../../../shared/store.js";
import { waiting } from "../../blocks/files.js";
import { exhibitOf, fallOf, mlp, moved, readingOf, shifts, STILL } from "./exhibit.js";

/** @type {Step} */
export const mlpOrCnn = {
  name: "flatten",
  words: "mlp-or-cnn",
  lights: ["Flatten"],
  ofReading: true,
  lacks: ({ network: { stages } }) => !stages.some(({ kind }) => kind === "Conv2d"),
  question({ answer, loaded }) {
    const network = mlp.value?.network;
    if (!network || !isSame(network, loaded.network)) return null;
    return firstToLose(answer, { convnet: loaded.network, mlp: network });
  },
  mount,
};

/** Whether both tell the same apart. @param {Network} one @param {Network} other */
const isSame = (one, other) => one.classes.join("\n") === other.classes.join("\n");

/** @param {HTMLElement} place @param {Context<Keys["mlp-or-cnn"]>} context */
function mount(place, context) {
  const { loaded } = context;
  const exhibit = exhibitOf(context, loaded.network);
  const measured = create("div", { className: "secret" });
  const figures = create("div");
  const rows = rowsOf(context);
  const tables = create("div", { className: "tables" });
  const age = create("p", { className: "note", hidden: true });
  tables.append(measured, figures);
  const notes = create("div", { className: "note notes" });
  exhibit.element.append(rows.element, tables, notes, age);
  place.append(exhibit.element);

  /** @param {NonNullable<typeof mlp.value>} loadedMlp */
  function compare({ network, card }) {
    if (!isSame(network, loaded.network)) { // nor are its figures of the same digits
      tables.remove();
      age.remove();
      const line = create("p", { className: "note" });
      context.say(line, "other");
      return notes.replaceWith(line);
    }
    exhibit.compareWith(network);
    const { element, note } = figuresOf({ mlp: card, convnet: loaded.card }, context);
    figures.append(element);
    notes.append(" ", note);
    tellAge();
    context.changed();
  }

  /** @param {Shifts} table */
  function show(table) {
    const { element, note } = tableOf(table, context);
    measured.append(element);
    notes.prepend(note);
    tellAge();
  }

  /** Say so where the table was measured on other weights than those that are shown beside it. */
  function tellAge() {
    if (!mlp.value || !shifts.value) return;
    const { command, networks } = shifts.value;
    const isOf = networks.mlp.sha256 === mlp.value.card.sha256 &&
      networks.convnet.sha256 === loaded.card.sha256;
    age.hidden = isOf;
    context.say(age, "stale", { command });
  }

  const waits = [
    waiting({ context, later: mlp, missing: "missing.mlp", onValue: compare }),
    waiting({ context, later: shifts, missing: "missing.shifts", onValue: show }),
  ];
  figures.append(waits[0].element);
  measured.append(waits[1].element);
  return {
    /** @param {Answer} answer */
    paint(answer) {
      exhibit.paint(answer);
      rows.paint(answer);
    },
    destroy() {
      exhibit.destroy();
      for (const wait of waits) wait.stop();
    },
  };
}

const MAX_SHIFT = 6; // px, as far as MNIST's test digits are moved
const OPTIONS = ["option.mlp", "option.convnet", "option.both", "option.neither"];

/**
 * Which network misreads the reader's digit first. The right answer is worked out only when it is
 * asked for: while the pen is down, nobody has chosen yet.
 *
 * @param {Now["answer"]} answer
 * @param {{ convnet: Network, mlp: Network }} networks of nobody else
 * @returns {Question | null}
 */
function firstToLose({ blank, seen }, networks) {
  if (blank) return null;
  const digit = argmax(readingOf(networks.convnet, seen));
  /** @type {{ mlp: Fall, convnet: Fall } | null} */
  let falls = null;
  function found() {
    const what = { label: digit, most: MAX_SHIFT };
    return falls ??= {
      mlp: fallOf(networks.mlp, seen, what),
      convnet: fallOf(networks.convnet, seen, what),
    };
  }
  return {
    values: { digit: networks.convnet.classes[digit], most: MAX_SHIFT },
    options: OPTIONS.map((word) => ({ word })),
    get right() {
      const { mlp, convnet } = found();
      if (mlp.at === convnet.at) return mlp.at === null ? 3 : 2;
      return (mlp.at ?? Infinity) < (convnet.at ?? Infinity) ? 0 : 1;
    },
    get because() {
      return reasonOf(networks.convnet.classes, digit, found());
    },
  };
}

/**
 * @param {readonly string[]} classes
 * @param {number} digit
 * @param {{ mlp: Fall, convnet: Fall }} falls
 * @returns {Said}
 */
function reasonOf(classes, digit, { mlp, convnet }) {
  const word = mlp.at !== null && convnet.at !== null
    ? "because.two"
    : mlp.at !== null
    ? "because.mlp"
    : convnet.at !== null
    ? "because.convnet"
    : "because.neither";
  const values = {
    digit: classes[digit],
    most: MAX_SHIFT,
    mlpAt: mlp.at ?? MAX_SHIFT,
    mlpReads: classes[mlp.read],
    mlpSure: () => percent(mlp.prob),
    convnetAt: convnet.at ?? MAX_SHIFT,
    convnetReads: classes[convnet.read],
    convnetSure: () => percent(convnet.prob),
  };
  return { word, values };
}

// What a flattening network sees: digits as rows of 784 values. Other digits look alike there, and
// the same digit, moved, does not.

const ALIKE = [["1", "7"], ["8", "0"]]; // the article's; names of the page's examples
const PUSH = 2; // px to the right
const HALF = 0.5; // between paper and ink

/**
 * In how many places two digits differ by more than half of the ink.
 *
 * @param {Float32Array} one 784 values
 * @param {Float32Array} other
 */
export const differing = (one, other) =>
  one.reduce((sum, value, i) => sum + Number(Math.abs(value - other[i]) > HALF), 0);

/** @param {Context<Keys["mlp-or-cnn"]>} context */
function rowsOf(context) {
  const n = PIXELS * PIXELS;
  const element = captioned(context, "rows", { n });
  element.classList.add("rows");
  for (const names of ALIKE) {
    pairOf((line, i) => line.textContent = names[i]).paint(names.map(exampleOf));
  }
  const words = /** @type {const} */ (["rows.own", "rows.moved"]);
  const own = pairOf((line, i) => context.say(line, words[i], { push: PUSH }));

  /** @param {(line: HTMLElement, i: number) => void} name */
  function pairOf(name) {
    const pair = create("div", { className: "pair" });
    const pictures = [0, 1].map((i) => {
      const line = create("span");
      const pixels = new Pixels(n, 1);
      name(line, i);
      pair.append(line, pixels.canvas);
      return pixels;
    });
    const count = create("span", { className: "count" });
    pair.append(count);
    element.append(pair);
    return {
      element: pair,
      /** @param {Float32Array[]} digits two */
      paint(digits) {
        pictures.forEach((pixels, i) => pixels.paint(digits[i], 1));
        write(count, () => number(differing(digits[0], digits[1])));
      },
    };
  }

  return {
    element,
    /** @param {Answer} answer */
    paint({ blank, seen }) {
      own.element.hidden = blank;
      if (!blank) own.paint([seen, moved(seen, { ...STILL, right: PUSH })]);
    },
  };
}

/** The digit of the example of this name. @param {string} name */
function exampleOf(name) {
  const { strokes } =
    /** @type {typeof examples[0]} */ (examples.find((each) => each.name === name));
  return /** @type {Float32Array} */ (digitFromStrokes(strokes, CANVAS));
}

// MNIST's test digits moved, and not moved: what was measured once, beside the reader's own digit.

import plain from "./plain.json" with { type: "json" };

// Percent of MNIST's test digits read correctly, according to the article that this project
// implements.
const ARTICLE = { convnet: () => `> ${decimal(98.5, 1)}`, mlp: () => "95" };
const NETWORKS = /** @type {const} */ (["convnet", "mlp"]);
const EVERY = 2; // px: of the shifts that were measured, every multiple of this is shown

/**
 * @param {Shifts} table
 * @param {Context<Keys["mlp-or-cnn"]>} context
 */
function tableOf({ command, digits, shifts, ink, networks }, context) {
  const shown = shifts.flatMap((px, i) => px % EVERY === 0 ? [i] : []);
  const last = shown[shown.length - 1];
  const element = captioned(context, "table", { digits });
  const { addRow, table } = percentTable(context);
  const head = table.createTHead().insertRow();
  head.append(named(context, "table.px", "row"));
  for (const i of shown) {
    head.append(create("th", { scope: "col", textContent: `${shifts[i]}` }));
  }
  for (const name of NETWORKS) {
    addRow(name, shown.map((i) => () => decimal(networks[name].right[i], 1)));
  }
  const values = { px: shifts[last], ink: () => decimal(ink[last], 1), command };
  element.append(table);
  return { element, note: noted(context, "table.note", values) };
}

/**
 * The article's figures, those of a plain recipe, and those of this page.
 *
 * @param {Record<"convnet" | "mlp", Record<string, any>>} cards of our networks
 * @param {Context<Keys["mlp-or-cnn"]>} context
 */
function figuresOf(cards, context) {
  const element = captioned(context, "figures", {});
  const { addRow, table } = percentTable(context);
  const head = table.createTHead().insertRow();
  head.append(create("td"));
  for (const word of /** @type {const} */ (["figures.article", "figures.plain", "figures.ours"])) {
    head.append(named(context, word, "col"));
  }
  for (const name of NETWORKS) {
    addRow(name, [
      ARTICLE[name],
      () => spread(plain.right[name]),
      () => known(cards[name].mnist),
    ]);
  }
  const note = noted(context, "figures.note", {
    epochs: plain.epochs,
    seeds: plain.right.mlp.length,
    command: plain.command,
    mlp: cards.mlp.epoch ?? UNKNOWN,
    convnet: cards.convnet.epoch ?? UNKNOWN,
    best: () => known(cards.convnet.mnist),
  });
  element.append(table);
  return { element, note };
}

const UNKNOWN = "–"; // where a card does not say

/** @param {number | undefined} percent of a card */
const known = (percent) => percent === undefined ? UNKNOWN : decimal(percent, 2);

/** The mean, and how far from it the farthest is. @param {number[]} percents */
function spread(percents) {
  const mean = percents.reduce((sum, percent) => sum + percent, 0) / percents.length;
  const away = Math.max(...percents.map((percent) => Math.abs(percent - mean)));
  return `${decimal(mean, 2)} ± ${decimal(away, 2)}`;
}

/** @param {Context<Keys["mlp-or-cnn"]>} context @param {Keys["mlp-or-cnn"]} word @param {WordValues} values */
function captioned(context, word, values) {
  const element = create("figure", { className: "figure" });
  const caption = create("figcaption");
  context.say(caption, word, values);
  element.append(caption);
  return element;
}

/** @param {Context<Keys["mlp-or-cnn"]>} context @param {Keys["mlp-or-cnn"]} word @param {WordValues} values */
function noted(context, word, values) {
  const note = create("p", { className: "note" });
  context.say(note, word, values);
  return note;
}

/** A heading of a row or a column. @param {Context<Keys["mlp-or-cnn"]>} context @param {Keys["mlp-or-cnn"]} word @param {string} scope */
function named(context, word, scope) {
  const cell = create("th", { scope });
  context.say(cell, word);
  return cell;
}

/** A table with a row for each network. @param {Context<Keys["mlp-or-cnn"]>} context */
function percentTable(context) {
  const table = create("table", { className: "plain" });
  const body = table.createTBody();
  /** @param {"convnet" | "mlp"} name @param {(() => string)[]} percents */
  function addRow(name, percents) {
    const row = body.insertRow();
    row.className = name;
    row.append(named(context, name, "row"));
    for (const percent of percents) write(row.insertCell(), percent);
  }
  return { table, addRow };
}
