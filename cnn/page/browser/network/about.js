// What a stage does, in words and with its numbers, on a card.

/**
 * @import { Placed } from "./stages.js"
 * @import { Dialogs } from "./dialog.js"
 * @import { Word, WordValues } from "../shared/i18n.js"
 */

import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { endOf } from "../shared/scales.js";
import { legend } from "./legend.js";
import { sides, wordsOf } from "./naming.js";
import { frameOf, parametersOf, receptiveField } from "./stages.js";

/**
 * @param {Placed} stage
 * @param {HTMLElement} opener
 * @param {HTMLElement} tiles its maps
 * @param {Dialogs} dialogs
 */
export function openAbout(stage, opener, tiles, dialogs) {
  dialogs.toggle(opener, () => {
    const { sentence, values } = wordsOf(stage);
    const colours = legend(stage.sign);
    return {
      name: "about-card",
      title: titleOf(stage),
      body: [
        ...(sentence ? [line(sentence, values)] : []),
        ...sizeLines(stage),
        ...factLines(stage),
        colours.element,
      ],
      clear: () => [[tiles.getBoundingClientRect()], []],
      paint: (all) => colours.paint(endOf(all[stage.index], stage.rest)),
    };
  });
}

/** @param {Placed} stage */
function titleOf(stage) {
  const { title, values } = wordsOf(stage);
  const heading = create("h3");
  const kind = create("span", { className: "kind" });
  if (title) setText(kind, title, values);
  else kind.textContent = stage.kind;
  heading.append(stage.name, " ", kind);
  return heading;
}

/** @param {Word} word @param {WordValues} [values] */
function line(word, values = {}) {
  const element = create("p");
  setText(element, word, values);
  return element;
}

/**
 * The size of what comes out, by its formula, with the numbers of this stage.
 *
 * @param {Placed} stage
 */
function sizeLines({ before, kernel_size: kernel, stride, padding, shape }) {
  if (!before || !kernel || !stride || !padding) return [];
  const formulas = [0, 1].map((axis) => {
    const [from, to] = [before.shape[axis + 1], shape[axis + 1]];
    return `⌊(${from} − ${kernel[axis]} + 2 × ${padding[axis]}) ÷ ${stride[axis]}⌋ + 1 = ${to}`;
  });
  return [
    line("layer.size"),
    ...[...new Set(formulas)].map((formula) =>
      create("p", { className: "formula", textContent: formula })
    ),
  ];
}

/** @param {Placed} stage */
function factLines(stage) {
  const lines = [];
  const frame = Math.max(...frameOf(stage));
  if (frame) lines.push(line("layer.padding", { frame }));
  if (stage.kernels) {
    const field = sides(receptiveField(stage).side);
    lines.push(line("layer.field", { field, side: sides(inputOf(stage).shape.slice(1)) }));
  }
  const n = parametersOf(stage).toLocaleString("en");
  if (n !== "0") lines.push(line("layer.parameters", { n }));
  return lines;
}

/** @param {Placed} stage @returns {Placed} */
const inputOf = (stage) => stage.before ? inputOf(stage.before) : stage;
