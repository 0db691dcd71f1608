// How the value under the pointer is made, in few words beside the maps, while no card is open.

/** @import { Explainer } from "./explainer.js" */

import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { accountOf } from "./account.js";
import { sumView } from "./sum.js";

/** @param {Explainer} explainer */
export function receiptOf(explainer) {
  const element = create("div", { className: "receipt", hidden: true });
  element.ariaHidden = "true"; // it follows a pointer; the card says the same aloud
  const name = create("p", { className: "cell-name" });
  const hint = create("p", { className: "hint" });
  const sum = sumView();
  setText(hint, "light.hint");
  element.append(name, sum.element, hint);
  explainer.onpoint((cell) => {
    if (element.hidden !== !cell) element.hidden = !cell; // else styles are computed anew
    if (!cell) return;
    const account = accountOf(explainer, cell);
    setText(name, account.name.word, account.name.values);
    sum.paint(account);
  });
  return element;
}
