// Kernels: small, as a picture below their map; enlarged, with their numbers.

/** @import { Kernels } from "./stages.js" */

import { colorOf, Pixels } from "../shared/colors.js";
import { create } from "../shared/dom.js";
import { decimal } from "../shared/numbers.js";

const DECIMALS = 2;
const SINGLE_CELL = 4; // px that a value of a kernel with one channel is wide
const CELL = 2; // and with several
const MOST_ACROSS = 56; // px, as wide as a map is on a small screen

/**
 * How a kernel's picture is laid out: its channels side by side, one pixel of nothing between them.
 *
 * @param {Kernels} kernels
 */
export function pictureOf({ shape: [, channels, rows, columns] }) {
  const across = (/** @type {number} */ cell) => channels * columns * cell + channels - 1;
  const cell = channels === 1 ? SINGLE_CELL : across(CELL) <= MOST_ACROSS ? CELL : 1;
  return { cell, width: across(cell), height: rows * cell };
}

/**
 * A canvas with a kernel's channels.
 *
 * @param {Kernels} kernels
 * @param {number} index which of them, counted from 0
 */
export function kernelCanvas(kernels, index) {
  const { end, shape: [, channels, rows, columns] } = kernels;
  const { cell, width, height } = pictureOf(kernels);
  const strip = new Float32Array(width * height);
  channelsOf(kernels, index).forEach((values, channel) => {
    const left = channel * (columns * cell + 1);
    for (let y = 0; y < rows * cell; y++) {
      for (let x = 0; x < columns * cell; x++) {
        strip[y * width + left + x] = values[Math.floor(y / cell) * columns + Math.floor(x / cell)];
      }
    }
  });
  const pixels = new Pixels(width, height);
  pixels.canvas.className = "kernel";
  pixels.canvas.style.width = `${width}px`;
  function paint() {
    pixels.paint(strip, end);
    for (let channel = 1; channel < channels; channel++) {
      pixels.context.clearRect(channel * (columns * cell + 1) - 1, 0, 1, height);
    }
  }
  paint();
  return { canvas: pixels.canvas, paint };
}

/**
 * A table of numbers on their colours for each channel of a kernel.
 *
 * @param {Kernels} kernels
 * @param {number} index
 */
export function kernelTables(kernels, index) {
  const { end, shape: [, channels, , columns] } = kernels;
  const place = create("div", { className: "channels" });
  place.classList.toggle("single", channels === 1);
  place.append(
    ...channelsOf(kernels, index).map((values, channel) => {
      const table = create("div", { className: "channel" });
      table.style.setProperty("--across", `${columns}`);
      if (channels > 1) table.append(create("small", { textContent: `${channel + 1}` }));
      for (const value of values) {
        const cell = create("span", { textContent: decimal(value, DECIMALS) });
        const { background, ink } = colorOf(value / end);
        Object.assign(cell.style, { background, color: ink });
        table.append(cell);
      }
      return table;
    }),
  );
  return place;
}

/**
 * A table of numbers that change, each on its colour.
 *
 * @param {number} count
 * @param {number} across
 * @param {string} name of its class
 */
export function numberTable(count, across, name) {
  const element = create("div", { className: name });
  element.style.setProperty("--across", `${across}`);
  const cells = Array.from({ length: count }, () => create("span"));
  element.append(...cells);
  return {
    element,
    /**
     * @param {Float32Array} values
     * @param {number} end of their scale
     * @param {number} decimals
     * @param {boolean[]} inside which are no padding
     */
    paint(values, end, decimals, inside) {
      cells.forEach((cell, i) => {
        cell.classList.toggle("padding", !inside[i]);
        cell.textContent = inside[i] ? decimal(values[i], decimals) : "0";
        const { background, ink } = inside[i] ? colorOf(values[i] / end) : PADDING;
        Object.assign(cell.style, { background, color: ink });
      });
    },
  };
}

const PADDING = { background: "", ink: "" }; // as the styles have it

/** @param {Kernels} kernels @param {number} index */
function channelsOf({ shape: [, channels, rows, columns], values }, index) {
  const area = rows * columns;
  return Array.from({ length: channels }, (_, channel) => {
    const start = (index * channels + channel) * area;
    return values.subarray(start, start + area);
  });
}
