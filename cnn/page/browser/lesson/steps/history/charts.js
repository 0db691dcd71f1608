// The loss and the accuracies while it learns, with a cursor at the moment that is shown.

/**
 * @import { Context } from "../../step.js"
 * @import { Key } from "./words.js"
 * @import { Moment } from "./moments.js"
 */

import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";
import { plot } from "../../blocks/plot.js";

const GUESS = Math.log(10); // the loss of ten equal guesses
const LOSS_DECIMALS = 3;
const HALF = 50; // percent
const ALL = 100;

/**
 * @param {Moment[]} moments
 * @param {Context<Key>} context
 * @param {(index: number) => void} onPoint
 */
export function chartsOf(moments, context, onPoint) {
  const element = create("div", { className: "charts" });
  const learning = moments.filter(({ temperature }) => temperature === null);
  const xs = learning.map((_, index) => index);
  const most = Math.max(GUESS, ...learning.map(({ loss }) => loss));
  const loss = plot({
    ...{ xs, xTicks: [], onPoint, series: ["loss"], y: { low: 0, high: most } },
    yTicks: [0, GUESS].map((at) => ({ at, text: decimal(at, 1) })),
  });
  const accuracy = plot({
    ...{ xs, xTicks: [], onPoint, series: ["held-out", "train"], y: { low: 0, high: ALL } },
    yTicks: [0, HALF, ALL].map((at) => ({ at, text: `${at}%` })),
  });
  context.label(loss.element, "charts.loss");
  context.label(accuracy.element, "charts.accuracy");
  loss.paint([learning.map((moment) => moment.loss)]);
  accuracy.paint([learning.map((m) => m.held_out), learning.map((m) => m.train)]);

  /** @param {Key} word @param {string} className @param {(moment: Moment) => string} text */
  function factOf(word, className, text) {
    const fact = create("div", { className: `score ${className}` });
    const value = create("b", { className: "fact" });
    const name = create("span");
    context.say(name, word);
    fact.append(value, name);
    return { fact, value, text };
  }
  const ofLoss = factOf("loss", "loss", (moment) => decimal(moment.loss, LOSS_DECIMALS));
  const ofAccuracy = [
    factOf("held_out", "held-out", (moment) => share(moment.held_out)),
    factOf("train", "train", (moment) => share(moment.train)),
  ];
  element.append(
    chart([ofLoss.fact], loss.element),
    chart(ofAccuracy.map(({ fact }) => fact), accuracy.element),
  );
  return {
    element,
    /** @param {number} index of the moment that is shown */
    mark(index) {
      for (const lines of [loss, accuracy]) lines.mark(index in learning ? index : -1);
      for (const { value, text } of [ofLoss, ...ofAccuracy]) {
        value.textContent = text(moments[index]);
      }
    },
  };
}

/** @param {HTMLElement[]} facts @param {HTMLElement} picture */
function chart(facts, picture) {
  const element = create("div", { className: "chart" });
  const row = create("div", { className: "scores" });
  row.append(...facts);
  element.append(row, picture);
  return element;
}

/** @param {number} percent */
const share = (percent) => `${decimal(percent, 1)}%`;
