// What goes on in the network, and how to end it: a trace, and what is switched off.

/** @import { Explainer } from "./explainer.js" */

import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { nameOfCell } from "./cells.js";
import { unmuteAll } from "./mute.js";
import { t } from "../shared/i18n.js";

/** @param {Explainer} explainer */
export function noticesOf(explainer) {
  const element = create("div", { className: "notices" });
  const said = create("p", { className: "traced", role: "status" });
  const stop = create("button", { type: "button", className: "stop", hidden: true });
  const all = unmuteAll();
  setText(stop, "trace.stop");
  stop.addEventListener("click", () => explainer.stopTrace());
  element.append(said, stop, all.element);
  explainer.tracer.ontrace((found) => {
    stop.hidden = !explainer.tracer.cell;
    if (!found) return setText(said, null);
    const { cell, ink } = found;
    const { word, values } = nameOfCell(explainer.stages[cell.stage], cell.index);
    setText(said, ink ? "trace.found" : "trace.none", { layer: t(word, values), n: ink });
  });
  return { element, paint: () => all.paint(store.get("muted")) };
}
