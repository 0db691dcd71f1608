// A picture of numbers, enlarged: one cell per value, with outlines in the colours of the lesson.

import { Pixels } from "../../shared/colors.js";
import { create } from "../../shared/dom.js";

/**
 * Cells of a grid; it may reach beyond the edge, as a kernel over padding does.
 *
 * @typedef {{ row: number, column: number, rows: number, columns: number }} Rect
 */

/** @type {Record<string, [down: number, right: number]>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * @param {object} options
 * @param {number} options.width cells across
 * @param {number} options.height
 * @param {boolean} [options.lines] thin lines between the cells
 * @param {(row: number, column: number) => void} [options.onPoint] a cell is pointed at, by pointer
 *   or arrow keys. Then the element needs a label
 */
export function pixelGrid({ width, height, lines = false, onPoint }) {
  const element = create("div", { className: "grid" });
  const pixels = new Pixels(width, height);
  /** @type {Map<string, HTMLElement>} */
  const marks = new Map();
  element.style.setProperty("--across", `${width}`);
  element.style.setProperty("--down", `${height}`);
  element.append(pixels.canvas);
  if (lines) element.append(create("i", { className: "lines" }));
  element.role = onPoint ? "application" : "img";
  if (onPoint) listen(element, { width, height }, onPoint);
  return {
    element,
    /**
     * @param {ArrayLike<number>} values row by row; where there are fewer, the rest stays empty
     * @param {number} scale above 0
     * @param {Iterable<number>} [hidden] indices of values that stay empty, too
     */
    paint(values, scale, hidden = []) {
      pixels.pixels.fill(0, values.length);
      pixels.paint(values, scale);
      for (const index of hidden) {
        pixels.context.clearRect(index % width, Math.floor(index / width), 1, 1);
      }
    },
    /**
     * Outline these cells, in the colour of the role that begins its name: "in", "kernel", "out".
     *
     * @param {string} name of the outline; there is one of each
     * @param {Rect | null} rect null takes it away
     */
    mark(name, rect) {
      const mark = marks.get(name) ?? create("i", { className: `outline ${name}` });
      marks.set(name, mark);
      if (!rect) return mark.remove();
      const { row, column, rows, columns } = rect;
      mark.style.left = `${100 * column / width}%`;
      mark.style.top = `${100 * row / height}%`;
      mark.style.width = `${100 * columns / width}%`;
      mark.style.height = `${100 * rows / height}%`;
      if (!mark.parentElement) element.append(mark);
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {{ width: number, height: number }} size
 * @param {(row: number, column: number) => void} onPoint
 */
function listen(element, { width, height }, onPoint) {
  let [row, column] = [Math.floor(height / 2), Math.floor(width / 2)];
  /** @param {number} down @param {number} right */
  function point(down, right) {
    row = Math.max(0, Math.min(height - 1, down));
    column = Math.max(0, Math.min(width - 1, right));
    onPoint(row, column);
  }
  /** @param {PointerEvent} event */
  function follow({ clientX, clientY }) {
    const { left, top, width: wide, height: high } = element.getBoundingClientRect();
    point(Math.floor((clientY - top) / high * height), Math.floor((clientX - left) / wide * width));
  }
  element.tabIndex = 0;
  element.classList.add("pointed");
  element.addEventListener("pointerdown", follow);
  element.addEventListener("pointermove", follow);
  element.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    point(row + move[0], column + move[1]);
  });
}
