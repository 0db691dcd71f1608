// One step, shown: its words on one side, its exhibit on the other.

/**
 * @import { Answer } from "../shared/answer.js"
 * @import { LoadedNetwork } from "../shared/readings.js"
 * @import { Context, Exhibit, Now, Question, Step } from "./step.js"
 */

import { create } from "../shared/dom.js";
import { marked, translate, wordsOf } from "../shared/i18n.js";

/**
 * @param {Step} step
 * @param {object} options
 * @param {LoadedNetwork} options.loaded
 * @param {URL} options.weights
 * @param {() => void} options.onAnswered
 * @param {(stages: string[]) => void} options.onLight
 */
export function cardOf(step, { loaded, weights, onAnswered, onLight }) {
  const { say, label, t, raw } = wordsOf(`steps/${step.words}`, "lesson");
  /** @type {Context} */
  const context = {
    ...{ loaded, weights, say, label, t },
    changed: () => last && paint(last),
    light: onLight,
    // When the pen has just come down, the question is not yet put into words, but it will be.
    get asking() {
      return !question.answered && (question.asked || Boolean(last?.drawing));
    },
  };
  /** @type {Answer | null} */
  let last = null;
  const element = create("div", { className: "card-of-step" });
  const text = create("article");
  const title = create("h2", { tabIndex: -1 });
  const idea = create("div", { className: "idea" });
  const hint = create("p", { className: "hint" });
  const place = create("div", { className: `exhibit step-${step.name}` });
  const isLacking = step.lacks?.(loaded) ?? false;
  const facts = isLacking ? {} : step.facts?.(loaded);
  const question = questionView(step, context, {
    onAnswered() {
      onAnswered();
      context.changed();
      exhibit.reveal?.();
    },
    onAsked: context.changed,
  });
  const keepsakes = ["remember", "mistake"].map(keepsake);
  say(title, "title");
  text.append(title, idea, hint, question.element, ...keepsakes);
  element.append(text, place);
  const exhibit = isLacking ? lacking() : step.mount(place, context);

  /** In the place of an exhibit for which the network has nothing. @returns {Exhibit} */
  function lacking() {
    const line = create("p", { className: "lacks" });
    say(line, "lacks");
    place.append(line);
    return { paint() {} };
  }

  /** What is kept of the step; it gives the answer away. @param {string} name */
  function keepsake(name) {
    const section = create("section", { className: name });
    const heading = create("h3");
    const sentence = create("p");
    say(heading, name === "remember" ? "frame.remember" : "frame.mistake");
    say(sentence, name, facts);
    section.append(heading, sentence);
    return section;
  }

  function sayIdea() {
    if (isLacking && step.facts) return; // its numbers are of what the network lacks
    const paragraphs = raw("idea", facts).split("\n\n");
    idea.replaceChildren(...paragraphs.map((paragraph) => {
      const line = create("p");
      line.append(...marked(paragraph));
      return line;
    }));
  }

  /** @param {Answer} answer */
  function paint(answer) {
    last = answer;
    const isSilent = step.ofReading === true && answer.silent;
    hint.hidden = isLacking || (!answer.blank && !isSilent);
    say(hint, hint.hidden ? null : isSilent ? "silent" : "draw");
    question.paint(isLacking || isSilent ? null : { answer, loaded: context.loaded });
    for (const section of keepsakes) section.hidden = !question.answered;
    element.classList.toggle("asking", context.asking);
    exhibit.paint(answer);
  }

  sayIdea();
  return {
    element,
    title,
    paint,
    /** The step has replaced the network. @param {LoadedNetwork} by */
    follow(by) {
      context.loaded = by;
    },
    /** The language or the theme has changed. @param {Answer} answer */
    renew(answer) {
      translate(element);
      sayIdea();
      paint(answer);
    },
    destroy() {
      exhibit.destroy?.();
      element.remove();
    },
  };
}

// Predict, then reveal: a click on an option says whether it was right, and why.

/**
 * @param {Step} step
 * @param {Context} context
 * @param {object} calls
 * @param {() => void} calls.onAnswered after each choice, right or wrong
 * @param {() => void} calls.onAsked when it is asked again
 */
function questionView(step, context, { onAnswered, onAsked }) {
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
    // The buttons are reused, so that the one with the focus keeps it.
    while (options.childElementCount > asked.options.length) options.lastElementChild?.remove();
    asked.options.forEach(({ word, values }, i) => context.say(buttonAt(i), word, values));
    again.hidden = chosen === null;
    options.hidden = chosen !== null;
    if (chosen === null) said.replaceChildren();
    else tell(asked, chosen);
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

  /** @param {Question} question @param {number} choice */
  function tell({ options, right, because: { word, values } }, choice) {
    const verdict = create("b");
    const reason = create("span");
    const isRight = choice === right;
    context.say(verdict, right === null ? "guessed" : isRight ? "right" : "wrong", {
      option: options[right ?? choice],
    });
    context.say(reason, word, values);
    said.replaceChildren(verdict, " ", reason);
  }

  return {
    element,
    /**
     * Ask with these numbers; null: ask nothing. A question that was answered stays as it was
     * asked, once it is known what is right, and while the pen moves, no words change.
     *
     * @param {Now | null} now
     */
    paint(now) {
      if (chosen !== null && asked?.right !== null) return;
      if (now?.answer.drawing && !now.answer.blank) return;
      const question = now && step.question(now);
      if (chosen !== null && (question?.right ?? null) === null) return;
      asked = question;
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
