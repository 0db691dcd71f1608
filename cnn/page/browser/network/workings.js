// How the numbers of a stage are made, one value at a time: what lies under a kernel, or what a
// neuron weighs; and below it the sum.

/**
 * @import { Cell } from "../shared/store.js"
 * @import { Explainer } from "./explainer.js"
 * @import { Placed } from "./stages.js"
 */

import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { accountOf } from "./account.js";
import { nameOfCell } from "./cells.js";
import { contributions } from "./contributions.js";
import { patches } from "./patches.js";
import { hasBars } from "./stages.js";
import { sumView } from "./sum.js";

/**
 * @param {Explainer} explainer
 * @param {Placed} stage
 * @param {number} map
 */
export function workingsOf(explainer, stage, map) {
  const element = create("div", { className: "workings" });
  // What ReLU is given was summed up by the stage before: that is the longer story.
  const summing = stage.kind === "ReLU" && stage.before ? stage.before : stage;
  const picture = summing.kernels
    ? patches(summing, map)
    : summing.kind === "Linear"
    ? contributions(summing)
    : null;
  const title = create("p", { className: "cell-name" });
  const sum = sumView();
  if (picture) element.append(picture.element);
  element.append(title, sum.element);
  return {
    element,
    /** @param {Cell | null} cell of the stage */
    paint(cell) {
      element.classList.toggle("waiting", !cell);
      if (!cell) {
        setText(title, hasBars(stage) ? "sum.point.digit" : "sum.point");
        picture?.paint(null);
        return sum.paint(null);
      }
      const { word, values } = nameOfCell(stage, cell.index);
      setText(title, word, values);
      picture?.paint(explainer.explain({ stage: summing.index, index: cell.index }));
      sum.paint(accountOf(explainer, cell));
    },
    /** The theme or the language has changed. */
    describe: () => picture?.describe(),
  };
}
