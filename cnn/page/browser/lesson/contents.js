// The list of the steps: where one is, what was answered, and a way to each.

/** @import { Step } from "./step.js" */

import { create } from "../shared/dom.js";
import { load, save } from "../shared/storage.js";
import { store } from "../shared/store.js";
import { frameWords } from "./frame.words.js";
import { teller } from "./words.js";

const KEY = "lesson.answered"; // names of steps

/**
 * @param {readonly Step[]} steps
 * @param {(name: string) => void} onChoose
 */
export function contentsOf(steps, onChoose) {
  const frame = teller(frameWords);
  const element = create("nav", { className: "contents" });
  const list = create("ol");
  const saved = load(KEY);
  const answered = new Set(Array.isArray(saved) ? saved : []);
  const items = steps.map(({ name, words }, i) => {
    const { say } = teller(words);
    const item = create("li");
    const button = create("button", { type: "button" });
    const title = create("span", { className: "title" });
    const tick = create("span", { className: "unseen" });
    button.append(create("b", { textContent: `${i + 1}` }), title, tick);
    button.addEventListener("click", () => onChoose(name));
    item.append(button);
    list.append(item);
    return { name, button, tick, translate: () => say(title, "title") };
  });
  element.append(list);

  function showAnswered() {
    for (const { name, button, tick } of items) {
      button.classList.toggle("answered", answered.has(name));
      if (answered.has(name)) frame.say(tick, "done");
    }
  }
  store.subscribe("language", () => {
    frame.label(element, "steps");
    for (const { translate } of items) translate();
    showAnswered();
  });
  return {
    element,
    /** @param {string} current the name of the step that is open */
    show(current) {
      for (const { name, button } of items) {
        button.ariaCurrent = name === current ? "step" : null;
        if (name !== current) continue;
        const { offsetLeft, offsetWidth } = button;
        list.scrollTo({ left: offsetLeft - (list.clientWidth - offsetWidth) / 2 });
      }
    },
    /** @param {string} name of a step whose question was answered */
    tick(name) {
      answered.add(name);
      save(KEY, [...answered]);
      showAnswered();
    },
  };
}
