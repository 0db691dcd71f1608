// The gradient: how the loss depends on one weight, a step downhill, and the slope as a sum.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context, Now, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 * @import { Place, Slope } from "./weight.js"
 */

import { argmax } from "../../../engine/probabilities.js";
import { PIXELS } from "../../../engine/strokes.js";
import { endOf, roundedUp } from "../../../shared/colors.js";
import { slider } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { write } from "../../../shared/i18n.js";
import { decimal, number, relation, rounded, roundedSum } from "../../../shared/numbers.js";
import { pixelGrid } from "../../blocks/grid.js";
import { plot } from "../../blocks/plot.js";
import { firstOf, weighted } from "./weight.js";

const DECIMALS = 3; // of a weight
const MOST_DECIMALS = 8; // of a slope or a loss, most of which are small
const DIGITS = 3; // significant ones of these
const BANDS = 7; // of rows of the map, in which the sum is shown
const RATES = [-2, -1, 0, 1, 2, 3, 4].flatMap((power) =>
  [1, 2, 5].map((factor) => Number((factor * 10 ** power).toPrecision(1)))
);
const FIRST_MOVE = 0.1; // of a weight, the most in a step with the rate that is set at first
const REACH = 0.5; // of the curve, to either side of the learned weight
const POINTS = 40; // of the curve
const MANY = 10; // steps at once

/** The decimals that show a number's first digits. @param {number} size */
function decimalsFor(size) {
  const wanted = size > 0 ? DIGITS - 1 - Math.floor(Math.log10(size)) : 0;
  return Math.max(2, Math.min(MOST_DECIMALS, wanted));
}

/** A slope or a loss, as it is shown. @param {number} value */
const shown = (value) => decimal(value, decimalsFor(Math.abs(value)));

/** @param {Now} now @returns {Question | null} */
function question({ answer, loaded }) {
  if (answer.blank) return null;
  const { readingOf, conv } = weighted(loaded);
  const reading = readingOf(answer.seen);
  const place = reading.strongest(reading.answer);
  const along = reading.along(place, reading.answer);
  const { slope } = along.slope(along.old);
  if (slope === 0) return null;
  return {
    values: {
      ...{ kernel: place.kernel + 1, weight: place.at + 1, layer: conv.name },
      ...{ value: () => decimal(along.old, DECIMALS), slope: () => shown(slope) },
    },
    options: [{ word: "option.up" }, { word: "option.down" }, { word: "option.either" }],
    right: slope < 0 ? 0 : 1,
    because: {
      word: slope < 0 ? "because.up" : "because.down",
      values: { slope: () => shown(slope) },
    },
  };
}

/** @type {Step} */
export const gradient = {
  name: "gradient",
  words: "gradient",
  lights: (loaded) => [weighted(loaded).conv.name],
  lacks: (loaded) => firstOf(loaded) < 1,
  facts: (loaded) => ({ layer: weighted(loaded).conv.name }),
  question,
  mount,
};

/** @param {HTMLElement} place @param {Context<Keys["gradient"]>} context */
function mount(place, context) {
  const { readingOf, kernels, rows, columns } = weighted(context.loaded);
  const { classes } = context.loaded.network;
  const which = {
    kernel: chooser("kernel", kernels, (kernel) => choose({ kernel })),
    at: chooser("weight", rows * columns, (at) => choose({ at })),
  };
  const label = slider({
    context,
    word: "label",
    ...{ min: 1, max: classes.length, value: 1 },
    show: (value) => classes[value - 1],
    onChange(value) {
      own = { label: value - 1, answer: reading.answer };
      show();
    },
  });
  const descent = descentView(context, move);
  const sum = sumView(context);
  let reading = readingOf(new Float32Array(PIXELS * PIXELS));
  let isDrawing = false;
  /** @type {Place | null} the reader's; null: the weight on which the loss depends most */
  let chosen = null;
  /** @type {{ label: number, answer: number } | null} the reader's label, for this answer */
  let own = null;
  /** @type {{ value: number, steps: number, before: number } | null} null: the weight as learned */
  let moved = null;

  const controls = create("div", { className: "controls" });
  controls.append(which.kernel.element, which.at.element, label.element);
  place.classList.add("stack");
  place.append(controls, descent.element, sum.element);

  /** @param {"kernel" | "weight"} word @param {number} max @param {(value: number) => void} onChange */
  function chooser(word, max, onChange) {
    return slider({
      ...{ context, word, min: 1, max, value: 1 },
      onChange: (value) => onChange(value - 1),
    });
  }

  const labelNow = () => own?.label ?? reading.answer;
  const placeNow = () => chosen ?? reading.strongest(labelNow());

  /** @param {Partial<Place>} part */
  function choose(part) {
    chosen = { ...placeNow(), ...part };
    moved = null;
    show();
  }

  /** Some steps downhill; none: back to the learned weight. @param {number} count @param {number} rate */
  function move(count, rate) {
    chosen = placeNow();
    const along = reading.along(chosen, labelNow());
    for (let i = 0; i < count; i++) {
      const { value, slope, loss } = along.slope(moved?.value ?? along.old);
      moved = { value: value - rate * slope, steps: (moved?.steps ?? 0) + 1, before: loss };
    }
    if (count === 0) moved = null;
    show();
  }

  function show() {
    const at = placeNow();
    const along = reading.along(at, labelNow());
    const here = along.slope(moved?.value ?? along.old);
    which.kernel.set(at.kernel + 1);
    which.at.set(at.at + 1);
    label.set(labelNow() + 1);
    descent.paint(along, here, moved, isDrawing);
    sum.paint(at, here, reading.given, along.old);
  }

  return {
    /** @param {Answer} answer */
    paint({ blank, seen, drawing }) {
      reading = readingOf(blank ? new Float32Array(PIXELS * PIXELS) : seen);
      isDrawing = drawing && !blank;
      if (own?.answer !== reading.answer) own = null; // that label was another digit's
      show();
    },
  };
}

