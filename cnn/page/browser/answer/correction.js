import { create, find } from "../shared/dom.js";
import { closed, opened } from "../shared/history.js";
import { setText } from "../shared/i18n.js";
import { store } from "../shared/store.js";

/**
 * Where the host keeps corrections: a button that opens ten more, of which one says which digit was
 * meant; and what became of the correction. To save it is the pad's, which has the strokes.
 *
 * @param {HTMLElement} panel of the answer
 */
export function offerCorrection(panel) {
  const wrong = find(panel, ".wrong", HTMLButtonElement);
  const place = find(panel, ".correction");
  const outcome = find(place, ".outcome");
  const buttons = Array.from({ length: 10 }, (_, label) => {
    const button = create("button", { type: "button", textContent: `${label}` });
    button.addEventListener("click", () => {
      const isKept = store.get("correction")?.label === label; // a second tap takes it back
      store.set("correction", { label: isKept ? null : label, outcome: null });
    });
    return button;
  });
  find(place, ".choices").append(...buttons);

  /** @param {boolean} isOpen */
  function open(isOpen) {
    if (place.hidden === !isOpen) return; // the styles would be computed anew
    place.hidden = !isOpen;
    wrong.ariaExpanded = `${isOpen}`;
    (isOpen ? opened : closed)(part);
  }
  const part = { open: () => open(true), close: () => open(false) };
  wrong.addEventListener("click", () => open(place.hidden !== false));
  panel.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || place.hidden) return;
    open(false);
    wrong.focus();
  });

  store.subscribe("offers", ({ corrections }) => wrong.hidden = !corrections);
  store.subscribe("correction", (correction) => {
    setText(outcome, correction?.outcome ?? null);
    buttons.forEach((button, label) => button.ariaPressed = `${label === correction?.label}`);
  });
  store.subscribe("answer", () => { // it was of another answer
    store.set("correction", null);
    open(false);
  });
}
