// A drawing as it was drawn, with its maps and the answer, as a moving picture.

// A GIF, and not what a browser records of a canvas: MediaRecorder records in real time, so that a
// busy machine loses frames and twice the same drawing is not the same file; and it gives WebM or
// MP4, whichever the browser has, of which one or the other does not open on an older phone.

/**
 * @import { Stroke } from "../shared/store.js"
 * @import { Drawn } from "./picture.js"
 */

import { Reader } from "../engine/reader.js";
import { answerOf, BLANK } from "../shared/answer.js";
import { colorOf } from "../shared/colors.js";
import { create } from "../shared/dom.js";
import { CANVAS, store } from "../shared/store.js";
import { Gif, SAME } from "./gif.js";
import { poster } from "./picture.js";

export const SCALE = 0.5; // of the poster, which is 1600 px wide
const FRAMES = [48, 24, 12, 6, 3]; // so many, however much was drawn; fewer where they would take more
const MAX_BYTES = 2_000_000; // of the file
const DRAWING = 480; // how long all of them are shown, in hundredths of a second
const LAST = 300; // and the whole drawing after them

/**
 * @param {Drawn} drawn the whole drawing, with its answer
 * @param {object} how
 * @param {(share: number) => Stroke[]} how.upTo the strokes up to this share of all their points
 * @param {(canvas: HTMLCanvasElement, color: string, strokes: Stroke[]) => void} how.paint
 * @param {AbortSignal} how.signal
 * @param {(share: number) => void} how.onprogress
 * @returns {Promise<Blob | null>} a GIF file of MAX_BYTES at most; null: it was aborted
 */
export async function movieOf(drawn, { upTo, paint, signal, onprogress }) {
  const { loaded, address } = drawn;
  const reader = loaded && new Reader(loaded.network, loaded.card.threshold);
  reader?.mute(store.get("muted"));
  /** @param {Stroke[]} strokes @returns {Drawn} */
  function underWay(strokes) {
    const reading = reader?.readStrokes(strokes.map(({ points }) => points), CANVAS);
    const answer = reading ? answerOf(reading, true) : BLANK;
    return {
      paintDrawing: (canvas, color) => paint(canvas, color, strokes),
      answer,
      loaded,
      address,
    };
  }

  const colors = new Colors();
  /** @param {number} frames @returns {Promise<Gif | null>} null: aborted, or too large */
  async function gifOf(frames) {
    /** @type {Gif | null} */
    let gif = null;
    for (let i = 1; i <= frames; i++) {
      await new Promise((done) => setTimeout(done)); // meanwhile the page shows how far it is
      if (signal.aborted || (gif && gif.bytes > MAX_BYTES)) return null;
      const isLast = i === frames;
      const canvas = poster(isLast ? drawn : underWay(upTo(i / frames)), SCALE);
      gif ??= new Gif(canvas.width, canvas.height, colors.palette);
      gif.add(colors.of(canvas), isLast ? LAST : DRAWING / frames);
      onprogress(i / frames);
    }
    return gif && gif.bytes <= MAX_BYTES ? gif : null;
  }

  for (const frames of FRAMES) {
    const gif = await gifOf(frames);
    if (gif) return gif.file();
  }
  return null;
}

const SHADES = 75; // on either side of zero, of a scale's colours

/** The colours of the page, at most 255, numbered from 1. */
class Colors {
  palette = new Uint8Array(3 * 256);
  #numbers = new Uint8Array(1 << 24); // of each colour; SAME: not looked up yet
  #count = 1;
  #canvas = create("canvas", { width: 1, height: 1 });
  #pixel = /** @type {CanvasRenderingContext2D} */ (
    this.#canvas.getContext("2d", { willReadFrequently: true })
  );

  constructor() {
    const style = getComputedStyle(document.querySelector(".page") ?? document.body);
    const [paper, zero, ink, soft, accent, line] = [
      "paper",
      "zero",
      "ink",
      "soft",
      "accent",
      "line",
    ]
      .map((name) => this.#rgb(style.getPropertyValue(`--${name}`)));
    for (let i = -SHADES; i <= SHADES; i++) this.#add(this.#rgb(colorOf(i / SHADES).background));
    // The soft edges of letters, bars and ink.
    this.#mix(paper, ink, 24);
    this.#mix(zero, ink, 24);
    this.#mix(paper, soft, 16);
    this.#mix(paper, accent, 16);
    this.#mix(paper, line, 8);
    this.#mix(zero, line, 8);
  }

  /**
   * The nearest colour's number for each pixel.
   *
   * @param {HTMLCanvasElement} canvas without transparent pixels
   */
  of(canvas) {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const numbers = new Uint8Array(data.length / 4);
    for (let i = 0; i < numbers.length; i++) {
      const [red, green, blue] = [data[4 * i], data[4 * i + 1], data[4 * i + 2]];
      const color = red << 16 | green << 8 | blue;
      if (this.#numbers[color] === SAME) this.#numbers[color] = this.#nearest(red, green, blue);
      numbers[i] = this.#numbers[color];
    }
    return numbers;
  }

  /** @param {number} red @param {number} green @param {number} blue */
  #nearest(red, green, blue) {
    let [nearest, least] = [1, Infinity];
    const { palette } = this;
    for (let i = 1; i < this.#count; i++) {
      const distance = (palette[3 * i] - red) ** 2 + (palette[3 * i + 1] - green) ** 2 +
        (palette[3 * i + 2] - blue) ** 2;
      if (distance < least) [nearest, least] = [i, distance];
    }
    return nearest;
  }

  /** @param {ArrayLike<number>} from @param {ArrayLike<number>} to @param {number} steps */
  #mix(from, to, steps) {
    for (let i = 0; i <= steps; i++) {
      this.#add([0, 1, 2].map((c) => from[c] + (to[c] - from[c]) * i / steps));
    }
  }

  /** @param {ArrayLike<number>} rgb */
  #add(rgb) {
    this.palette.set(Array.from(rgb, Math.round), 3 * this.#count++);
  }

  /** @param {string} color as CSS names it */
  #rgb(color) {
    this.#pixel.fillStyle = color;
    this.#pixel.fillRect(0, 0, 1, 1);
    return this.#pixel.getImageData(0, 0, 1, 1).data.subarray(0, 3);
  }
}
