// How training went, as two charts: the loss and the accuracy, on training digits and on held-out
// digits. Several runs lie over each other, the newest on top.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 * @import { Scale } from "./scales.js"
 * @import { Point } from "./worker.js"
 */

import { create, showText } from "../shared/dom.js";
import { inEachLanguage, wordsOf } from "../shared/i18n.js";
import { decimal, number, ofHundred, percent } from "../shared/numbers.js";
import { chartOf } from "./chart.js";
import { evenScale, logScale, roundEnd } from "./scales.js";

/**
 * A run as the curves show it. color: a number from 0, kept as long as the run is shown.
 *
 * @typedef {{ name: string, points: readonly Point[], color: number }} Drawn
 */

const COLORS = 6; // of runs; the next begin again, and are told apart by their numbers
const START = { seen: 1000, loss: 2.5 }; // where the axes end before anything is learned
// How far the axis of losses goes: below, all is as good as right; beyond, a line leaves the chart,
// as it does when the rate is too high.
const LOSSES = { least: 1e-4, largest: 1000 };
const LEVELS = [0, 0.8, 0.9]; // where the axis of accuracies may begin,
const PASSED = 0.2; // as soon as every line has passed this share of what is left of it
const DECIMALS = 3; // of a loss

/** @type {Words<Keys["train/charts"]>} */
const { t, say, label } = wordsOf("train/charts");

/** @typedef {"trained" | "held-out"} Kind */

/** @type {{ kind: Kind, loss: "loss" | "heldOutLoss", accuracy: "trained" | "heldOut" }[]} */
const SERIES = [
  { kind: "trained", loss: "loss", accuracy: "trained" },
  { kind: "held-out", loss: "heldOutLoss", accuracy: "heldOut" },
];

/** The charts, the moment that is looked at, the spacing of their lower axis, and the runs' names. */
export function curvesOf() {
  const element = create("div", { className: "curves" });
  const kinds = create("p", { className: "kinds" });
  const charts = create("div", { className: "charts" });
  const moment = inputOf({ type: "range", className: "moment unseen", min: "0", max: "0" });
  const axis = create("div", { className: "axis" });
  const seen = create("span", { className: "seen" });
  const list = runsOf();
  /** @type {readonly Drawn[]} the newest last */
  let runs = [];
  /** @type {number | null} the point of the newest run that is looked at; null: always its last */
  let at = null;
  /** @type {string | null} what of the runs is drawn; null: it is to be drawn anew */
  let drawn = null;
  let spacing = /** @type {Spacing} */ ("even");
  /** @type {Scale} */
  let xs = evenScale(0, START.seen, 2);

  const options = { onSize: redraw, onPoint: pointTo, nameX: number };
  const loss = figureOf("loss", { ...options, nameY: number });
  const accuracy = figureOf("accuracy", { ...options, nameY: inHundred });

  for (const { kind } of SERIES.toReversed()) kinds.append(kindOf(kind));
  label(moment, "moment");
  moment.addEventListener("input", () => {
    at = moment.valueAsNumber;
    showMoment();
  });
  moment.addEventListener("focus", showMoment);
  moment.addEventListener("blur", () => pointTo(null));
  axis.append(
    seen,
    spacingOf(spacing, (to) => {
      spacing = to;
      redraw();
    }),
  );
  charts.append(loss.element, accuracy.element);
  element.append(kinds, charts, moment, axis, list.element);
  inEachLanguage(element, redraw);

  /** @param {number | null} share of the lower axis */
  function pointTo(share) {
    const points = runs.at(-1)?.points ?? [];
    at = share === null || !points.length ? null : nearest(points, xs, share);
    showMoment();
  }

  function redraw() {
    drawn = null;
    paint(runs);
  }

  function showMoment() {
    const points = runs.at(-1)?.points ?? [];
    if (at !== null && at >= points.length) at = null; // another run has begun
    const last = points.length - 1;
    const point = points[at ?? last];
    const values = { seen: point?.seen ?? 0 };
    showText(seen, t("axis.seen", values));
    for (const figure of [loss, accuracy]) figure.show(point, at === null ? null : values.seen, xs);
    if (document.activeElement !== moment) return;
    moment.max = `${Math.max(0, last)}`;
    moment.value = `${at ?? last}`;
    moment.ariaValueText = `${seen.textContent}. ${loss.told} ${accuracy.told}`;
  }

  /**
   * Nothing is drawn unless there are other runs than before, or more points.
   *
   * @param {readonly Drawn[]} newest last
   */
  function paint(newest) {
    const state = newest.map(({ name, points, color }) => {
      return [name, color, points.length, points.at(-1)?.seen, points.at(-1)?.seconds];
    }).join();
    runs = newest;
    if (state === drawn) return;
    drawn = state;
    const { x, y } = loss.room;
    xs = seenScale(runs, spacing, x);
    loss.paint(runs, xs, lossScale(runs, y));
    accuracy.paint(runs, xs, spacing === "even" ? accuracyScale(runs, y) : evenScale(0, 1, y));
    list.paint(runs);
    showMoment();
  }

  return { element, paint };
}

