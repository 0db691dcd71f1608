// Why dropout divides by 1 - p: the sum of the values, before and after.

/**
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";

/** @param {Context<keyof typeof words.en>} context */
export function sumsView(context) {
  const element = create("section", { className: "stack sums" });
  const heading = create("h3");
  const list = create("ul", { className: "bars" });
  const kinds = /** @type {const} */ (["sum.all", "sum.kept", "sum.scaled"]);
  const rows = kinds.map(() => {
    const row = create("li");
    const name = create("span");
    const { track, bar } = barInTrack();
    const value = create("span", { className: "value" });
    row.append(name, track, value);
    list.append(row);
    return { name, bar, value };
  });
  context.say(heading, "sums");
  element.append(heading, list);
  return {
    element,
    /** @param {Float32Array} values @param {Uint8Array} silenced @param {number} rate */
    paint(values, silenced, rate) {
      let [all, kept] = [0, 0];
      values.forEach((value, i) => {
        all += value;
        if (!silenced[i]) kept += value;
      });
      const sums = [all, kept, kept / (1 - rate)];
      const most = Math.max(...sums) || 1;
      rows.forEach(({ name, bar, value }, i) => {
        context.say(name, kinds[i], { share: decimal(1 - rate, 2) });
        fillAcross(bar, Math.max(0, sums[i]), 0, most);
        value.textContent = decimal(sums[i], 1);
      });
    },
  };
}
