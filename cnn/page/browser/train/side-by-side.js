// What several networks answer to the reader's drawing, side by side.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { argmax } from "../engine/probabilities.js";
import { classRows, fillAcross } from "../shared/bars.js";
import { create, showText } from "../shared/dom.js";
import { inEachLanguage, wordsOf } from "../shared/i18n.js";
import { percent } from "../shared/numbers.js";

/**
 * A network's answer. probs: one for each class; null: nothing is drawn.
 *
 * @typedef {{ name: string, probs: ArrayLike<number> | null }} Named
 */

/** @type {Words<Keys["train/charts"]>} */
const { say } = wordsOf("train/charts");

/** The networks' answers, and whether they agree. */
export function sideBySide() {
  const element = create("section", { className: "side-by-side" });
  const sentence = create("p");
  const list = create("div", { className: "networks" });
  /** @type {readonly Named[]} */
  let named = [];
  /** @type {readonly string[]} */
  let classes = [];
  /** @type {ReturnType<typeof columnOf>[]} */
  let columns = [];
  element.append(list, sentence);
  inEachLanguage(element, show);

  function show() {
    const read = named.map((each, i) => columns[i].paint(each));
    const answers = new Set(read);
    if (answers.size > 1) return say(sentence, "side.differ");
    const [answer] = read;
    say(sentence, answer ? "side.agree" : "side.blank", { digit: answer ?? "" });
  }

  return {
    element,
    /** @param {readonly Named[]} newest @param {readonly string[]} names of the digits */
    paint(newest, names) {
      if (newest.length !== columns.length || names !== classes) {
        columns = newest.map(() => columnOf(names));
        list.replaceChildren(...columns.map((column) => column.element));
      }
      [named, classes] = [newest, names];
      show();
    },
  };
}

/** @param {readonly string[]} classes */
function columnOf(classes) {
  const element = create("section");
  const title = create("h3");
  const digit = create("b", { className: "read" });
  const bars = create("ol", { className: "bars" });
  const rows = classRows(bars, classes);
  element.append(title, digit, bars);
  return {
    element,
    /** What it reads; null: nothing is drawn. @param {Named} named */
    paint({ name, probs }) {
      const top = probs ? argmax(probs) : -1;
      showText(title, name);
      showText(digit, classes[top] ?? "–");
      digit.classList.toggle("none", !probs);
      rows.forEach(({ row, bar, value }, i) => {
        fillAcross(bar, probs?.[i] ?? 0);
        row.classList.toggle("top", i === top);
        showText(value, percent(probs?.[i] ?? 0));
      });
      return classes[top] ?? null;
    },
  };
}