/** @param {Record<string, string | boolean>} properties @returns {HTMLInputElement} */
const inputOf = (properties) => Object.assign(document.createElement("input"), properties);

/** @typedef {"even" | "log"} Spacing of the lower axis */

/** In hundred, to a tenth; only all of them are 100.0. @param {number} share */
const tenths = (share) => decimal(share < 1 ? Math.min(99.9, 100 * share) : 100, 1);

/** @param {number} share */
const inHundred = (share) => decimal(100 * share, 0);

/** The point of the run that is drawn nearest to here. @param {readonly Point[]} points @param {Scale} xs @param {number} share of the axis */
function nearest(points, xs, share) {
  let best = 0;
  points.forEach(({ seen }, i) => {
    if (Math.abs(xs.at(seen) - share) < Math.abs(xs.at(points[best].seen) - share)) best = i;
  });
  return best;
}

// The axes: they hold every point of every run.

/** @param {readonly Drawn[]} runs @param {Spacing} spacing @param {number} most ticks */
function seenScale(runs, spacing, most) {
  const end = Math.max(START.seen, ...runs.map(({ points }) => points.at(-1)?.seen ?? 0));
  if (spacing === "even") return evenScale(0, roundEnd(end, most), most);
  const firsts = runs.map(({ points }) => points.find(({ seen }) => seen > 0)?.seen ?? end);
  return logScale(Math.min(START.seen / 10, ...firsts), end, most);
}

/** @param {readonly Drawn[]} runs @param {number} most ticks */
function lossScale(runs, most) {
  let [least, largest] = [START.loss / 10, START.loss];
  for (const { points } of runs) {
    for (const { loss, heldOutLoss } of points) {
      for (const value of [loss, heldOutLoss]) {
        if (value === null || !Number.isFinite(value)) continue;
        least = Math.min(least, Math.max(LOSSES.least, value));
        largest = Math.max(largest, Math.min(LOSSES.largest, value));
      }
    }
  }
  return logScale(least, largest, most);
}

/**
 * From 0, or from as near to 100 % as every line has come: 95 and 98.5 % are far apart then. (With
 * logarithmic spacing it stays at 0: that is for the first digits.)
 *
 * @param {readonly Drawn[]} runs @param {number} most ticks
 */
function accuracyScale(runs, most) {
  let least = runs.length ? 1 : 0; // of the best that each line has come to
  for (const { points } of runs) {
    for (const { accuracy } of SERIES) {
      let best = 0;
      for (const point of points) best = Math.max(best, point[accuracy] ?? 0);
      least = Math.min(least, best);
    }
  }
  const low = LEVELS.findLast((level) => least >= level + PASSED * (1 - level)) ?? 0;
  return evenScale(low, 1, most);
}

/**
 * One of the two charts, with what it shows, and that in words.
 *
 * @param {"loss" | "accuracy"} what
 * @param {Parameters<typeof chartOf>[0]} options
 */
