// One step, shown: its words on one side, its exhibit on the other.

/**
 * @import { Answer } from "../shared/answer.js"
 * @import { LoadedNetwork } from "../shared/network.js"
 * @import { Context, Step } from "./step.js"
 */

import { create } from "../shared/dom.js";
import { frameWords } from "./frame.words.js";
import { questionView } from "./question.js";
import { marked, teller } from "./words.js";

/**
 * @param {Step} step
 * @param {object} options
 * @param {LoadedNetwork} options.loaded
 * @param {URL} options.weights
 * @param {() => void} options.onAnswered
 */
export function cardOf(step, { loaded, weights, onAnswered }) {
  const { en, zh } = step.words;
  const words = teller({ en: { ...frameWords.en, ...en }, zh: { ...frameWords.zh, ...zh } });
  const { say, label, t, retell } = words;
  /** @type {Context} */
  const context = {
    ...{ loaded, weights, say, label, t },
    changed: () => last && paint(last),
    // Under the pen that has just come down the question is still to be put into words.
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
  const exhibit = step.mount(place, context);

  /** What is kept of the step; it gives the answer away. @param {string} name */
  function keepsake(name) {
    const section = create("section", { className: name });
    const heading = create("h3");
    const sentence = create("p");
    say(heading, name === "remember" ? "frame.remember" : "frame.mistake");
    say(sentence, name);
    section.append(heading, sentence);
    return section;
  }

  function sayIdea() {
    const paragraphs = words.raw("idea").split("\n\n");
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
    hint.hidden = !answer.blank && !isSilent;
    if (!hint.hidden) say(hint, isSilent ? "silent" : "draw");
    question.paint(isSilent ? null : { answer, loaded });
    for (const section of keepsakes) section.hidden = !question.answered;
    element.classList.toggle("asking", context.asking);
    exhibit.paint(answer);
  }

  sayIdea();
  return {
    element,
    title,
    paint,
    /** The language or the theme has changed. @param {Answer} answer */
    renew(answer) {
      retell(element);
      sayIdea();
      paint(answer);
    },
    destroy() {
      exhibit.destroy?.();
      element.remove();
    },
  };
}
