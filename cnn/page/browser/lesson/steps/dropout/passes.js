// The logits of ten passes as dots, a line of them for each digit, beside the steady answer.

/**
 * @import { Context } from "../../step.js"
 * @import { words } from "./words.js"
 */

import { create } from "../../../shared/dom.js";

const MARGIN = 0.04; // of the axis, free at either end

/**
 * What the passes say: kept: how many say the same digit as the steady answer; the others are
 * percentages of its probability.
 *
 * @typedef {{ digit: number, kept: number, low: string, high: string, steady: string }} Summary
 */

/** @param {Context<keyof typeof words.en>} context */
export function passesView(context) {
  const element = create("section", { className: "stack passes" });
  const heading = create("h3");
  const chart = create("ol", { start: 0, className: "dots" });
  const said = create("p", { className: "note" });
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const row = create("li");
    const track = create("span", { className: "track" });
    const steady = create("i", { className: "steady" });
    /** @type {HTMLElement[]} */
    const dots = [];
    track.append(steady);
    row.append(create("b", { textContent: `${digit}` }), track);
    chart.append(row);
    return { row, track, steady, dots };
  });
  chart.ariaHidden = "true"; // the sentence below says it
  context.say(heading, "passes");
  element.append(heading, chart, said);
  return {
    element,
    /**
     * @param {Float32Array[]} ofPasses ten logits each
     * @param {Float32Array | null} steady the logits with nothing silenced; null: nothing is drawn
     * @param {Summary | null} summary null: nothing is silenced, so there is nothing to say
     * @param {boolean} isDrawing the pen is down: the dots follow it at once
     */
    paint(ofPasses, steady, summary, isDrawing) {
      chart.classList.toggle("empty", !steady);
      chart.classList.toggle("at-once", isDrawing);
      if (!steady) return context.say(said, "passes.blank");
      const all = [steady, ...ofPasses].flatMap((logits) => Array.from(logits));
      const [low, high] = [Math.min(...all), Math.max(...all)];
      const place = (/** @type {number} */ logit) =>
        100 * (MARGIN + (1 - 2 * MARGIN) * (logit - low) / (high - low || 1));
      const first = steady.indexOf(Math.max(...steady));
      rows.forEach(({ row, track, steady: line, dots }, digit) => {
        while (dots.length < ofPasses.length) {
          dots.push(create("i", { className: "dot" }));
          track.append(dots[dots.length - 1]);
        }
        line.style.left = `${place(steady[digit])}%`;
        dots.forEach((dot, i) => dot.style.left = `${place(ofPasses[i][digit])}%`);
        row.classList.toggle("top", digit === first);
      });
      if (summary) context.say(said, "passes.said", { ...summary });
      else context.say(said, "passes.off");
    },
  };
}
