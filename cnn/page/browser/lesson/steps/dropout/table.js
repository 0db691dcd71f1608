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
  context.say(heading, "table", { own: own ?? 0 });
  const corner = create("th", { scope: "row" });
  context.say(corner, "table.rate");
  head.append(corner);
  for (const { rate } of accuracies.rates) {
    head.append(create("th", { scope: "col", textContent: `${rate}`, className: classOf(rate) }));
  }
  addRow("table.trained", accuracies.rates.map(({ rate, trained }) => [rate, trained]));
  addRow("table.held_out", accuracies.rates.map(({ rate, heldOut }) => [rate, heldOut]));

  /** @param {"table.trained" | "table.held_out"} word @param {number[][]} percents by their rate */
  function addRow(word, percents) {
    const row = body.insertRow();
    const name = create("th", { scope: "row" });
    context.say(name, word);
    row.append(name);
    for (const [rate, percent] of percents) {
      const textContent = decimal(percent, DECIMALS);
      row.append(create("td", { textContent, className: classOf(rate) }));
    }
  }

  /** @param {number} rate */
  function classOf(rate) {
    return rate === own ? "own" : "";
  }

  context.say(note, "table.words", { command: accuracies.command });
  element.append(heading, table, note);
  return element;
}
