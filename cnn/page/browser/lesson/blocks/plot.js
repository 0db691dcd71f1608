// A small line chart: one line for each series, and a cursor that says where we are.

import { create } from "../../shared/dom.js";
import { write } from "../../shared/i18n.js";
import { sweep } from "./player.js";

const SVG = "http://www.w3.org/2000/svg";
const SIDE = 100; // of the drawing, which is stretched over the element

/**
 * Series are told apart by their class as well as by their colour: one of them is dashed.
 *
 * @param {object} options
 * @param {number[]} options.xs the places at which every series has a value, rising
 * @param {{ low: number, high: number }} options.y
 * @param {{ at: number, text: () => string }[]} options.xTicks
 * @param {{ at: number, text: () => string }[]} options.yTicks
 * @param {string[]} options.series a class name for each
 * @param {(index: number) => void} [options.onPoint] a place in `xs` is clicked or dragged to;
 *   callers that pass it must offer the same by keyboard
 */
export function plot({ xs, y, xTicks, yTicks, series, onPoint }) {
  const element = create("div", { className: "plot" });
  const area = create("div", { className: "area" });
  const svg = document.createElementNS(SVG, "svg");
  const cursor = create("i", { className: "cursor", hidden: true });
  const [first, last] = [xs[0], xs[xs.length - 1]];
  const across = (/** @type {number} */ x) => SIDE * (x - first) / (last - first);
  const down = (/** @type {number} */ value) => SIDE * (y.high - value) / (y.high - y.low);
  /** @type {ArrayLike<number>[]} */
  let lines = [];
  let marked = -1;

  element.role = "img";
  svg.setAttribute("viewBox", `0 0 ${SIDE} ${SIDE}`);
  svg.setAttribute("preserveAspectRatio", "none");
  for (const { at, text } of yTicks) {
    const tick = create("span", { className: "tick y" });
    write(tick, text);
    tick.style.top = `${down(at)}%`;
    area.append(tick);
  }
  for (const { at, text } of xTicks) {
    const tick = create("span", { className: "tick x" });
    write(tick, text);
    tick.style.left = `${across(at)}%`;
    area.append(tick);
  }
  const paths = series.map((name) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", name);
    path.setAttribute("vector-effect", "non-scaling-stroke");
    return path;
  });
  const dots = series.map((name) => create("i", { className: `dot ${name}`, hidden: true }));
  svg.append(...paths);
  area.append(svg, cursor, ...dots);
  element.append(area);
  if (onPoint) {
    sweep(area, (x) => {
      const { left, width } = area.getBoundingClientRect();
      onPoint(nearest(xs, first + (last - first) * (x - left) / width));
    });
  }

  function place() {
    cursor.hidden = marked < 0;
    cursor.style.left = `${across(xs[marked] ?? first)}%`;
    dots.forEach((dot, i) => {
      const value = lines[i]?.[marked];
      dot.hidden = value === undefined;
      dot.style.left = cursor.style.left;
      dot.style.top = `${down(value ?? y.low)}%`;
    });
  }

  return {
    element,
    /** @param {ArrayLike<number>[]} values for each series; none: no line */
    paint(values) {
      lines = values;
      paths.forEach((path, i) => {
        const points = xs.map((x, at) => `${across(x)} ${down(values[i]?.[at] ?? 0)}`);
        path.setAttribute("d", values[i]?.length ? `M${points.join("L")}` : "");
      });
      place();
    },
    /** @param {number} index in `xs`; -1: no cursor */
    mark(index) {
      marked = index;
      place();
    },
  };
}

/** The place in the list that is nearest. @param {number[]} xs @param {number} x */
export function nearest(xs, x) {
  const away = xs.map((each) => Math.abs(each - x));
  return away.indexOf(Math.min(...away));
}
