// How much a push changes before pooling and after it, as bars.

/**
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { create } from "../../../shared/dom.js";

/**
 * @param {Context<keyof typeof words.en>} context
 * @param {string} stage the name of the one that is pooled
 */
export function changesView(context, stage) {
  const element = create("section", { className: "stack changes" });
  const heading = create("h3");
  const list = create("ul", { className: "bars" });
  const how = create("p", { className: "note" });
  const kinds = /** @type {const} */ (["changed.before", "changed.max", "changed.average"]);
  const rows = kinds.map((word) => {
    const row = create("li");
    const name = create("span");
    const { track, bar } = barInTrack();
    const value = create("span", { className: "value" });
    context.say(name, word, { stage });
    const isAsked = word !== "changed.before";
    for (const part of [track, value]) part.classList.toggle("secret", isAsked);
    row.append(name, track, value);
    list.append(row);
    return { bar, value };
  });
  context.say(how, "changed.how");
  element.append(heading, list);
  return {
    element,
    how,
    /**
     * @param {number} push px
     * @param {number} side of a window
     * @param {number[]} shares the change before, after max-pooling, after average pooling
     */
    paint(push, side, shares) {
      context.say(heading, push ? "changed" : "changed.none", { push, side });
      const most = Math.max(1, ...shares); // more than all may change
      rows.forEach(({ bar, value }, i) => {
        fillAcross(bar, shares[i], 0, most);
        value.textContent = `${Math.round(100 * shares[i])}%`;
      });
    },
  };
}
