// The title, the ways into the lesson and to the bench, the list of languages, the theme switch.

import { switchTheme } from "../shared/colors.js";
import { create, find } from "../shared/dom.js";
import { chooseLanguage, translate } from "../shared/i18n.js";
import { load, store } from "../shared/store.js";
import { LANGUAGES } from "../words/languages.js";

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
  const train = find(element, ".train-button");
  train.addEventListener("click", () => store.set("training", !store.get("training")));
  store.subscribe("training", (isOpen) => train.ariaExpanded = `${isOpen}`);
  offerLanguages(find(element, ".language", HTMLSelectElement));
  find(element, ".theme").addEventListener("click", switchTheme);
}

/** Offer each language by its own name, for its readers to find. @param {HTMLSelectElement} list */
function offerLanguages(list) {
  for (const [code, { name, tag }] of Object.entries(LANGUAGES)) {
    list.append(create("option", { value: code, textContent: name, lang: tag }));
  }
  const show = () => list.value = store.get("language") ?? "";
  list.addEventListener("change", async () => {
    await chooseLanguage(list.value);
    show(); // back to the current language where the new words didn't come
  });
  store.subscribe("language", show);
}
