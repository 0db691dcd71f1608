// All that the page shows of a drawing, as one picture.

/**
 * @import { Answer } from "../shared/answer.js"
 * @import { Words } from "../shared/i18n.js"
 * @import { LoadedNetwork } from "../shared/readings.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { PIXELS } from "../engine/strokes.js";
import { endOf, namedEnd, Pixels, signOf } from "../shared/colors.js";
import { create } from "../shared/dom.js";
import { t as page, wordsOf } from "../shared/i18n.js";
import { percent } from "../shared/numbers.js";

/** @type {Words<Keys["share"]>} */
const { t } = wordsOf("share");

// All sizes in pixels of the picture.
const EDGE = 48;
const TITLE = 40; // size of its letters
const ADDRESS = 24;
const TOP = 112; // where the columns begin, below the title
const LEFT = { x: EDGE, width: 420 }; // the drawing and the answer
const RIGHT = { x: 520, width: 1032 }; // the network
const WIDTH = RIGHT.x + RIGHT.width + EDGE;
const SEEN = 216; // side of what the network sees
const GAP = 24;
const LABEL = { size: 18, height: 28 };
const BAR = { height: 12, step: 25 };
const LETTER = 12; // of a class's name, beside its bar
const MAX_NAMES = 120; // that names have beside the bars
const PERCENT = 72; // and percentages
const ROUND = 0.03; // corner radius as a share of a frame's side: it hides next to nothing
const FAMILY = 'system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

/**
 * @typedef {object} Drawn
 * @property {(canvas: HTMLCanvasElement, color: string) => void} paintDrawing onto a square canvas,
 *   with ink of this colour
 * @property {Answer} answer
 * @property {LoadedNetwork | null} loaded
 * @property {string | null} address where the page is found
 */

/**
 * @param {Drawn} drawn
 * @param {number} scale 1: 1600 px wide
 */
export function poster({ paintDrawing, answer, loaded, address }, scale = 1) {
  const stages = loaded ? stagesOf(loaded, answer.maps, RIGHT.width) : [];
  const classes = loaded?.network.classes ?? [];
  const bars = classes.length * BAR.step;
  const left = LEFT.width + 2 * GAP + 2 * LABEL.height + SEEN + GAP + bars;
  const right = stages.reduce((sum, { height }) => sum + LABEL.height + height + GAP, -GAP);
  const height = TOP + Math.max(left, right) + EDGE;
  const canvas = create("canvas", { width: scale * WIDTH, height: Math.round(scale * height) });
  const sheet = new Poster(canvas, scale);
  sheet.text(page("title"), EDGE, EDGE + TITLE, { size: TITLE, weight: 700 });
  if (address) paintAddress(sheet, address);

  const drawing = create("canvas", { width: 2 * LEFT.width, height: 2 * LEFT.width });
  paintDrawing(drawing, sheet.color("--ink"));
  sheet.framed(drawing, LEFT.x, TOP, LEFT.width);

  let y = TOP + LEFT.width + GAP;
  sheet.label(t("poster.seen"), LEFT.x, y);
  sheet.label(t("poster.answer"), LEFT.x + SEEN + GAP, y);
  y += LABEL.height;
  const seen = new Pixels(PIXELS, PIXELS);
  seen.paint(answer.blank ? new Float32Array(PIXELS * PIXELS) : answer.seen, 1);
  sheet.framed(seen.canvas, LEFT.x, y, SEEN);
  paintAnswer(sheet, answer, LEFT.x + SEEN + GAP, y + SEEN);
  y += SEEN + GAP;
  sheet.label(probsLabel(answer), LEFT.x, y);
  paintProbs(sheet, answer, classes, y + LABEL.height);

  y = TOP;
  for (const { label, end, height, paint } of stages) {
    sheet.label(label, RIGHT.x, y);
    sheet.label(t("poster.scale", { end }), RIGHT.x + RIGHT.width, y, "right");
    y += LABEL.height;
    paint(sheet, RIGHT.x, y);
    y += height + GAP;
  }
  return canvas;
}

/** A canvas in the page's colours. */
class Poster {
  #style = getComputedStyle(document.querySelector(".page") ?? document.body);

