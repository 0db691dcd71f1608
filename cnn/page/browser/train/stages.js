// The network that is being built: its stages in a row, with their sizes and what they cost.

/**
 * @import { Spec } from "../engine/layers/layer.js"
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { create } from "../shared/dom.js";
import { write } from "../shared/i18n.js";
import { number } from "../shared/numbers.js";
import { countsOf } from "./plan.js";

const KINDS = /** @type {const} */ (["parameters", "multiplications"]);

/** @param {Words<Keys["train/build"]>} words */
export function stageRow({ say, label }) {
  const element = create("div", { className: "stages", tabIndex: 0 }); // it may scroll
  const table = create("table");
  element.role = "region";
  label(element, "stages");
  element.append(table);

  /** @param {HTMLTableRowElement} row @param {"col" | "row"} scope @param {Keys["train/build"]} word */
  function heading(row, scope, word) {
    const cell = create("th", { scope });
    say(cell, word);
    row.append(cell);
  }

  return {
    element,
    /** @param {Spec[]} specs */
    paint(specs) {
      const counts = countsOf(specs);
      const costs = new Map(counts.layers.map((layer) => [layer.name, layer]));
      table.replaceChildren();
      const names = table.createTHead().insertRow();
      const body = table.createTBody();
      const shapes = body.insertRow();
      heading(names, "col", "stages.name");
      heading(shapes, "row", "stages.shape");
      specs.forEach(({ name, shape }, i) => {
        if (i) names.append(create("th", { scope: "col", textContent: name }));
        else heading(names, "col", "stages.input");
        write(shapes.insertCell(), () => shape.map(number).join(" × "));
      });
      heading(names, "col", "stages.total");
      shapes.insertCell();
      for (const kind of KINDS) {
        const row = body.insertRow();
        heading(row, "row", `stages.${kind}`);
        for (const { name } of specs) {
          const cost = costs.get(name);
          const cell = row.insertCell();
          if (cost) write(cell, () => number(cost[kind]));
        }
        write(row.insertCell(), () => number(counts[kind]));
      }
    },
  };
}
