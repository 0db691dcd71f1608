// What dropout does to this network's accuracy: as benchmarks/dropout.py measured it.

/**
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import accuracies from "./accuracies.json" with { type: "json" };

const DECIMALS = 2; // percent

/**
 * @param {Context<keyof typeof words.en>} context
 * @param {number | undefined} own the rate that the page's network was trained with
 */
export function accuracyTable(context, own) {
  const element = create("section", { className: "stack accuracies" });
  const heading = create("h3");
  const table = create("table", { className: "plain" });
  const head = table.createTHead().insertRow();
  const body = table.createTBody();
  const note = create("p", { className: "note" });
  context.say(heading, "table");
  for (const word of /** @type {const} */ (["table.rate", "table.trained", "table.held_out"])) {
    const cell = create("th", { scope: "col" });
    context.say(cell, word);
    head.append(cell);
  }
  for (const { rate, trained, heldOut } of accuracies.rates) {
    const row = body.insertRow();
    const name = create("th", { scope: "row" });
    name.append(`${rate}`);
    if (rate === own) {
      const ours = create("small");
      context.say(ours, "table.ours");
      name.append(" ", ours);
      row.className = "own";
    }
    row.append(name);
    row.insertCell().textContent = decimal(trained, DECIMALS);
    row.insertCell().textContent = decimal(heldOut, DECIMALS);
  }
  context.say(note, "table.words", { command: accuracies.command });
  element.append(heading, table, note);
  return element;
}