  /** @param {HTMLCanvasElement} canvas @param {number} scale */
  constructor(canvas, scale) {
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.context.fillStyle = this.color("--paper");
    this.context.fillRect(0, 0, canvas.width, canvas.height);
    this.context.scale(scale, scale);
    this.scale = scale;
  }

  /** @param {string} name of a property in page.css */
  color(name) {
    return this.#style.getPropertyValue(name).trim();
  }

  /**
   * @param {string} words
   * @param {number} x
   * @param {number} y of their baseline
   * @param {{ size: number, weight?: number, color?: string, align?: CanvasTextAlign, most?: number }} look
   *   most: how wide they may be
   */
  text(words, x, y, { size, weight = 400, color = "--ink", align = "left", most }) {
    const { context } = this;
    context.font = `${weight} ${size}px ${FAMILY}`;
    context.fillStyle = this.color(color);
    context.textAlign = align;
    context.fillText(words, x, y, most);
  }

  /**
   * @param {string} words
   * @param {number} x
   * @param {number} top
   * @param {CanvasTextAlign} align
   */
  label(words, x, top, align = "left") {
    this.text(words, x, top + LABEL.size, { size: LABEL.size, color: "--soft", align });
  }

  /**
   * @param {string} color one of page.css
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   */
  bar(color, x, y, width, height) {
    this.context.fillStyle = this.color(color);
    this.context.beginPath();
    this.context.roundRect(x, y, width, height, height / 2);
    this.context.fill();
  }

  /**
   * A square picture with a frame, its pixels as they are.
   *
   * @param {HTMLCanvasElement} picture
   * @param {number} x
   * @param {number} y
   * @param {number} side
   */
  framed(picture, x, y, side) {
    const { context } = this;
    context.save();
    context.beginPath();
    context.roundRect(x, y, side, side, ROUND * side);
    context.clip();
    context.fillStyle = this.color("--zero");
    context.fill();
    context.imageSmoothingEnabled = picture.width > side * this.scale;
    context.drawImage(picture, x, y, side, side);
    context.restore();
    context.strokeStyle = this.color("--line");
    context.lineWidth = 1;
    context.stroke();
  }
}

/**
 * @param {Poster} sheet
 * @param {Answer} answer
 * @param {number} x
 * @param {number} bottom
 */
function paintAnswer(sheet, { digits }, x, bottom) {
  const number = digits.map(({ shown }) => shown).join("") || "?";
  const isSure = digits.length > 0 && digits.every(({ confident, mark }) => confident || mark);
  const color = isSure ? "--accent" : "--soft";
  const most = LEFT.x + LEFT.width - x;
  // As large as fits: a bold digit is about 0.65 of its size wide.
  const size = Math.min(SEEN, most / 0.65 / number.length);
  sheet.text(number, x, bottom - SEEN / 2 + size * 0.36, { size, weight: 700, color, most });
}

/** At the right of the title, as far as there is room. @param {Poster} sheet @param {string} address */
function paintAddress(sheet, address) {
  const right = RIGHT.x + RIGHT.width;
  const most = right - 2 * EDGE - sheet.context.measureText(page("title")).width;
  const look = { size: ADDRESS, color: "--soft", align: /** @type {const} */ ("right"), most };
  sheet.text(address, right, EDGE + TITLE, look);
}

/** @param {Answer} answer */
function probsLabel({ digits, followed }) {
  if (digits.length < 2) return t("poster.probs");
  return t("poster.probs_of", { shown: digits[followed].shown, place: followed + 1 });
}

/**
 * @param {Poster} sheet
 * @param {Answer} answer
 * @param {readonly string[]} classes
 * @param {number} top
 */
function paintProbs(sheet, { digits, followed }, classes, top) {
  const read = digits[followed];
  const longest = Math.max(1, ...classes.map((name) => name.length));
  const names = Math.min(MAX_NAMES, LETTER * (longest + 1));
  const [x, width] = [LEFT.x + names, LEFT.width - names - PERCENT];
  classes.forEach((name, digit) => {
    const prob = read?.probs[digit] ?? 0;
    const isTop = digit === read?.digit;
    const y = top + digit * BAR.step;
    const look = { size: LABEL.size, color: isTop ? "--ink" : "--soft", weight: isTop ? 700 : 400 };
    sheet.text(name, LEFT.x, y + LABEL.size, { ...look, most: names - LETTER / 2 });
    sheet.bar("--line", x, y + 6, width, BAR.height);
    if (prob > 0) {
      sheet.bar(isTop ? "--accent" : "--soft", x, y + 6, prob * width, BAR.height);
    }
    const words = read ? percent(prob) : "";
    sheet.text(words, LEFT.x + LEFT.width, y + LABEL.size, { ...look, align: "right" });
  });
}

