// How many numbers pooling leaves: of the network's maps, and of a 4K picture.

/**
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { sizeOf } from "../../../engine/safetensors.js";
import { create } from "../../../shared/dom.js";

// A picture of 4K in three colours, which is what the article counts a flattened picture by.
export const PHOTO = [3, 2160, 3840];

/**
 * How many numbers are left when windows of this size have each kept one.
 *
 * @param {number[]} shape [channels, height, width]
 * @param {number} side of a window
 */
export const left = ([channels, height, width], side) =>
  channels * Math.floor(height / side) * Math.floor(width / side);

/**
 * @param {Context<keyof typeof words.en>} context
 * @param {number[]} maps the shape of those that are pooled
 */
export function leftTable(context, maps) {
  const element = create("section", { className: "stack left" });
  const heading = create("h3");
  const table = create("table", { className: "plain" });
  const head = table.createTHead().insertRow();
  const after = create("th", { scope: "col" });
  const before = create("th", { scope: "col" });
  const body = table.createTBody();
  context.say(heading, "left");
  context.say(before, "left.before");
  head.append(create("td"), before, after);
  const rows = [rowOf("left.maps", maps), rowOf("left.photo", PHOTO)];
  const note = create("p", { className: "note" });
  const [colours, height, width] = PHOTO;
  context.say(note, "left.photo.words", { width, height, colours });
  element.append(heading, table, note);

  /** @param {"left.maps" | "left.photo"} word @param {number[]} shape */
  function rowOf(word, shape) {
    const row = body.insertRow();
    const name = create("th", { scope: "row" });
    context.say(name, word);
    row.append(name);
    row.insertCell().textContent = sizeOf(shape).toLocaleString("en");
    return { shape, cell: row.insertCell() };
  }

  return {
    element,
    /** @param {number} side of a window */
    paint(side) {
      context.say(after, "left.after", { side });
      for (const { shape, cell } of rows) cell.textContent = left(shape, side).toLocaleString("en");
    },
  };
}
