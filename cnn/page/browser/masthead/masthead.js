// The title, the way into the lesson, the language switch and the theme switch.

import { switchTheme } from "../shared/colors.js";
import { find } from "../shared/dom.js";
import { switchLanguage, translate } from "../shared/i18n.js";
import { load, store } from "../shared/store.js";

/** @param {HTMLElement} element */
export function mount(element) {
  const learn = find(element, ".learn");
  translate(element);
  learn.addEventListener("click", () => {
    const isOpen = store.get("lesson") !== null;
    store.set("lesson", isOpen ? null : `${load("lesson.step") ?? ""}`); // where the reader was
  });
  store.subscribe("lesson", (step) => {
    const { activeElement } = document;
    const isLost = activeElement === document.body || activeElement?.closest(".lesson");
    if (learn.ariaExpanded === "true" && step === null && isLost) {
      learn.focus({ preventScroll: true });
    }
    learn.ariaExpanded = `${step !== null}`;
  });
  find(element, ".language").addEventListener("click", switchLanguage);
  find(element, ".theme").addEventListener("click", switchTheme);
}
