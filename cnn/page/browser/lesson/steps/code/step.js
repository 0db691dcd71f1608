// The network's class in PyTorch, each line beside the stage that it makes.

/**
 * @import { Spec } from "../../../engine/layers/layer.js"
 * @import { Answer } from "../../../shared/answer.js"
 * @import { WordValues } from "../../../shared/i18n.js"
 * @import { LoadedNetwork } from "../../../shared/readings.js"
 * @import { Context, Question, Step } from "../../step.js"
 * @import { Keys } from "../../../words/words.d.ts"
 */

import { windowsOf } from "../../../engine/layers/window.js";
import { argmax, probabilitiesOf } from "../../../engine/probabilities.js";
import { sizeOf } from "../../../engine/safetensors.js";
import { endOf, Pixels } from "../../../shared/colors.js";
import { create } from "../../../shared/dom.js";
import { number, percent } from "../../../shared/numbers.js";
import { mosaicOf } from "../../blocks/grid.js";
import listing from "./listing.json" with { type: "json" };

const LARGER = [1, 32, 32]; // what the question makes of a digit of 28 x 28

// The lines of the class. They are those of cnn/model.py: see cnn/page/listing.py.

const MAKES = /^\s+(\w+)=nn\.\w+\(/; // a stage
const COMMENT = /\s\s#.*$/;

/** @typedef {{ text: string, stage: string | null }} Line stage: the name of the one that it makes */

/** @type {Line[]} */
const LINES = listing.shown.trimEnd().split("\n").map((text) => {
  return { text, stage: MAKES.exec(text)?.[1] ?? null };
});

/** Whether the class makes the network on the page. @param {LoadedNetwork} loaded */
export const isListed = ({ network: { stages } }) =>
  stages.length === listing.architecture.length &&
  listing.architecture.every((spec, index) => {
    const stage = /** @type {Record<string, any>} */ (stages[index]);
    return Object.entries(spec).every(([key, value]) => `${stage[key]}` === `${value}`);
  });

/**
 * The first stage that cannot read what comes before it, if the network is given pictures of
 * another size; and how many values it is given.
 *
 * @param {Spec[]} stages
 * @param {number[]} picture
 * @returns {{ stage: Spec, before: Spec, shape: number[] } | null}
 */
export function misfit(stages, picture) {
  let shape = picture;
  let before = stages[0]; // with maps
  for (const stage of stages) {
    if (stage.kind === "Linear") {
      return stage.in_features === sizeOf(shape) ? null : { stage, before, shape };
    }
    if (!stage.kernel_size) continue;
    shape = [stage.shape[0], ...windowsOf(stage, shape).counts];
    before = stage;
  }
  return null;
}

/** @param {{ loaded: LoadedNetwork }} now @returns {Question | null} */
function question({ loaded: { network: { stages } } }) {
  const found = misfit(stages, LARGER);
  if (!found) return null;
  const { stage, before, shape: [maps, rows, columns] } = found;
  const conv = stages.find(({ kind }) => kind === "Conv2d") ?? stages[0];
  const names = [conv.name, before.name, stage.name];
  return {
    values: { rows: LARGER[1], columns: LARGER[2] },
    options: [
      ...names.map((line) => ({ word: "option.line", values: { line } })),
      { word: "option.none" },
    ],
    right: names.indexOf(stage.name),
    because: {
      word: "because",
      values: {
        ...{ before: before.name, maps, rows, columns, count: maps * rows * columns },
        ...{ layer: stage.name, inputs: stage.in_features ?? 0 },
      },
    },
  };
}

/** @type {Step} */
export const code = {
  name: "code",
  words: "code",
  lights: [], // the exhibit lights the stage of the line that is pointed at
  lacks: (loaded) => !isListed(loaded),
  question,
  mount,
};

/** @param {HTMLElement} place @param {Context<Keys["code"]>} context */
function mount(place, context) {
  const { stages } = context.loaded.network;
  const lines = linesView(context, (name) => {
    chosen = name;
    show();
  });
  const about = aboutView(context);
  let chosen = stages[1].name;
  /** @type {Answer | null} */
  let painted = null;
  place.classList.add("stack");
  place.append(lines.element, about.element);

  function show() {
    const index = stages.findIndex(({ name }) => name === chosen);
    lines.mark(chosen);
    context.light([chosen]);
    if (painted) about.paint(index, painted);
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      painted = answer;
      show();
    },
  };
}

/** @type {Record<string, number>} */
const MOVES = { ArrowUp: -1, ArrowDown: 1 };

/**
 * The class. Of its lines, those that make a stage are pointed at, or chosen by arrow keys.
 *
 * @param {Context<Keys["code"]>} context
 * @param {(stage: string) => void} onPoint
 */
