// The box that shows "the same in PyTorch", to be copied or saved.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 * @import { Plan } from "./plan.js"
 */

import { openDialog } from "../shared/dialog.js";
import { create } from "../shared/dom.js";
import { needWords, wordsOf } from "../shared/i18n.js";
import { FILE, scriptOf } from "./script.js";

/** @type {Words<Keys["train/build"]>} */
const { say, label } = wordsOf("train/build");

/**
 * Open it.
 *
 * @param {HTMLElement} button that opens it, which gets the focus back
 * @param {Plan} plan of a network that can be built: else a PlanError
 * @param {number} [seen] how many digits its run has learned from; without one, as many as it takes
 */
export async function openScript(button, plan, seen) {
  await needWords(["train/build"]);
  const text = scriptOf(plan, seen);
  const title = create("h2");
  const body = create("div", { className: "body" });
  const code = create("pre", { textContent: text, tabIndex: 0, lang: "en" });
  const said = create("p", { className: "total" });
  const copy = create("button", { type: "button", className: "go" });
  const save = create("button", { type: "button" });
  const close = create("button", { type: "button", textContent: "×" });
  const foot = create("footer");
  code.role = "region";
  said.role = "status";
  say(title, "script");
  say(said, "script.words");
  say(copy, "script.copy");
  say(save, "script.save", { file: FILE });
  label(code, "script");
  label(close, "script.close");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      say(said, "script.copied");
    } catch {
      getSelection()?.selectAllChildren(code); // the clipboard is missing or forbidden
      say(said, "script.copied.not");
    }
  });
  save.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/x-python" }));
    create("a", { href: url, download: FILE }).click();
    setTimeout(() => URL.revokeObjectURL(url)); // once the download has begun
  });
  foot.append(said, save, copy);
  body.append(code, foot);
  openDialog({
    ...{ name: "part build script", title, body, close },
    begin: () => copy.focus(),
    end: () => button.focus(),
  });
}
