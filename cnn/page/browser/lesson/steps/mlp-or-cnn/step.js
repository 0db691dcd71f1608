// Why not flatten? The MLP and the ConvNet read the same digit while it is moved within its frame.

/**
 * @import { LoadedNetwork } from "../../../shared/network.js"
 * @import { Context, Now, Question, Said, Step } from "../../step.js"
 * @import { Move, Shifts } from "./exhibit.js"
 * @import { Key } from "./words.js"
 */

import { Network } from "../../../engine/network.js";
import { create } from "../../../shared/dom.js";
import { decimal, percent } from "../../../shared/numbers.js";
import { waiting } from "../../blocks/files.js";
import { exhibitOf, mlp, moved, shifts, STILL } from "./exhibit.js";
import { words } from "./words.js";

/** A ConvNet of our own: another's run would overwrite what it gave. @type {WeakMap<LoadedNetwork, Network>} */
const owns = new WeakMap();

/** @type {Step} */
export const flatten = {
  name: "flatten",
  words,
  lights: ["Flatten"],
  ofReading: true,
  question: ({ answer, loaded }) =>
    mlp.value && firstToLose(answer, { convnet: ownOf(loaded), mlp: mlp.value.network }),
  mount,
};

/** @param {LoadedNetwork} loaded */
function ownOf(loaded) {
  const own = owns.get(loaded) ?? new Network(loaded.card.architecture, loaded.tensors);
  owns.set(loaded, own);
  return own;
}

/** @param {HTMLElement} place @param {Context<Key>} context */
function mount(place, context) {
  const { loaded } = context;
  const exhibit = exhibitOf(context, ownOf(loaded));
  const measured = create("div", { className: "secret" });
  const figures = create("div");
  const tables = create("div", { className: "tables" });
  const age = create("p", { className: "note", hidden: true });
  tables.append(measured, figures);
  const notes = create("div");
  exhibit.element.append(tables, notes, age);
  place.append(exhibit.element);

  /** @param {NonNullable<typeof mlp.value>} loadedMlp */
  function compare({ network, card }) {
    exhibit.compareWith(network);
    const { element, note } = figuresOf({ mlp: card, convnet: loaded.card }, context);
    figures.append(element);
    notes.append(note);
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

  /** A table of other weights than those beside it is not passed off as theirs. */
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
    paint: exhibit.paint,
    destroy() {
      exhibit.destroy();
      for (const wait of waits) wait.stop();
    },
  };
}

const MOST = 6; // px, as far as MNIST's test digits are moved
const OPTIONS = ["option.mlp", "option.convnet", "option.both", "option.neither"];

/**
 * Which network loses the reader's digit first. What is right is worked out when it is asked for:
 * under the pen nobody has chosen yet.
 *
 * @param {Now["answer"]} answer
 * @param {{ convnet: Network, mlp: Network }} networks of nobody else
 * @returns {Question | null}
 */
function firstToLose({ blank, seen }, networks) {
  if (blank) return null;
  const digit = likeliest(probsOf(networks.convnet, seen));
  /** @type {{ mlp: Fall, convnet: Fall } | null} */
  let falls = null;
  function found() {
    const what = { label: digit, most: MOST };
    return falls ??= {
      mlp: fallOf(networks.mlp, seen, what),
      convnet: fallOf(networks.convnet, seen, what),
    };
  }
  return {
    values: { digit, most: MOST },
    options: OPTIONS.map((word) => ({ word })),
    get right() {
      const { mlp, convnet } = found();
      if (mlp.at === convnet.at) return mlp.at === null ? 3 : 2;
      return (mlp.at ?? Infinity) < (convnet.at ?? Infinity) ? 0 : 1;
    },
    get because() {
      return reasonOf(digit, found());
    },
  };
}

/** @param {number} digit @param {{ mlp: Fall, convnet: Fall }} falls @returns {Said} */
function reasonOf(digit, { mlp, convnet }) {
  const word = mlp.at !== null && convnet.at !== null
    ? "because.two"
    : mlp.at !== null
    ? "because.mlp"
    : convnet.at !== null
    ? "because.convnet"
    : "because.neither";
  const values = {
    digit,
    most: MOST,
    mlpAt: mlp.at ?? MOST,
    mlpReads: mlp.read,
    mlpSure: percent(mlp.prob),
    convnetAt: convnet.at ?? MOST,
    convnetReads: convnet.read,
    convnetSure: percent(convnet.prob),
  };
  return { word, values };
}

// MNIST's test digits moved, and not moved: what was measured once, beside the reader's own digit.

import plain from "./plain.json" with { type: "json" };

// Percent of MNIST's test digits, as the article says that this project implements.
const ARTICLE = { convnet: "> 98.5", mlp: "95" };
const NETWORKS = /** @type {const} */ (["convnet", "mlp"]);
const EVERY = 2; // px, of those that were measured

