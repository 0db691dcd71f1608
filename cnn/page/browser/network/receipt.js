// How the value under the pointer is made, in few words beside it, while no card is open.

/** @import { Explainer } from "./explainer.js" */

import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { accountOf } from "./account.js";
import { placeOf } from "./cells.js";
import { pictureIn } from "./lights.js";
import { place } from "./place.js";
import { sumView } from "./sum.js";

/** @param {Explainer} explainer */
export function receiptOf(explainer) {
  const element = create("div", { className: "receipt panel", hidden: true });
  element.ariaHidden = "true"; // it follows a pointer; the card says the same aloud
  const name = create("p", { className: "cell-name" });
  const hint = create("p", { className: "hint" });
  const sum = sumView();
  setText(hint, "light.hint");
  element.append(name, sum.element, hint);
  /** @type {HTMLElement | null} the map that it stands beside */
  let beside = null;
  explainer.onpoint((cell) => {
    if (element.hidden !== !cell) element.hidden = !cell; // else styles are computed anew
    if (!cell) {
      beside = null;
      return;
    }
    const account = accountOf(explainer, cell);
    setText(name, account.name.word, account.name.values);
    sum.paint(account);
    if (!element.offsetParent) return; // a card says it
    const stage = explainer.stages[cell.stage];
    const tile = explainer.tileOf(cell.stage, placeOf(stage, cell.index).map);
    // Within one map it only grows: it shall not hop from value to value.
    element.style.minHeight = beside === tile ? `${element.offsetHeight}px` : "";
    beside = tile;
    place(element, explainer.host, pictureIn(tile).getBoundingClientRect(), explainer.clear(cell));
  });
  return element;
}
