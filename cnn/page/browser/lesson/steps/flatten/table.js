// MNIST's test digits moved, and not moved: what was measured once, beside the reader's own digit.

/**
 * @import { Context } from "../../step.js"
 * @import { Key } from "./words.js"
 * @import { Shifts } from "./files.js"
 */

import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import plain from "./plain.json" with { type: "json" };

// Percent of MNIST's test digits, as the article says that this project implements.
const ARTICLE = { convnet: "> 98.5", mlp: "95" };
const NETWORKS = /** @type {const} */ (["convnet", "mlp"]);
const EVERY = 2; // px, of those that were measured

/**
 * @param {Shifts} table
 * @param {Context<Key>} context
 */
export function tableOf({ command, digits, shifts, ink, networks }, context) {
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
export function figuresOf(cards, context) {
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