/**
 * @param {Shifts} table
 * @param {Context<Key>} context
 */
function tableOf({ command, digits, shifts, ink, networks }, context) {
  const shown = shifts.flatMap((px, i) => px % EVERY === 0 ? [i] : []);
  const last = shown[shown.length - 1];
  const element = captioned(context, "table", { digits: digits.toLocaleString("en") });
  const { addRow, table } = percentTable(context);
  const head = table.createTHead().insertRow();
  head.append(named(context, "table.px", "row"));
  for (const i of shown) {
    head.append(create("th", { scope: "col", textContent: `${shifts[i]}` }));
  }
  for (const name of NETWORKS) {
    addRow(name, shown.map((i) => decimal(networks[name].right[i], 1)));
  }
  const values = { px: shifts[last], ink: decimal(ink[last], 1), command };
  element.append(table);
  return { element, note: noted(context, "table.note", values) };
}

/**
 * The article's figures, those of a plain recipe, and those of this page.
 *
 * @param {Record<"convnet" | "mlp", Record<string, any>>} cards of our networks
 * @param {Context<Key>} context
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
    addRow(name, [ARTICLE[name], spread(plain.right[name]), decimal(cards[name].mnist, 2)]);
  }
  const note = noted(context, "figures.note", {
    epochs: plain.epochs,
    seeds: plain.right.mlp.length,
    command: plain.command,
    mlp: cards.mlp.epoch,
    convnet: cards.convnet.epoch,
    best: decimal(cards.convnet.mnist, 2),
  });
  element.append(table);
  return { element, note };
}

/** The mean, and how far from it the farthest is. @param {number[]} percents */
function spread(percents) {
  const mean = percents.reduce((sum, percent) => sum + percent, 0) / percents.length;
  const away = Math.max(...percents.map((percent) => Math.abs(percent - mean)));
  return `${decimal(mean, 2)} ± ${decimal(away, 2)}`;
}

/** @param {Context<Key>} context @param {Key} word @param {Record<string, string>} values */
function captioned(context, word, values) {
  const element = create("figure", { className: "figure" });
  const caption = create("figcaption");
  context.say(caption, word, values);
  element.append(caption);
  return element;
}

/** @param {Context<Key>} context @param {Key} word @param {Record<string, string | number>} values */
function noted(context, word, values) {
  const note = create("p", { className: "note" });
  context.say(note, word, values);
  return note;
}

/** A heading of a row or a column. @param {Context<Key>} context @param {Key} word @param {string} scope */
function named(context, word, scope) {
  const cell = create("th", { scope });
  context.say(cell, word);
  return cell;
}

/** A table with a row for each network. @param {Context<Key>} context */
function percentTable(context) {
  const table = create("table", { className: "plain" });
  const body = table.createTBody();
  /** @param {"convnet" | "mlp"} name @param {string[]} percents */
  function addRow(name, percents) {
    const row = body.insertRow();
    row.className = name;
    row.append(named(context, name, "row"));
    for (const percent of percents) row.insertCell().textContent = percent;
  }
  return { table, addRow };
}

// What a network makes of a digit that is moved: its probabilities, and when it loses it.

/**
 * Ten probabilities.
 *
 * @param {Network} network
 * @param {Float32Array} digit 784 values
 */
export function probsOf(network, digit) {
  const maps = network.run(digit);
  return Array.from(maps[maps.length - 1], Math.exp);
}

/** The first of the largest. @param {number[]} probs */
export const likeliest = (probs) => probs.indexOf(Math.max(...probs));

/**
 * The probability of `label` for each shift to the right, all else as in `move`.
 *
 * @param {Network} network
 * @param {Float32Array} digit
 * @param {{ label: number, move: Move, shifts: number[] }} what
 */
export function curveOf(network, digit, { label, move, shifts }) {
  return shifts.map((right) => probsOf(network, moved(digit, { ...move, right }))[label]);
}

/**
 * Where a network stops reading the digit as `label`: px to the right, what it reads there, and
 * the probability of `label` there. at is null where it still reads it after `most`; then read and
 * prob are of there.
 *
 * @typedef {{ at: number | null, read: number, prob: number }} Fall
 */

/**
 * @param {Network} network
 * @param {Float32Array} digit
 * @param {{ label: number, most: number }} what
 * @returns {Fall}
 */
function fallOf(network, digit, { label, most }) {
  for (let right = 0;; right++) {
    const probs = probsOf(network, moved(digit, { ...STILL, right }));
    const read = likeliest(probs);
    if (read !== label) return { at: right, read, prob: probs[label] };
    if (right === most) return { at: null, read, prob: probs[label] };
  }
}
