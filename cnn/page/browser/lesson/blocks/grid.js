// A picture of numbers, enlarged: one cell per value, with outlines in the colours of the lesson.

import { colorOf, Pixels } from "../../shared/colors.js";
import { create } from "../../shared/dom.js";
import { decimal } from "../../shared/numbers.js";

/**
 * Cells of a grid; it may reach beyond the edge, as a kernel over padding does.
 *
 * @typedef {{ row: number, column: number, rows: number, columns: number }} Rect
 */

/** @typedef {[row: number, column: number]} Cell */

/** @type {Record<string, [down: number, right: number]>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * @param {object} options
 * @param {number} options.width cells across
 * @param {number} options.height
 * @param {boolean} [options.lines] thin lines between the cells
 * @param {(row: number, column: number) => void} [options.onPoint] a cell is pointed at, by pointer
 *   or arrow keys. Then the element needs a label
 * @param {(cells: Cell[]) => void} [options.onPress] the pointer is dragged over these cells, or Space
 *   is pressed on one; for grids with onPoint
 */
export function pixelGrid({ width, height, lines = false, onPoint, onPress }) {
  const element = create("div", { className: "grid" });
  const pixels = new Pixels(width, height);
  /** @type {Map<string, HTMLElement>} */
  const marks = new Map();
  element.style.setProperty("--across", `${width}`);
  element.style.setProperty("--down", `${height}`);
  element.append(pixels.canvas);
  if (lines) element.append(create("i", { className: "lines" }));
  element.role = onPoint ? "application" : "img";
  if (onPoint) listen(element, { width, height }, onPoint, onPress);
  element.classList.toggle("pressable", Boolean(onPress));
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
     * Outline these cells in the colour of a role; the name begins with the role: "in", "kernel",
     * "out".
     *
     * @param {string} name of the outline; each name has one outline
     * @param {Rect | null} rect null removes it
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
 * @param {(cells: Cell[]) => void} [onPress]
 */
function listen(element, { width, height }, onPoint, onPress) {
  let [row, column] = [Math.floor(height / 2), Math.floor(width / 2)];
  /** @type {Cell} where it was pressed last */
  let pressed = [row, column];
  /** @param {number} down @param {number} right */
  function point(down, right) {
    row = Math.max(0, Math.min(height - 1, down));
    column = Math.max(0, Math.min(width - 1, right));
    onPoint(row, column);
  }
  /** @param {PointerEvent} event */
  function follow({ type, clientX, clientY, buttons }) {
    const { left, top, width: wide, height: high } = element.getBoundingClientRect();
    point(Math.floor((clientY - top) / high * height), Math.floor((clientX - left) / wide * width));
    if (!onPress || buttons !== 1) return;
    const from = type === "pointerdown" ? [row, column] : pressed;
    pressed = [row, column];
    onPress(cellsBetween(from, pressed));
  }
  element.tabIndex = 0;
  element.classList.add("pointed");
  element.addEventListener("pointerdown", follow);
  element.addEventListener("pointermove", follow);
  element.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move && !(event.key === " " && onPress)) return;
    event.preventDefault();
    if (!move) return onPress?.([[row, column]]);
    point(row + move[0], column + move[1]);
  });
}

/**
 * The cells that a fast pointer passes from one cell to another, both included.
 *
 * @param {number[]} from [row, column]
 * @param {number[]} to
 * @returns {Cell[]}
 */
function cellsBetween([row, column], [down, right]) {
  const steps = Math.max(Math.abs(down - row), Math.abs(right - column), 1);
  return Array.from({ length: steps + 1 }, (_, i) => [
    Math.round(row + (down - row) * i / steps),
    Math.round(column + (right - column) * i / steps),
  ]);
}

/**
 * A picture in its frame of zeros.
 *
 * @param {ArrayLike<number>} pixels height x width
 * @param {{ width: number, height: number }} size
 * @param {number[]} padding how wide the frame is, [down, across]
 */
export function framed(pixels, { width, height }, [down, across]) {
  const wide = width + 2 * across;
  const out = new Float32Array(wide * (height + 2 * down));
  for (let i = 0; i < width * height; i++) {
    out[(Math.floor(i / width) + down) * wide + i % width + across] = pixels[i];
  }
  return out;
}

// A few numbers as a table of coloured cells: a patch, a kernel, a window.

const TURN = 360; // degrees of hue

/** One hue for each of `count` cells, so that a cell can be recognised elsewhere. */
export const hueOf = (/** @type {number} */ cell, /** @type {number} */ count) =>
  `${Math.round(TURN * cell / count)}`;

/**
 * @param {object} options
 * @param {number} options.rows
 * @param {number} options.columns
 * @param {number} [options.decimals]
 * @param {boolean} [options.hues] give each cell a hue of its own
 */
export function numberGrid({ rows, columns, decimals = 2, hues = false }) {
  const element = create("table", { className: "numbers" });
  element.classList.toggle("hues", hues);
  const cells = Array.from({ length: rows }, () => {
    const row = element.insertRow();
    return Array.from({ length: columns }, () => row.insertCell());
  }).flat();
  if (hues) cells.forEach((cell, i) => cell.style.setProperty("--hue", hueOf(i, cells.length)));
  return {
    element,
    cells,
    /** @param {ArrayLike<number>} values row by row @param {number} scale where the colours end */
    paint(values, scale) {
      cells.forEach((cell, i) => {
        const { background, ink } = colorOf(values[i] / (scale || 1));
        cell.style.background = background;
        cell.style.color = ink;
        cell.textContent = decimal(values[i], decimals);
      });
    },
    /** Show no numbers. */
    clear() {
      for (const cell of cells) {
        cell.style.background = "";
        cell.textContent = "";
      }
    },
  };
}

const TALL = 16; // values on top of each other, at most, where a stage has no maps

/**
 * How all values of a stage are laid out as one picture: its maps beside and below each other.
 *
 * @param {number[]} shape of the stage
 * @param {number} [wide] about how many times as wide as high it is, where there are maps
 * @returns {{ width: number, height: number, from: number[] }} from: for each pixel, row by row,
 *   the index of its value
 */
export function mosaicOf(shape, wide = 2) {
  const [count, high, long] = shape.length === 3 ? shape : [1, ...sidesOf(shape[0])];
  const across = Math.min(count, Math.ceil(Math.sqrt(wide * count)));
  const width = across * long;
  const height = Math.ceil(count / across) * high;
  const from = Array.from({ length: width * height }, (_, pixel) => {
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    const map = Math.floor(y / high) * across + Math.floor(x / long);
    return (map * high + y % high) * long + x % long;
  });
  return { width, height, from };
}

/** @param {number} size @returns {[height: number, width: number]} */
function sidesOf(size) {
  const height = Math.min(TALL, Math.max(1, Math.floor(Math.sqrt(size / 2))));
  return [height, Math.ceil(size / height)];
}
