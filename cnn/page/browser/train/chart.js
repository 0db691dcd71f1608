// A line chart that grows while training goes on: its axes follow the points. It draws only what has
// changed, and asks the browser for no size while it does.

/**
 * @import { Point } from "./worker.js"
 * @import { Scale } from "./scales.js"
 */

import { create } from "../shared/dom.js";
import { store } from "../shared/store.js";

const SVG = "http://www.w3.org/2000/svg";
const ROOM = { left: 36, right: 13, top: 6, bottom: 19 }; // px around the lines, for the axes
const TICK = { wide: 52, high: 16 }; // px that a number on an axis takes, with some space
const BELOW = 14; // px from the lower axis to the baseline of its numbers
const MARK = 6.5; // px: the radius of the number at a line's end
const TENTH = 10; // of a px: nothing finer is seen
const FAR = 2; // lengths of the axis: farther out nothing is seen

/**
 * y: null or no number where there is none. kind: a class, which says how the line is drawn. color:
 * a class, which says whose it is. mark: what stands at its end.
 *
 * @typedef {object} Line
 * @property {readonly Point[]} points rising in what they have seen
 * @property {(point: Point) => number | null} y
 * @property {string} kind
 * @property {string} color
 * @property {string} [mark]
 */

/**
 * What was drawn of a line: its path, for these scales, from the first of its points to the last.
 *
 * @typedef {object} Drawn
 * @property {SVGPathElement} path
 * @property {string} d
 * @property {string} name
 * @property {string} scales
 * @property {number} count
 * @property {Point} [first]
 * @property {Point} [last]
 */

/**
 * A new element of SVG.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} [attributes]
 */
function draw(tag, attributes = {}) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  return element;
}

/** @param {number} x @param {number} y @param {string} name @param {string} text */
function textAt(x, y, name, text) {
  const element = draw("text", { class: name, x, y });
  element.textContent = text;
  return element;
}

/** @param {number | null} value @returns {value is number} */
const isNumber = (value) => Number.isFinite(value);

/** @param {number} px */
const tenth = (px) => Math.round(px * TENTH) / TENTH;

/** @param {number} share of an axis */
const near = (share) => Math.max(-FAR, Math.min(FAR, share));

/**
 * @param {object} options
 * @param {() => void} options.onSize called when the chart has become larger or smaller
 * @param {(share: number | null) => void} options.onPoint called with the share of the lower axis
 *   that is pointed at; null: none any more
 * @param {(x: number) => string} options.nameX of a tick
 * @param {(y: number) => string} options.nameY
 */