// The stages of a network as rows of a picture.

// These repeat what came before them, in another order or form; the last gives the probabilities.
const WITHOUT_ROW = ["Normalize", "Flatten", "Dropout", "LogSoftmax"];
const STAGE_GAP = 8; // px between maps
const SMALLEST = 40; // px, the side of a map
const LARGEST = 124;
const NEURON = 24; // px, the height of a row of neurons
const MAX_NEURONS = 256; // in a row

/**
 * @typedef {object} StageRow
 * @property {string} label
 * @property {number} height in pixels
 * @property {string} end of its colours
 * @property {(sheet: Poster, x: number, y: number) => void} paint
 */

/**
 * @param {LoadedNetwork} loaded
 * @param {Float32Array[]} maps the values of every stage; none: as if they were all 0
 * @param {number} width in pixels that they have
 * @returns {StageRow[]}
 */
export function stagesOf({ network, scales }, maps, width) {
  return network.stages.flatMap(({ name, kind, shape }, index) => {
    if (WITHOUT_ROW.includes(kind)) return [];
    const values = maps[index] ?? new Float32Array(shape.reduce((product, n) => product * n));
    const end = endOf(values, scales[index]);
    return [{
      label: `${name}   ${shape.join(" × ")}`,
      end: namedEnd(end, signOf(network.stages, index)),
      ...(shape.length === 3 ? mapsRow(shape, values, end, width) : neuronsRow(values, end, width)),
    }];
  });
}

/**
 * @param {number[]} shape maps, height, width
 * @param {Float32Array} values
 * @param {number} end of their scale
 * @param {number} width
 */
function mapsRow([count, rows, columns], values, end, width) {
  const across = Math.min(count, Math.floor((width + STAGE_GAP) / (SMALLEST + STAGE_GAP)));
  const side = Math.min(LARGEST, Math.floor((width + STAGE_GAP) / across) - STAGE_GAP);
  return {
    height: Math.ceil(count / across) * (side + STAGE_GAP) - STAGE_GAP,
    /** @type {StageRow["paint"]} */
    paint(sheet, x, y) {
      const area = rows * columns;
      for (let map = 0; map < count; map++) {
        const pixels = new Pixels(columns, rows);
        pixels.paint(values.subarray(map * area, (map + 1) * area), end);
        const [column, row] = [map % across, Math.floor(map / across)];
        sheet.framed(
          pixels.canvas,
          x + column * (side + STAGE_GAP),
          y + row * (side + STAGE_GAP),
          side,
        );
      }
    },
  };
}

/**
 * @param {Float32Array} values
 * @param {number} end of their scale
 * @param {number} width
 */
function neuronsRow(values, end, width) {
  const across = Math.min(values.length, MAX_NEURONS);
  const rows = Math.ceil(values.length / across);
  return {
    height: rows * NEURON,
    /** @type {StageRow["paint"]} */
    paint({ context }, x, y) {
      const pixels = new Pixels(across, rows);
      const padded = new Float32Array(across * rows);
      padded.set(values);
      pixels.paint(padded, end);
      context.imageSmoothingEnabled = false;
      context.drawImage(pixels.canvas, x, y, width, rows * NEURON);
    },
  };
}

/**
 * Save a canvas as a PNG file.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {string} name of the file
 */
export async function savePng(canvas, name) {
  /** @type {Blob | null} */
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error(`no picture of ${canvas.width} × ${canvas.height} pixels can be made`);
  const url = URL.createObjectURL(blob);
  create("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url)); // once the download has begun
}

/**
 * What a drawing's file is called: digit-3.png, or digit.png where it is not sure.
 *
 * @param {Answer} answer
 * @param {"png" | "gif"} kind
 */
export function fileName({ digits }, kind) {
  const number = digits.map(({ shown }) => shown).join("");
  return /^[\p{L}\p{N}.,-]+$/u.test(number) ? `digit-${number}.${kind}` : `digit.${kind}`;
}
