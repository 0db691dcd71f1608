// Padding, stride, and how large what comes out is.

/** @import { Step } from "../../step.js" */

import { mount } from "./exhibit.js";
import { sizeOf } from "./sizes.js";
import { words } from "./words.js";

const ASKED = { F: 3, S: 2, P: 0 };
const OPTIONS = [13, 14, 26]; // right; half of it; without the stride

/** @type {Step} */
export const size = {
  name: "size",
  words,
  lights: ["Conv2d", "MaxPool2d", "AvgPool2d"],
  question: () => ({
    options: OPTIONS.map((n) => ({ word: "option", values: { n } })),
    right: OPTIONS.indexOf(sizeOf(28, ASKED)),
    because: { word: "because" },
  }),
  mount: (place, context) => mount(place, context, ASKED),
};
