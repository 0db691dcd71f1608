// What each moment reads of the drawing, in a row: a moment that was not looked at yet keeps quiet.

/**
 * @import { Context } from "../../step.js"
 * @import { Key } from "./words.js"
 * @import { Moment } from "./moments.js"
 */

import { create } from "../../../shared/dom.js";
import { nearest } from "../../blocks/plot.js";
import { sweep } from "../../blocks/sweep.js";
import { nameOf } from "./question.js";

const FAINTEST = 0.55; // opacity of a digit that is as good as guessed
const KINDS = /** @type {const} */ (["step", "epoch", "temperature"]);

/** What the moment is named by. @param {Moment} moment */
const kindOf = ({ epoch, temperature }) =>
  temperature !== null ? "temperature" : epoch > 0 ? "epoch" : "step";

/**
 * @param {Moment[]} moments
 * @param {Context<Key>} context
 * @param {(index: number) => void} onPoint pressed on or swept to; the keyboard has the player beside it
 */
export function stripOf(moments, context, onPoint) {
  const element = create("div", { className: "readings" });
  const list = create("ol");
  const axis = create("div", { className: "axis" });
  const items = moments.map((moment, index) => {
    const item = create("li");
    const digit = create("b");
    const tick = create("small");
    item.style.setProperty("--at", `${index / Math.max(1, moments.length - 1)}`);
    const kind = kindOf(moment);
    tick.textContent = kind === "temperature" ? "÷" : `${moment[kind]}`;
    item.classList.toggle("apart", kind === "temperature");
    item.append(digit, tick);
    return { item, digit };
  });
  for (const kind of KINDS) {
    const moment = moments.findLast((each) => kindOf(each) === kind);
    if (!moment) continue;
    const name = create("span");
    name.style.flexGrow = `${moments.filter((each) => kindOf(each) === kind).length}`;
    context.say(name, `axis.${kind}`, { temperature: moment.temperature ?? "" });
    axis.append(name);
  }
  list.append(...items.map(({ item }) => item));
  element.append(list, axis);
  sweep(list, (x) => {
    const middles = items.map(({ item }) => {
      const { left, right } = item.getBoundingClientRect();
      return (left + right) / 2;
    });
    onPoint(nearest(middles, x));
  });
  context.label(list, "strip");
  return {
    element,
    /**
     * @param {number[][]} readings ten probabilities for each moment; none: nothing is drawn
     * @param {(index: number) => boolean} isSeen
     * @param {number[]} shown the moments that are shown
     */
    paint(readings, isSeen, shown) {
      items.forEach(({ item, digit }, index) => {
        const probs = isSeen(index) ? readings[index] : undefined;
        const most = probs ? Math.max(...probs) : 0;
        digit.textContent = probs ? `${probs.indexOf(most)}` : "·";
        digit.style.opacity = probs ? `${FAINTEST + (1 - FAINTEST) * most}` : "";
        item.classList.toggle("shown", shown.includes(index));
        const name = nameOf(moments[index]);
        const values = { moment: context.t(name.word, name.values), digit: digit.textContent };
        item.title = context.t(probs ? "strip.read" : "strip.hidden", values);
      });
    },
  };
}