function linesView(context, onPoint) {
  const element = create("section", { className: "listing" });
  const list = create("ol", { role: "listbox", tabIndex: 0, translate: false });
  const foot = create("div", { className: "copying" });
  const copy = create("button", { type: "button", className: "plain" });
  const said = create("span", { className: "note", role: "status" });
  const items = LINES.map(({ text, stage }) => {
    const item = create("li", { role: stage ? "option" : "presentation" });
    if (stage) item.id = `line-${stage}`;
    item.append(...partsOf(text, stage));
    list.append(item);
    return { item, stage };
  });
  const names = LINES.flatMap(({ stage }) => stage ?? []);
  let at = 0; // of the names

  /** @param {Event} event */
  function follow({ target }) {
    const line = target instanceof Element ? target.closest("li") : null;
    const stage = items.find(({ item }) => item === line)?.stage;
    if (stage) onPoint(stage);
  }
  list.addEventListener("pointerdown", follow);
  list.addEventListener("pointerover", follow);
  list.addEventListener("keydown", (event) => {
    const by = MOVES[event.key];
    if (!by) return;
    event.preventDefault();
    onPoint(names[Math.max(0, Math.min(names.length - 1, at + by))]);
  });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(listing.before + listing.shown);
      context.say(said, "copied");
    } catch {
      getSelection()?.selectAllChildren(list); // the clipboard is missing or forbidden
      context.say(said, "copied.not");
    }
  });
  list.lang = "en";
  context.label(list, "lines");
  context.say(copy, "copy");
  context.say(said, "copy.words");
  foot.append(copy, said);
  element.append(list, foot);
  return {
    element,
    /** @param {string} name of the stage whose line is chosen */
    mark(name) {
      at = names.indexOf(name);
      for (const { item, stage } of items) {
        if (stage) item.ariaSelected = `${stage === name}`;
      }
      list.setAttribute("aria-activedescendant", `line-${name}`);
    },
  };
}

/** A line of code, its indentation narrower and its comment apart. */
function partsOf(/** @type {string} */ text, /** @type {string | null} */ stage) {
  const comment = COMMENT.exec(text)?.[0] ?? "";
  const code = text.slice(0, text.length - comment.length);
  const indentation = /^\s*/.exec(code)?.[0] ?? "";
  const name = stage ?? "";
  return [
    create("i", { textContent: indentation }),
    create("b", { textContent: name }),
    code.slice(indentation.length + name.length) || "\n",
    ...(comment ? [create("small", { textContent: comment })] : []),
  ];
}

/**
 * What to watch at a line, by the kind of its stage: what the article warns of, too.
 *
 * @type {Record<string, Keys["code"]>}
 */
const NOTES = {
  Conv2d: "note.conv",
  ReLU: "note.relu",
  MaxPool2d: "note.pool",
  Flatten: "note.flatten",
  Dropout: "note.dropout",
  Linear: "note.linear",
  LogSoftmax: "note.log_softmax",
};

/**
 * The stage of the line: its values on the reader's digit, its shape, its parameters, and what to
 * watch there.
 *
 * @param {Context<Keys["code"]>} context
 */
function aboutView(context) {
  const { loaded: { scales, tensors, network: { stages, classes } } } = context;
  const element = create("section", { className: "about-line" });
  const pictures = create("div", { className: "values" });
  const words = create("div");
  const shapes = create("p", { className: "shapes" });
  const note = create("p", { className: "note" });
  const own = create("p", { className: "note" });
  const firstLinear = stages.findIndex(({ kind }) => kind === "Linear");
  const lastLinear = stages.findLastIndex(({ kind }) => kind === "Linear");
  words.append(shapes, note, own);
  element.append(pictures, words);

  /** @param {Spec} stage */
  const shapeOf = ({ shape }) => shape.map(number).join(" × ");

  /** @param {string} name */
  const parametersOf = (name) =>
    ["weight", "bias"].reduce(
      (n, part) => n + (tensors.get(`${name}.${part}`)?.data.length ?? 0),
      0,
    );

  /** @param {number} index @param {Answer} answer */
  function paintValues(index, { maps }) {
    const { width, height, from } = mosaicOf(stages[index].shape);
    const pixels = new Pixels(width, height);
    const values = maps[index] ?? new Float32Array(sizeOf(stages[index].shape));
    pixels.paint(from.map((at) => values[at] ?? 0), endOf(values, scales[index]));
    pictures.replaceChildren(pixels.canvas);
  }

  /** @param {number} index @returns {Keys["code"]} */
  function wordOf(index) {
    if (index === 1) return "note.first";
    return index === lastLinear ? "note.last" : NOTES[stages[index].kind];
  }

  /** @param {number} index @returns {WordValues} */
  function valuesOf(index) {
    const [stage, before] = [stages[index], stages[index - 1]];
    const source = stages.slice(0, index).findLast(({ shape }) => shape.length === 3) ?? before;
    return {
      ...{ before: before.name, shape: () => shapeOf(before) },
      ...{ source: source.name, product: () => shapeOf(source) },
      inputs: stage.in_channels ?? stage.in_features ?? sizeOf(before.shape),
      rate: () => percent(stage.p ?? 0),
    };
  }

  /** What a ReLU before log-softmax would make of the reader's logits. @param {Answer} answer */
  function sayOwn({ blank, maps }) {
    const logits = blank ? new Float32Array(0) : maps[lastLinear];
    const below = logits.filter((logit) => logit < 0).length;
    if (!below) return;
    own.hidden = false;
    const top = argmax(logits);
    const sure = (/** @type {Float32Array} */ scores) => () =>
      percent(probabilitiesOf(scores)[top]);
    context.say(own, "note.own", {
      ...{ n: below, digit: classes[top] },
      ...{ sure: sure(logits), then: sure(logits.map((logit) => Math.max(0, logit))) },
    });
  }

  return {
    element,
    /** @param {number} index of the stage @param {Answer} answer */
    paint(index, answer) {
      const stage = stages[index];
      const n = parametersOf(stage.name);
      context.say(shapes, n ? "shapes" : "shapes.none", {
        ...{ layer: stage.name, n },
        ...{ from: () => shapeOf(stages[index - 1]), to: () => shapeOf(stage) },
      });
      context.say(note, wordOf(index), valuesOf(index));
      note.classList.toggle("secret", index === firstLinear); // what the question asks for
      paintValues(index, answer);
      own.hidden = true;
      if (stage.kind === "LogSoftmax") sayOwn(answer);
    },
  };
}