// The loss against the weight, and the steps downhill.

/**
 * @param {Context<Keys["gradient"]>} context
 * @param {(count: number, rate: number) => void} move
 */
function descentView(context, move) {
  const element = create("div", { className: "descent secret" });
  const figure = create("figure", { className: "figure" });
  const caption = create("figcaption");
  const words = create("div", { className: "stack words" });
  const equation = create("p", { className: "equation" });
  const status = create("p", { className: "note", role: "status" });
  const buttons = create("div", { className: "controls" });
  let chart = create("div");
  let isSet = false; // the rate, by the reader
  const rate = slider({
    context,
    word: "rate",
    ...{ min: 0, max: RATES.length - 1, value: 0 },
    show: (at) => number(RATES[at]),
    onChange() {
      isSet = true;
      sayStep();
    },
  });
  /** @type {Slope | null} */
  let last = null;

  context.say(caption, "curve");
  button("step", 1);
  button("steps", MANY);
  const back = button("back", 0);
  figure.append(caption, chart);
  words.append(equation, rate.element, buttons, status);
  element.append(figure, words);

  /** @param {"step" | "steps" | "back"} word @param {number} count of steps */
  function button(word, count) {
    const made = create("button", { type: "button", className: "plain" });
    context.say(made, word);
    made.addEventListener("click", () => {
      isSet = true;
      move(count, RATES[rate.value]);
    });
    buttons.append(made);
    return made;
  }

  function sayStep() {
    if (!last) return;
    const { value, slope } = last;
    const by = RATES[rate.value];
    const places = decimalsFor(Math.abs(slope));
    const next = decimal(value - by * slope, DECIMALS);
    const computed = rounded(value, DECIMALS) - by * rounded(slope, places);
    context.say(equation, "equation", {
      value: () => decimal(value, DECIMALS),
      rate: by,
      slope: () => slope < 0 ? `(${decimal(slope, places)})` : decimal(slope, places),
      equals: () => relation(computed, next),
      next: () => decimal(value - by * slope, DECIMALS),
    });
  }

  /** @param {{ old: number, loss: (value: number) => number }} along @param {Slope} here */
  function chartOf({ old, loss }, { value, slope, loss: level }) {
    const low = Math.min(old - REACH, value);
    const high = Math.max(old + REACH, value);
    const xs = Array.from({ length: POINTS + 1 }, (_, i) => low + (high - low) * i / POINTS);
    xs.push(value);
    xs.sort((a, b) => a - b);
    const losses = xs.map((x) => x === value ? level : loss(x));
    const top = roundedUp(Math.max(...losses)) || 1;
    const made = plot({
      xs,
      y: { low: 0, high: top },
      xTicks: [low, old, high].map((at) => ({ at, text: () => decimal(at, 2) })),
      yTicks: [0, top].map((at) => ({ at, text: () => number(at) })),
      series: ["curve", "tangent"],
    });
    made.paint([losses, xs.map((x) => level + slope * (x - value))]);
    made.mark(xs.indexOf(value));
    context.label(made.element, "curve.label", { loss: () => shown(level) });
    return made.element;
  }

  return {
    element,
    /**
     * @param {{ old: number, loss: (value: number) => number }} along
     * @param {Slope} here
     * @param {{ value: number, steps: number, before: number } | null} moved
     * @param {boolean} isDrawing then the curve waits: it takes the time of forty readings
     */
    paint(along, here, moved, isDrawing) {
      last = here;
      if (!isSet) {
        const fits = RATES.filter((each) => each * Math.abs(here.slope) <= FIRST_MOVE);
        rate.set(Math.max(0, fits.length - 1));
      }
      sayStep();
      const loss = () => shown(here.loss);
      if (!moved) context.say(status, "status", { loss });
      else {
        context.say(status, here.loss > moved.before ? "status.over" : "status.down", {
          ...{ n: moved.steps, loss, before: () => shown(moved.before) },
        });
      }
      back.disabled = !moved;
      chart.classList.toggle("stale", isDrawing);
      if (isDrawing) return;
      const next = chartOf(along, here);
      chart.replaceWith(next);
      chart = next;
    },
  };
}

