// Light or dark: the visitor's choice, or else the system's.

import { load, save } from "./storage.js";
import { store } from "./store.js";

const { classList } = document.body;
const current = () => classList.contains("dark") ? "dark" : "light";

const chosen = load("theme");
if (chosen === "dark" || chosen === "light") classList.toggle("dark", chosen === "dark");
else if (!document.querySelector("gradio-app")) {
  classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);
}

// Gradio sets the class itself, from the system's setting or from its address; whoever does it, the
// store follows.
new MutationObserver(() => store.set("theme", current()))
  .observe(document.body, { attributes: true, attributeFilter: ["class"] });
store.set("theme", current());

// Paper is light, and so is what is painted for it.
let isDarkOnScreen = false;
addEventListener("beforeprint", () => {
  isDarkOnScreen = current() === "dark";
  classList.remove("dark");
});
addEventListener("afterprint", () => classList.toggle("dark", isDarkOnScreen));

export function switchTheme() {
  classList.toggle("dark");
  save("theme", current());
}
