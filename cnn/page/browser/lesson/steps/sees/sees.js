// What the network sees: the way from the ink to 28 x 28 numbers, each part to be left out.

/** @import { Step } from "../../step.js" */

import { CANVAS } from "../../../shared/drawing.js";
import { percent } from "../../../shared/numbers.js";
import { mount } from "./exhibit.js";
import { inCorner, prepared } from "./prepared.js";
import { readerOf, strokesOf } from "./readings.js";
import { words } from "./words.js";

const RAW = { crop: false, twenty: false, mass: false };
const DONE = { crop: true, twenty: true, mass: true };

/** @type {Step} */
export const sees = {
  name: "sees",
  words,
  lights: ["Normalize"],
  ofReading: true,
  question({ answer, loaded }) {
    const strokes = strokesOf(answer);
    if (!strokes) return null;
    const read = readerOf(loaded);
    const small = inCorner(strokes, CANVAS);
    const raw = read(prepared(small, CANVAS, RAW));
    const done = read(prepared(small, CANVAS, DONE));
    const values = { digit: done.digit };
    return {
      values,
      options: [{ word: "option.same", values }, { word: "option.other" }],
      right: raw.digit === done.digit && !raw.silent ? 0 : 1,
      because: {
        word: raw.silent ? "because.silent" : "because",
        values: {
          raw: raw.digit,
          rawProb: percent(raw.prob),
          done: done.digit,
          doneProb: percent(done.prob),
        },
      },
    };
  },
  mount,
};