// The slope of the weight, as the sum over all places at which it is used.

/** @param {Context<Keys["gradient"]>} context */
function sumView(context) {
  const { weightsOf, rows, columns, height, width, kernels } = weighted(context.loaded);
  const most = Math.max(
    ...Array.from(
      { length: kernels },
      (_, kernel) => weightsOf(kernel).reduce((end, weight) => Math.max(end, Math.abs(weight)), 0),
    ),
  );
  const element = create("div", { className: "stack over-places" });
  const pictures = create("div", { className: "pictures" });
  const product = create("p", { className: "product" });
  const zeros = create("p", { className: "note" });
  const kernelGrid = gridOf("kernel.picture", { width: columns, height: rows, lines: true });
  const grids = {
    in: gridOf("below", { width, height, onPoint: point }),
    out: gridOf("slopes", { width, height, onPoint: point }),
    kernel: gridOf("products", { width, height, onPoint: point }),
  };
  const sum = create("dl", { className: "sum-rows" });
  const perBand = Math.ceil(height / BANDS);
  const bands = Array.from({ length: Math.ceil(height / perBand) }, (_, i) => {
    const [from, to] = [i * perBand + 1, Math.min(height, (i + 1) * perBand)];
    return rowOf(from === to ? "band.one" : "band", "term", { from, to });
  });
  const rounding = rowOf("rounding", "term");
  const total = rowOf("gradient", "total");
  /** @type {number | null} the reader's place; null: the one whose product is largest */
  let at = null;
  /** @type {Slope | null} */
  let last = null;
  sum.dataset.sum = "";
  pictures.append(sum);
  context.say(zeros, "zeros");
  element.append(pictures, product, zeros);

  /**
   * @param {"kernel.picture" | "below" | "slopes" | "products"} word
   * @param {Parameters<typeof pixelGrid>[0]} options
   */
  function gridOf(word, options) {
    const figure = create("figure", { className: "figure" });
    const caption = create("figcaption");
    const grid = pixelGrid(options);
    context.say(caption, word);
    context.label(grid.element, `${word}.label`);
    figure.append(caption, grid.element);
    pictures.append(figure);
    return grid;
  }

  /**
   * @param {any} word
   * @param {"term" | "total"} kind
   * @param {Record<string, number>} [values]
   */
  function rowOf(word, kind, values) {
    const line = create("div", { className: kind });
    const name = create("dt");
    const value = create("dd");
    value.dataset[kind] = "";
    context.say(name, word, values);
    line.append(name, value);
    sum.append(line);
    return { line, value };
  }

  /** @param {number} row @param {number} column */
  function point(row, column) {
    at = row * width + column;
    showPlace();
  }

  function showPlace() {
    if (!last) return;
    const { own, below, products } = last;
    const place = at ?? argmax(products.map(Math.abs));
    const [row, column] = [Math.floor(place / width), place % width];
    for (const [role, grid] of Object.entries(grids)) {
      grid.mark(role, { row, column, rows: 1, columns: 1 });
    }
    const places = Math.max(decimalsFor(Math.abs(own[place])), 2);
    const result = products[place];
    const computed = rounded(below[place], 2) * rounded(own[place], places);
    context.say(product, "product", {
      ...{ row: row + 1, column: column + 1 },
      pixel: () => decimal(below[place], 2),
      slope: () => decimal(own[place], places),
      equals: () => relation(computed, decimal(result, places)),
      product: () => decimal(result, places),
    });
  }

  return {
    element,
    /**
     * @param {Place} which
     * @param {Slope} here
     * @param {Float32Array} given to the convolution
     * @param {number} old the learned weight
     */
    paint({ kernel, at: weight }, here, given, old) {
      last = here;
      const weights = weightsOf(kernel);
      weights[weight] = here.value;
      kernelGrid.paint(weights, endOf(weights, roundedUp(Math.max(most, Math.abs(old))) || 1));
      const cell = { row: Math.floor(weight / columns), column: weight % columns };
      kernelGrid.mark("kernel", { ...cell, rows: 1, columns: 1 });
      const endOfPixels = endOf(given, 0) || 1;
      const endOfSlopes = endOf(here.slopes, 0) || 1; // one for all maps
      grids.in.paint(here.below, endOfPixels);
      grids.out.paint(here.own, endOfSlopes);
      grids.kernel.paint(here.products, roundedUp(endOfPixels * endOfSlopes));
      const size = perBand * width;
      const amounts = bands.map((_, i) =>
        here.products.slice(i * size, (i + 1) * size).reduce((all, each) => all + each, 0)
      );
      const places = decimalsFor(Math.abs(here.slope));
      const all = roundedSum(amounts, here.slope, places);
      bands.forEach(({ value }, i) => write(value, () => decimal(all.terms[i], places)));
      write(rounding.value, () => decimal(all.rounding, places));
      rounding.line.hidden = all.rounding === 0;
      write(total.value, () => `= ${decimal(all.total, places)}`);
      showPlace();
    },
  };
}
