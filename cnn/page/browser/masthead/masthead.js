// The title, the language switch and the theme switch.

import { find } from "../shared/dom.js";
import { switchLanguage, translate } from "../shared/i18n.js";
import { switchTheme } from "../shared/theme.js";

/** @param {HTMLElement} element */
export function mount(element) {
  translate(element);
  find(element, ".language").addEventListener("click", switchLanguage);
  find(element, ".theme").addEventListener("click", switchTheme);
}
