import { create, find } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { store } from "../shared/store.js";

/**
 * Ten buttons, of which one says which digit was meant; and what became of the correction. To save
 * it is the pad's, which has the strokes.
 *
 * @param {HTMLElement} place
 */
export function offerCorrection(place) {
  const buttons = Array.from({ length: 10 }, (_, label) => {
    const button = create("button", { type: "button", textContent: `${label}` });
    button.addEventListener("click", () => store.set("correction", { label, outcome: null }));
    return button;
  });
  find(place, ".choices").append(...buttons);
  const outcome = find(place, ".outcome");
  store.subscribe("correction", (correction) => setText(outcome, correction?.outcome ?? null));
  store.subscribe("answer", () => store.set("correction", null)); // it was of another answer
}