function figureOf(what, options) {
  const element = create("figure", { className: what });
  const caption = create("figcaption");
  const title = create("span");
  const values = create("span", { className: "values", ariaHidden: "true" });
  const told = create("p", { className: "unseen" });
  const chart = chartOf(options);
  const shown = SERIES.toReversed().map((series) => {
    const value = create("span", { className: `kind ${series.kind}` });
    values.append(value);
    return { value, key: series[what] };
  });
  caption.append(title, values);
  element.append(caption, chart.element, told);

  /** @param {number | null | undefined} value */
  function text(value) {
    if (value === null || value === undefined || !Number.isFinite(value)) return "–";
    if (what === "accuracy") return tenths(value);
    return value > LOSSES.largest ? `>${number(LOSSES.largest)}` : decimal(value, DECIMALS);
  }

  return {
    element,
    get room() {
      return chart.room;
    },
    get told() {
      return told.textContent;
    },
    /** @param {readonly Drawn[]} runs @param {Scale} xs @param {Scale} ys */
    paint(runs, xs, ys) {
      const marks = runs.length > 1;
      const lines = runs.flatMap(({ points, color }, i) => {
        const age = i === runs.length - 1 ? "newest" : "earlier";
        return SERIES.map(({ kind, [what]: key }) => ({
          points,
          y: (/** @type {Point} */ point) => point[key],
          kind: `${kind} ${age}`,
          color: colorClass(color),
          mark: marks && kind === "held-out" ? `${i + 1}` : undefined,
        }));
      });
      showText(title, t(`axis.${what}`, { from: inHundred(ys.low), to: ofHundred("100") }));
      chart.paint(lines, xs, ys);
    },
    /**
     * @param {Point | undefined} point whose values are named
     * @param {number | null} at where a line shows the place; null: nowhere
     * @param {Scale} xs
     */
    show(point, at, xs) {
      const [heldOut, trained] = shown.map(({ value, key }) => {
        const written = text(point?.[key]);
        showText(value, written);
        return written;
      });
      showText(told, t(`told.${what}`, { heldOut, trained }));
      chart.point(at, xs);
    },
  };
}

/** @param {number} color */
const colorClass = (color) => `run-${color % COLORS}`;

/** A line as it is drawn, and whose it is. @param {Kind} kind */
function kindOf(kind) {
  const element = create("span", { className: `kind ${kind}` });
  say(element, kind);
  return element;
}

/**
 * How the lower axis is spaced, to be chosen.
 *
 * @param {Spacing} spacing
 * @param {(to: Spacing) => void} onChange
 */
function spacingOf(spacing, onChange) {
  const element = create("fieldset", { className: "spacing" });
  label(element, "spacing");
  for (const way of /** @type {Spacing[]} */ (["even", "log"])) {
    const option = create("label");
    const input = inputOf({ type: "radio", name: "spacing", checked: way === spacing });
    const text = create("span");
    say(text, `spacing.${way}`);
    option.append(input, text);
    element.append(option);
    input.addEventListener("change", () => onChange(way));
  }
  return element;
}

/** The runs by name, each with its number and what it has come to; where there is one alone, none. */
function runsOf() {
  const element = create("ol", { className: "runs" });
  /** @type {{ row: HTMLElement, mark: HTMLElement, name: HTMLElement, value: HTMLElement }[]} */
  const rows = [];
  return {
    element,
    /** @param {readonly Drawn[]} runs */
    paint(runs) {
      element.hidden = runs.length < 2;
      while (rows.length > runs.length) rows.pop()?.row.remove();
      runs.forEach(({ name, points, color }, i) => {
        const made = rows[i] ??= rowIn(element);
        made.row.className = colorClass(color);
        showText(made.mark, `${i + 1}`);
        showText(made.name, name);
        const heldOut = points.findLast((point) => point.heldOut !== null)?.heldOut;
        showText(made.value, heldOut === undefined || heldOut === null ? "–" : percent(heldOut));
      });
    },
  };
}

/** @param {HTMLElement} list */
function rowIn(list) {
  const row = create("li");
  const mark = create("i", { className: "mark" });
  const name = create("span", { className: "name" });
  const value = create("b");
  row.append(mark, name, value);
  list.append(row);
  return { row, mark, name, value };
}
