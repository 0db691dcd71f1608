import { create } from "../shared/dom.js";
import { isWord, setLabel } from "../shared/i18n.js";
import { Ink } from "./ink.js";

const THUMBNAIL_PEN = 18; // a little wider than the pad's: a thumbnail is small
const THIN = 0.11; // of its longer side: a small digit would be a blot of that pen

/** @typedef {{ name: string, strokes: number[][] }} Example strokes: [x, y, x, y, ...] for each */

/** Thumbnails of the examples. */
export class Examples {
  #thumbnails;

  /**
   * @param {HTMLElement} place
   * @param {Example[]} examples
   * @param {(strokes: number[][]) => void} onchoose
   */
  constructor(place, examples, onchoose) {
    this.#thumbnails = examples.map(({ name, strokes }) => {
      const button = create("button", { type: "button", className: "example" });
      const canvas = create("canvas");
      button.append(canvas);
      button.addEventListener("click", () => onchoose(strokes));
      const word = `examples.${name}`; // a digit needs none
      if (isWord(word)) setLabel(button, word);
      else setLabel(button, "examples.digit", { name });
      return { button, strokes, ink: new Ink(canvas) };
    });
    place.prepend(...this.#thumbnails.map(({ button }) => button));
  }

  paint() {
    for (const { ink, strokes } of this.#thumbnails) {
      ink.fit();
      ink.clear();
      const width = Math.min(THUMBNAIL_PEN, THIN * extentOf(strokes));
      for (const points of strokes) ink.stroke({ points, width });
    }
  }
}

/** The longer side of their box. @param {number[][]} strokes */
function extentOf(strokes) {
  const sides = [0, 1].map((axis) => {
    const along = strokes.flatMap((points) => points.filter((_, i) => i % 2 === axis));
    return Math.max(...along) - Math.min(...along);
  });
  return Math.max(...sides);
}
