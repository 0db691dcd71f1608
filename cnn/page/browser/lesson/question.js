// Predict, then reveal: a click on an option says whether it was right, and why.

/** @import { Context, Now, Question, Step } from "./step.js" */

import { create } from "../shared/dom.js";

/**
 * @param {Step} step
 * @param {Context} context
 * @param {() => void} onAnswered called after each choice, right or wrong
 */
export function questionView(step, context, onAnswered) {
  const element = create("section", { className: "question" });
  const heading = create("h3");
  const words = create("p");
  const options = create("div", { className: "options" });
  const said = create("p", { className: "because", role: "status" });
  const again = create("button", { type: "button", className: "plain again", hidden: true });
  /** @type {Question | null} as it is asked */
  let asked = null;
  /** @type {number | null} */
  let chosen = null;

  context.say(heading, "predict");
  context.say(again, "again");
  element.append(heading, words, options, said, again);
  again.addEventListener("click", () => {
    chosen = null;
    show();
    options.querySelector("button")?.focus();
  });

  function show() {
    element.hidden = !asked;
    if (!asked) return;
    context.say(words, "question", asked.values);
    // The same buttons as long as they are as many: one that has the focus keeps it.
    while (options.childElementCount > asked.options.length) options.lastElementChild?.remove();
    asked.options.forEach(({ word, values }, i) => {
      const button = buttonAt(i);
      context.say(button, word, values);
      button.classList.toggle("right", chosen !== null && i === asked?.right);
      button.classList.toggle("wrong", i === chosen && i !== asked?.right);
      button.ariaPressed = `${i === chosen}`;
    });
    again.hidden = chosen === null;
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
      onAnswered();
    });
    options.append(button);
    return button;
  }

  /** @param {Question} question @param {boolean} isRight */
  function tell({ because: { word, values } }, isRight) {
    const verdict = create("b");
    const reason = create("span");
    context.say(verdict, isRight ? "right" : "wrong");
    context.say(reason, word, values);
    said.replaceChildren(verdict, " ", reason);
  }

  return {
    element,
    /**
     * Ask with these numbers. What was answered stays as it was asked, and while the pen moves no
     * words do.
     *
     * @param {Now} now
     */
    paint(now) {
      if (chosen !== null || (now.answer.drawing && !now.answer.blank)) return;
      asked = step.question(now);
      show();
    },
  };
}
