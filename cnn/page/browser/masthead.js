// The title, the language switch and the theme switch.

import { switchTheme } from "./colors.js";
import { switchLanguage, translate } from "./words.js";

export function mount(element) {
  translate(element);
  element.querySelector(".language").addEventListener("click", switchLanguage);
  element.querySelector(".theme").addEventListener("click", switchTheme);
}
