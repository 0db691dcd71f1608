// Convolution: a kernel of nine numbers slides over the digit.

/** @import { Step } from "../../step.js" */

import { decimal } from "../../../shared/numbers.js";
import { mount } from "./exhibit.js";
import { learnedOf, loudestOnPaper, onPaper, sumOf } from "./kernels.js";
import { words } from "./words.js";

/** @type {Step} */
export const convolution = {
  name: "convolution",
  words,
  lights: ["conv1"],
  question({ loaded }) {
    const { mean = 0, std = 1 } = loaded.network.stages[0];
    const paper = -mean / std;
    const kernels = learnedOf(loaded);
    const loudest = loudestOnPaper(kernels, paper);
    const value = onPaper(kernels[loudest], paper);
    return {
      values: { paper: decimal(paper, 2), kernel: loudest + 1 },
      options: [{ word: "option.zero" }, { word: "option.above" }, { word: "option.below" }],
      right: value > 0 ? 1 : 2,
      because: {
        word: "because",
        values: {
          paper: decimal(paper, 2),
          sum: decimal(sumOf(kernels[loudest].weights), 2),
          sign: kernels[loudest].bias < 0 ? "−" : "+",
          bias: decimal(Math.abs(kernels[loudest].bias), 2),
          value: decimal(value, 2),
        },
      },
    };
  },
  mount,
};
