// The digits of the answer, large; of several, each can be chosen. A mark between them cannot.

/** @import { Answer } from "../shared/answer.js" */

import { create, showText } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { store } from "../shared/store.js";

const NO_DIGIT = { shown: "?", confident: false, mark: null };

/**
 * @param {HTMLElement} place
 * @param {Answer} answer
 */
export function paintNumber(place, { digits, followed }) {
  const shownDigits = digits.length ? digits : [NO_DIGIT];
  const several = digits.length > 1;
  place.style.setProperty("--digits", `${shownDigits.length}`);
  buttonsOf(place, shownDigits.length).forEach((button, i) => {
    const { shown, confident, mark } = shownDigits[i];
    const canFollow = several && !mark;
    showText(button, shown);
    button.classList.toggle("unsure", !confident);
    button.classList.toggle("mark", Boolean(mark));
    button.disabled = !canFollow;
    button.ariaLabel = canFollow ? t("answer.digit", { shown }) : null;
    button.ariaPressed = canFollow ? `${i === followed}` : null;
  });
}

/**
 * The buttons in `place`, as many as wanted. They are kept from answer to answer, and with them
 * the focus.
 *
 * @param {HTMLElement} place
 * @param {number} wanted
 */
function buttonsOf(place, wanted) {
  while (place.children.length > wanted) place.lastElementChild?.remove();
  while (place.children.length < wanted) {
    const button = create("button", { type: "button", className: "digit" });
    const index = place.children.length;
    button.addEventListener("click", () => store.set("follow", index));
    place.append(button);
  }
  return /** @type {HTMLButtonElement[]} */ ([...place.children]);
}
