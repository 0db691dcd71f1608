// One map enlarged on a card: its pixels one by one, and its kernel in numbers. It stays live.

/**
 * @import { Placed } from "./stages.js"
 * @import { Content, Dialogs } from "./dialog.js"
 */

import { Pixels } from "../shared/colors.js";
import { create, find } from "../shared/dom.js";
import { setLabel, setText } from "../shared/i18n.js";
import { legend } from "./legend.js";
import { listBars } from "./bars.js";
import { kernelTables } from "./kernel.js";
import { decimal, scaleFor } from "./numbers.js";
import { frameOf, hasBars, hasMaps, isFlattened, nameOf } from "./stages.js";

const DECIMALS = 3;

/** @typedef {{ stage: Placed, map: number, tile: HTMLElement }} MapPlace map: counted from 0 */

/**
 * @param {MapPlace} place
 * @param {Dialogs} dialogs
 */
export function openMap(place, dialogs) {
  dialogs.toggle(place.tile, () => hasBars(place.stage) ? barsOf(place) : pixelsOf(place));
}

/** @param {MapPlace} place */
function titleOf({ stage, map }) {
  const title = create("h3");
  const values = { layer: stage.name, map: map + 1, n: stage.size };
  setText(title, nameOf(stage, "map.name"), values);
  return title;
}

/** @param {MapPlace} place @returns {Content} */
function barsOf(place) {
  const { stage } = place;
  const bars = listBars(stage.size, stage.sign);
  return {
    name: "bars-card",
    title: titleOf(place),
    body: [bars.element],
    paint: (values) => bars.paint(values[stage.index], scaleFor(values[stage.index], stage.scale)),
  };
}

/** @param {MapPlace} place @returns {Content} */
function pixelsOf(place) {
  const { stage, map } = place;
  const { width, height, size, count, kernels } = stage;
  const area = size / count;
  const pixels = new Pixels(width, height);
  const body = create("div", { className: "enlarged" });
  body.innerHTML = `
    <div class="pixels">
      <div class="picture" tabindex="0" role="application">
        <i class="frame" hidden></i><i class="cursor" hidden></i>
      </div>
      <p class="value"></p>
    </div>`;
  const picture = find(body, ".picture");
  const cursor = find(body, ".cursor");
  const line = find(body, ".value");
  picture.prepend(pixels.canvas);
  picture.style.aspectRatio = `${width} / ${height}`;
  setLabel(picture, "map.pixels");
  find(body, ".pixels").append(legend(stage), ...frameLine(stage, find(body, ".frame")));
  if (kernels) body.append(kernelPart(stage, map));

  /** @type {{ row: number, column: number } | null} what is pointed at, counted from 0 */
  let pixel = null;
  let values = /** @type {Float32Array} */ (new Float32Array(area));

  /** @param {number} row @param {number} column */
  function point(row, column) {
    pixel = {
      row: Math.max(0, Math.min(height - 1, row)),
      column: Math.max(0, Math.min(width - 1, column)),
    };
    cursor.hidden = false;
    cursor.style.left = `${100 * pixel.column / width}%`;
    cursor.style.top = `${100 * pixel.row / height}%`;
    cursor.style.width = `${100 / width}%`;
    cursor.style.height = `${100 / height}%`;
    describeValue();
  }

  function describeValue() {
    if (!pixel) {
      const low = decimal(Math.min(...values), DECIMALS);
      const high = decimal(Math.max(...values), DECIMALS);
      return setText(line, "map.range", { low, high });
    }
    const { row, column } = pixel;
    const index = row * width + column;
    const value = index < values.length ? decimal(values[index], DECIMALS) : "";
    if (isFlattened(stage)) {
      return setText(line, "map.flat", { neuron: index + 1, map: row + 1, value });
    }
    if (!hasMaps(stage)) return setText(line, "map.neuron", { neuron: index + 1, value });
    setText(line, "map.pixel", { row: row + 1, column: column + 1, value });
  }

  picture.addEventListener("pointermove", (event) => {
    const box = picture.getBoundingClientRect();
    line.ariaLive = "off";
    point(
      Math.floor((event.clientY - box.top) / box.height * height),
      Math.floor((event.clientX - box.left) / box.width * width),
    );
  });
  picture.addEventListener("keydown", (event) => {
    const [down, right] = MOVES[event.key] ?? [0, 0];
    if (!down && !right) return;
    event.preventDefault();
    line.ariaLive = "polite"; // what a key points at is read aloud; what changes under a pen is not
    if (pixel) point(pixel.row + down, pixel.column + right);
    else point(Math.floor(height / 2), Math.floor(width / 2));
  });

  return {
    name: "map-card",
    title: titleOf(place),
    body: [body],
    focus: picture,
    paint(all) {
      const own = all[stage.index];
      values = own.subarray(map * area, (map + 1) * area);
      pixels.paint(values, scaleFor(own, stage.scale));
      describeValue();
    },
    describe() {
      if (kernels) find(body, ".channels").replaceWith(kernelTables(kernels, map));
    },
  };
}

/** @type {Record<string, [down: number, right: number]>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * The frame that padding makes, drawn and named.
 *
 * @param {Placed} stage
 * @param {HTMLElement} frame
 */
function frameLine(stage, frame) {
  const [high, wide] = frameOf(stage);
  const most = Math.max(high, wide);
  if (!most) return [];
  frame.hidden = false;
  frame.style.inset = `${100 * high / stage.height}% ${100 * wide / stage.width}%`;
  const words = create("p", { className: "frame-words" });
  setText(words, "map.frame", { frame: most });
  return [words];
}

/** @param {Placed} stage @param {number} map */
function kernelPart({ before, kernels }, map) {
  const part = create("div", { className: "kernel-part" });
  if (!kernels) return part;
  const { shape: [, channels], scale, biases } = kernels;
  const title = create("p");
  const word = channels === 1 ? "map.kernel" : "map.kernels";
  setText(title, word, { n: channels, before: before?.name ?? "" });
  const bias = create("p");
  setText(bias, "map.bias", { bias: decimal(biases[map], DECIMALS) });
  part.append(
    title,
    create("div", { className: "channels" }),
    legend({ sign: "both", scale }),
    bias,
  );
  return part;
}
