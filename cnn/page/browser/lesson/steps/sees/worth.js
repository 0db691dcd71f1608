// The same ink prepared in several ways, and how the network reads each.

/**
 * @import { Context } from "../../step.js"
 * @import { Read } from "./readings.js"
 */

import { barInTrack, fillAcross } from "../../../shared/bars.js";
import { create } from "../../../shared/dom.js";
import { CANVAS } from "../../../shared/drawing.js";
import { percent } from "../../../shared/numbers.js";
import { pixelGrid } from "../../blocks/grid.js";
import { prepared } from "./prepared.js";

const FRAME = 28; // px
const WAYS = [
  { name: "raw", parts: { crop: false, twenty: false, mass: false } },
  { name: "box", parts: { crop: true, twenty: true, mass: false } },
  { name: "mass", parts: { crop: true, twenty: true, mass: true } },
];

/** @param {Context} context */
export function worthTable({ say, label }) {
  const element = create("section", { className: "worth" });
  const heading = create("h3");
  const list = create("ol");
  say(heading, "worth");
  element.append(heading, list);
  const rows = new Map(["yours", ...WAYS.map(({ name }) => name)].map((name) => [name, row(name)]));
  rows.get("raw")?.hide(true);

  /** @param {string} name */
  function row(name) {
    const item = create("li", { className: name });
    const grid = pixelGrid({ width: FRAME, height: FRAME });
    const title = create("span", { className: "name" });
    const { track, bar } = barInTrack();
    const value = create("b");
    const reads = create("span", { className: "reads" });
    label(grid.element, "grid");
    say(title, `way.${name}`);
    item.append(grid.element, title, track, value, reads);
    list.append(item);
    return {
      item,
      /** @param {Float32Array} digit @param {Read} read */
      paint(digit, { digit: reading, prob, silent }) {
        grid.paint(digit, 1);
        fillAcross(bar, silent ? 0 : prob);
        value.textContent = silent ? "" : percent(prob);
        say(reads, silent ? "reads.nothing" : "reads", { digit: reading });
      },
      /** Whether it shows what the question asks for. @param {boolean} isAsked */
      hide(isAsked) {
        for (const part of [track, value, reads]) part.classList.toggle("secret", isAsked);
      },
    };
  }

  return {
    element,
    /**
     * @param {number[][] | null} strokes null: there are none, so only the reader's own way is read
     * @param {Read} yours as the reader has set it
     * @param {Float32Array} got what was read there
     * @param {(digit: Float32Array) => Read} read
     * @param {boolean} isAsked whether the reader's way is the one that the question asks about
     */
    paint(strokes, yours, got, read, isAsked) {
      rows.get("yours")?.paint(got, yours);
      rows.get("yours")?.hide(isAsked);
      for (const { name, parts } of WAYS) {
        const row = rows.get(name);
        if (!row) continue;
        row.item.hidden = !strokes;
        if (!strokes) continue;
        const digit = prepared(strokes, CANVAS, parts);
        row.paint(digit, read(digit));
      }
    },
  };
}
