// What is shown of the run: its figures, one kernel with its map and the answer, and how the kernel
// came to be what it is.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Keys } from "../../../words/words.d.ts"
 * @import { Context } from "../../step.js"
 * @import { Watch } from "./watch.js"
 */

import { probabilitiesOf } from "../../../engine/probabilities.js";
import { endOf, Pixels } from "../../../shared/colors.js";
import { slider } from "../../../shared/controls.js";
import { create } from "../../../shared/dom.js";
import { write } from "../../../shared/i18n.js";
import { number, percent } from "../../../shared/numbers.js";
import { store } from "../../../shared/store.js";
import { probBars } from "../../blocks/bars.js";
import { pixelGrid } from "../../blocks/grid.js";
import { firstOf, weightsOf } from "./watch.js";

const NONE = "–";

/** @param {Context<Keys["yourself"]>} context */
export function figuresOf(context) {
  const element = create("dl", { className: "figures secret" });

  /** @param {Keys["yourself"]} word */
  function figure(word) {
    const [line, term, value] = [create("div"), create("dt"), create("dd")];
    value.dataset.figure = word;
    context.say(term, word);
    line.append(value, term);
    element.append(line);
    /** @param {string | null} text */
    return (text) => write(value, () => text ?? NONE);
  }
  const [seen, heldOut] = [figure("seen"), figure("held.out")];
  const [first, since] = [figure("first.at"), figure("since")];
  /** @param {number | null | undefined} count */
  const digits = (count) => typeof count === "number" ? number(count) : null;
  return {
    element,
    /** @param {Watch | null} run @param {number | null} share of the held-out digits */
    paint(run, share) {
      seen(digits(run?.seen));
      heldOut(run && share !== null ? percent(share) : null);
      first(digits(run?.first));
      since(digits(run?.since));
    },
  };
}

// One kernel with its map, and the answer, on what is on the pad.

const KERNELS = 8; // of the article's first convolution, which is what this step trains
const SIDE = 3; // of a kernel
const MAP = 28; // px, the side of its map

/** @param {Context<Keys["yourself"]>} context @param {() => void} onChoose another kernel */
export function liveView(context, onChoose) {
  const element = create("div", { className: "live" });
  const bars = probBars(context.loaded.network.classes);
  const grids = {
    kernel: gridOf("kernel.picture", SIDE),
    map: gridOf("map.picture", MAP),
  };
  const which = slider({
    ...{ context, word: "kernel", min: 1, max: KERNELS, value: 1 },
    onChange: onChoose,
  });
  const answer = create("div", { className: "answers" });
  answer.append(bars.element, which.element);
  element.append(answer, grids.kernel.figure, grids.map.figure);

  /** @param {"kernel.picture" | "map.picture"} word @param {number} side in cells */
  function gridOf(word, side) {
    const figure = create("figure", { className: "figure" });
    const caption = create("figcaption");
    const grid = pixelGrid({ width: side, height: side, lines: side === SIDE });
    context.say(caption, word);
    context.label(grid.element, word);
    figure.append(caption, grid.element);
    return { ...grid, figure };
  }

  return {
    element,
    /** Which one, counted from 0. */
    get kernel() {
      return which.value - 1;
    },
    /** @param {Answer} answer @param {Watch | null} run */
    paint({ blank, maps }, run) {
      const { loaded } = context;
      bars.paint(blank ? null : probabilitiesOf(maps[maps.length - 1]));
      const first = firstOf(loaded);
      if (!first || `${[first.count, first.kernel, first.map]}` !== `${SIZES}`) return; // until Start
      const weights = weightsOf(loaded, first);
      const of = (/** @type {Float32Array} */ all) => partOf(all, which.value - 1);
      grids.kernel.paint(of(weights), endOf(weights, run?.ends.weights ?? 0) || 1);
      const all = blank ? EMPTY : maps[first.stage];
      grids.map.paint(of(all), endOf(all, run?.ends.maps ?? 0) || 1);
    },
  };
}

const SIZES = [KERNELS, SIDE, SIDE, MAP, MAP];
const EMPTY = new Float32Array(KERNELS * MAP * MAP);

/** One kernel's of what all have. @param {Float32Array} all @param {number} kernel */
function partOf(all, kernel) {
  const size = all.length / KERNELS;
  return all.subarray(kernel * size, (kernel + 1) * size);
}

// The kernel and its map of the run's digit, at moments of the run, and what was read then.

/** @param {Context<Keys["yourself"]>} context */
export function historyOf(context) {
  const element = create("figure", { className: "history secret" });
  const caption = create("figcaption");
  const list = create("ol");
  /** @type {ReturnType<typeof momentOf>[]} */
  const shown = [];
  let painted = ""; // what of

  element.append(caption, list);
  return {
    element,
    /** @param {Watch | null} run @param {number} kernel counted from 0 */
    paint(run, kernel) {
      const { moments = [], ends } = run ?? {};
      element.hidden = !run;
      context.say(caption, "history", { n: kernel + 1 });
      const now = [kernel, moments.length, moments[0]?.weights, store.get("theme")].join();
      if (now === painted) return;
      painted = now;
      while (shown.length > moments.length) shown.pop()?.item.remove();
      while (shown.length < moments.length) {
        const made = momentOf();
        shown.push(made);
        list.append(made.item);
      }
      moments.forEach(({ seen, read, weights, maps }, i) => {
        const { item, pictures, digit, count } = shown[i];
        pictures.kernel.paint(partOf(weights, kernel), ends?.weights || 1);
        pictures.map.paint(partOf(maps, kernel), ends?.maps || 1);
        digit.textContent = `${read}`;
        write(count, () => number(seen));
        item.classList.toggle("right", read === run?.label);
      });
    },
  };
}

function momentOf() {
  const item = create("li");
  const pictures = { kernel: new Pixels(SIDE, SIDE), map: new Pixels(MAP, MAP) };
  const digit = create("b");
  const count = create("small");
  item.append(pictures.kernel.canvas, pictures.map.canvas, digit, count);
  return { item, pictures, digit, count };
}
