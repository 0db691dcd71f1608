// MNIST's test digits moved, and not moved: what was measured once, beside the reader's own digit.

/**
 * @import { Context } from "../../step.js"
 * @import { Key } from "./words.js"
 * @import { Shifts } from "./files.js"
 */

import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";

// Percent of MNIST's test digits, as the article says that this project implements.
const ARTICLE_MLP = 95;
const PEOPLE = 98;
const ARTICLE_CNN = 98.5;

/**
 * @param {Shifts} table
 * @param {Context<Key>} context
 */
export function tableOf({ command, digits, shifts, ink, networks }, context) {
  const element = create("figure", { className: "figure" });
  const caption = create("figcaption");
  const table = create("table", { className: "plain" });
  const note = create("p", { className: "note" });
  context.say(caption, "table", { digits: grouped(digits) });
  context.say(note, "table.note", { command });
  const head = table.createTHead().insertRow();
  const corner = create("th", { scope: "row" });
  context.say(corner, "table.px");
  head.append(corner, ...shifts.map((px) => create("th", { scope: "col", textContent: `${px}` })));
  const body = table.createTBody();
  /** @param {Key} word @param {string} className @param {number[]} percents */
  function addRow(word, className, percents) {
    const row = body.insertRow();
    const name = create("th", { scope: "row" });
    row.className = className;
    context.say(name, word);
    row.append(name);
    for (const percent of percents) row.insertCell().textContent = decimal(percent, 1);
  }
  addRow("convnet", "convnet", networks.convnet.right);
  addRow("mlp", "mlp", networks.mlp.right);
  addRow("table.ink", "ink", ink);
  element.append(caption, table, note);
  return element;
}

/**
 * The article's figures, people's and ours.
 *
 * @param {{ mlp: Record<string, any>, convnet: Record<string, any> }} cards of our networks
 * @param {Context<Key>} context
 */
export function figuresOf({ mlp, convnet }, context) {
  const element = create("figure", { className: "figure" });
  const caption = create("figcaption");
  const list = create("dl", { className: "figures" });
  const note = create("p", { className: "note" });
  context.say(caption, "figures");
  /** @param {Key} word @param {string} percent */
  function add(word, percent) {
    const name = create("dt");
    const entry = create("div");
    context.say(name, word);
    entry.append(name, create("dd", { className: "fact", textContent: `${percent}%` }));
    list.append(entry);
  }
  add("figures.article_mlp", `${ARTICLE_MLP}`);
  add("figures.people", `${PEOPLE}`);
  add("figures.article_cnn", `${ARTICLE_CNN}`);
  add("figures.mlp", decimal(mlp.mnist, 2));
  add("figures.convnet", decimal(convnet.mnist, 2));
  context.say(note, "figures.note", { mlp: mlp.epoch, convnet: convnet.epoch });
  element.append(caption, list, note);
  return element;
}

/** @param {number} count */
const grouped = (count) => count.toLocaleString("en-US");
