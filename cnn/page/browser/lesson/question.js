// Predict, then reveal: a click on an option says whether it was right, and why.

/** @import { Context, Now, Question, Step } from "./step.js" */

import { create } from "../shared/dom.js";

/**
 * @param {Step} step
 * @param {Context} context
 * @param {object} calls
 * @param {() => void} calls.onAnswered after each choice, right or wrong
 * @param {() => void} calls.onAsked when it is asked again
 */
export function questionView(step, context, { onAnswered, onAsked }) {
  const element = create("section", { className: "question" });
  const head = create("header");
  const heading = create("h3");
  const words = create("p");
  const options = create("div", { className: "options" });
  const said = create("p", { className: "because", tabIndex: -1 });
  const again = create("button", { type: "button", className: "plain again", hidden: true });
  /** @type {Question | null} as it is asked */
  let asked = null;
  /** @type {number | null} */
  let chosen = null;

  context.say(heading, "predict");
  context.say(again, "again");
  head.append(heading, again);
  element.append(head, words, options, said);
  again.addEventListener("click", () => {
    chosen = null;
    show();
    options.querySelector("button")?.focus();
    onAsked();
  });

  function show() {
    element.hidden = !asked;
    if (!asked) return;
    context.say(words, "question", asked.values);
    // The same buttons as long as they are as many: one that has the focus keeps it.
    while (options.childElementCount > asked.options.length) options.lastElementChild?.remove();
    asked.options.forEach(({ word, values }, i) => context.say(buttonAt(i), word, values));
    again.hidden = chosen === null;
    options.hidden = chosen !== null;
    if (chosen === null) said.replaceChildren();
    else tell(asked, chosen === asked.right);
  }

  /** @param {number} i */
  function buttonAt(i) {
    const found = options.children[i];
    if (found instanceof HTMLButtonElement) return found;
    const button = create("button", { type: "button", className: "plain" });
    button.addEventListener("click", () => {
      chosen = i;
      show();
      said.focus({ preventScroll: true }); // the options are gone; and it is read aloud
      onAnswered();
    });
    options.append(button);
    return button;
  }

  /** @param {Question} question @param {boolean} isRight */
  function tell({ options, right, because: { word, values } }, isRight) {
    const verdict = create("b");
    const reason = create("span");
    const option = context.t(options[right].word, options[right].values);
    context.say(verdict, isRight ? "right" : "wrong", { option });
    context.say(reason, word, values);
    said.replaceChildren(verdict, " ", reason);
  }

  return {
    element,
    /**
     * Ask with these numbers; null: nothing. What was answered stays as it was asked, and while the
     * pen moves no words do.
     *
     * @param {Now | null} now
     */
    paint(now) {
      if (chosen !== null || (now?.answer.drawing && !now.answer.blank)) return;
      asked = now && step.question(now);
      show();
    },
    get asked() {
      return asked !== null;
    },
    get answered() {
      return chosen !== null;
    },
  };
}