export function chartOf({ onSize, onPoint, nameX, nameY }) {
  const element = create("div", { className: "chart" });
  const root = draw("svg", { "aria-hidden": "true" });
  const axes = draw("g", { class: "axes" });
  const inside = draw("svg", { class: "lines" }); // cuts off what lies beyond the axes
  const cursor = draw("path", { class: "cursor" });
  const ends = draw("g", { class: "ends" });
  let [width, height] = [0, 0]; // of the lines' place, px
  let drawnAxes = "";
  let drawnEnds = "";
  /** @type {Drawn[]} */
  const drawn = [];
  inside.append(cursor);
  root.append(axes, inside, ends);
  element.append(root);

  new ResizeObserver(([{ contentRect }]) => {
    width = Math.max(0, contentRect.width - ROOM.left - ROOM.right);
    height = Math.max(0, contentRect.height - ROOM.top - ROOM.bottom);
    for (const [name, value] of Object.entries({ x: ROOM.left, y: ROOM.top, width, height })) {
      inside.setAttribute(name, `${value}`);
    }
    ends.setAttribute("transform", `translate(${ROOM.left} ${ROOM.top})`);
    onSize();
  }).observe(element);

  element.addEventListener("pointermove", ({ clientX }) => {
    onPoint((clientX - element.getBoundingClientRect().left - ROOM.left) / width);
  });
  element.addEventListener("pointerleave", () => onPoint(null));

  /** @param {Scale} xs @param {number} x */
  const across = (xs, x) => tenth(width * near(xs.at(x)));
  /** @param {Scale} ys @param {number} y */
  const down = (ys, y) => tenth(height * (1 - near(ys.at(y))));

  /** @param {Scale} xs @param {Scale} ys */
  function drawAxes(xs, ys) {
    const foot = ROOM.top + height;
    const levels = ys.ticks.flatMap((tick) => {
      const y = ROOM.top + down(ys, tick);
      const line = draw("path", { d: `M${ROOM.left} ${y}h${width}` });
      return [line, textAt(ROOM.left - 6, y, "y", nameY(tick))];
    });
    const names = xs.ticks.flatMap((tick) => {
      const x = ROOM.left + across(xs, tick);
      const isFirst = x === ROOM.left; // keeps clear of the other axis' numbers
      const isLast = x > ROOM.left + width - TICK.wide / 3; // ends where the chart does
      const name = textAt(
        isLast ? ROOM.left + width + ROOM.right : x,
        foot + BELOW,
        "x",
        nameX(tick),
      );
      name.classList.toggle("first", isFirst);
      name.classList.toggle("last", isLast);
      return [draw("path", { class: "foot", d: `M${x} ${foot}v3` }), name];
    });
    const foots = draw("path", { class: "foot", d: `M${ROOM.left} ${foot}h${width}` });
    axes.replaceChildren(...levels, foots, ...names);
  }

  /**
   * The path from this point on.
   *
   * @param {Line} line @param {Scale} xs @param {Scale} ys @param {number} from
   */
  function pathOf({ points, y }, xs, ys, from) {
    let d = "";
    let isOn = from > 0 && isNumber(y(points[from - 1]));
    for (let i = from; i < points.length; i++) {
      const value = y(points[i]);
      const isShown = isNumber(value) && isNumber(xs.at(points[i].seen));
      if (isShown) d += `${isOn ? "L" : "M"}${across(xs, points[i].seen)} ${down(ys, value)}`;
      isOn = isShown; // else there is a gap
    }
    return d;
  }

  /**
   * The numbers at the ends of the lines, none over another.
   *
   * @param {readonly Line[]} lines @param {Scale} xs @param {Scale} ys
   */
  function drawEnds(lines, xs, ys) {
    const marked = lines.flatMap(({ points, y, mark, color, kind }) => {
      const last = points.at(-1);
      const value = last ? y(last) : null;
      if (!mark || !last || !isNumber(value)) return [];
      const place = {
        x: across(xs, last.seen),
        y: Math.max(0, Math.min(height, down(ys, value))), // the line may have left the chart
      };
      return [{ ...place, mark, name: `${kind} ${color}` }];
    });
    const key = JSON.stringify(marked);
    if (key === drawnEnds) return;
    drawnEnds = key;
    spread(marked, height);
    ends.replaceChildren(...marked.map(({ x, y, mark, name }) => {
      const end = draw("g", { class: name, transform: `translate(${x} ${y})` });
      end.append(draw("circle", { r: MARK }), textAt(0, MARK / 2, "mark", mark));
      return end;
    }));
  }

  return {
    element,
    /** How many numbers have room on the axes. */
    get room() {
      const { wide, high } = TICK;
      return {
        x: Math.max(2, Math.floor(width / wide)),
        y: Math.max(2, Math.floor(height / high)),
      };
    },
    /**
     * @param {readonly Line[]} lines the last lies above the others
     * @param {Scale} xs
     * @param {Scale} ys
     */
    paint(lines, xs, ys) {
      if (!width) return;
      const scales = [width, height, xs.low, xs.high, xs.ticks, ys.low, ys.high, ys.ticks].join();
      const key = scales + store.get("language"); // which writes the numbers
      if (key !== drawnAxes) drawAxes(xs, ys);
      drawnAxes = key;
      while (drawn.length > lines.length) drawn.pop()?.path.remove();
      lines.forEach((line, i) => {
        const { points, kind, color } = line;
        const before = drawn[i];
        const path = before?.path ?? inside.appendChild(draw("path"));
        const name = `${kind} ${color}`;
        const isLonger = before?.scales === scales && before.count > 0 &&
          before.count <= points.length && points[0] === before.first &&
          points[before.count - 1] === before.last;
        if (before?.name !== name) path.setAttribute("class", name);
        if (isLonger && before.count === points.length) return void (before.name = name);
        const d = isLonger
          ? before.d + pathOf(line, xs, ys, before.count)
          : pathOf(line, xs, ys, 0);
        path.setAttribute("d", d);
        const [count, first, last] = [points.length, points[0], points.at(-1)];
        drawn[i] = { path, d, name, count, first, last, scales };
      });
      drawEnds(lines, xs, ys);
    },
    /**
     * A line down at this place of the lower axis; null: none.
     *
     * @param {number | null} x
     * @param {Scale} xs
     */
    point(x, xs) {
      cursor.setAttribute("d", x === null ? "" : `M${across(xs, x)} 0v${height}`);
    },
  };
}

/**
 * Move marks that lie over each other apart, down the chart and back up from its foot.
 *
 * @param {{ x: number, y: number }[]} marks
 * @param {number} height px
 */
function spread(marks, height) {
  marks.sort((a, b) => a.y - b.y);
  const apart = 2 * MARK;
  /** Whether they stand above each other. @param {{ x: number }} a @param {{ x: number }} b */
  const meet = (a, b) => Math.abs(a.x - b.x) < apart;
  marks.forEach((mark, i) => {
    const above = marks.slice(0, i).filter((other) => meet(mark, other));
    mark.y = Math.max(mark.y, ...above.map(({ y }) => y + apart));
  });
  for (let i = marks.length - 1; i >= 0; i--) {
    const below = marks.slice(i + 1).filter((other) => meet(marks[i], other));
    marks[i].y = Math.min(marks[i].y, height, ...below.map(({ y }) => y - apart));
  }
}
