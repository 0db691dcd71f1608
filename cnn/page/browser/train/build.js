// The panel in which a network is built and its training set: controls, ready-made plans, and what
// the network becomes as they change.

/**
 * @import { Spec } from "../engine/layers/layer.js"
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 * @import { Convolution, Plan } from "./plan.js"
 */

import { choice, inputOf, slider, toggle } from "../shared/controls.js";
import { openDialog } from "../shared/dialog.js";
import { create } from "../shared/dom.js";
import { needWords, wordsOf } from "../shared/i18n.js";
import { number } from "../shared/numbers.js";
import {
  architectureOf,
  BOUNDS,
  countsOf,
  DEFAULT,
  PlanError,
  PRESETS,
  SECOND,
  unreadOf,
} from "./plan.js";
import { openScript } from "./script-box.js";
import { stageRow } from "./stages.js";

/** @type {Words<Keys["train/build"]>} */
const words = wordsOf("train/build");
const { say, label } = words;
const context = { say };

const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const BATCHES = [8, 16, 32, 64, 128];
const DIGITS = [100, 300, 1000, 2000, 5000];
const DROPOUT_STEP = 0.01;

/**
 * Open the panel.
 *
 * @param {HTMLElement} button that opens it, which gets the focus back
 * @param {object} options
 * @param {Plan} options.plan what it shows at first
 * @param {(plan: Plan) => void} options.onBuild called with a plan that makes a network, when the
 *   reader wants it trained
 */
export async function openBuild(button, { plan, onBuild }) {
  await needWords(["train/build"]);
  const title = create("h2");
  const body = create("div", { className: "body" });
  const form = formOf(plan, change);
  const presets = presetsOf((name) => {
    form.fill(PRESETS[name]);
    change();
  });
  const row = stageRow(words);
  const total = create("p", { className: "total" });
  const remarks = create("p", { className: "remarks" });
  const train = create("button", { type: "button", className: "go" });
  const script = create("button", { type: "button" });
  const close = create("button", { type: "button", textContent: "×" });
  const foot = create("footer");
  total.role = "status";
  say(title, "title");
  say(train, "train");
  say(script, "script");
  label(close, "close");
  train.addEventListener("click", () => {
    close.click();
    onBuild(form.plan);
  });
  script.addEventListener("click", () => openScript(script, form.plan));
  foot.append(total, script, train);
  body.append(presets.element, row.element, remarks, form.element, foot);

  function change() {
    presets.mark(form.plan);
    const { architecture, error } = attempt(form.plan);
    row.element.classList.toggle("stale", error !== null);
    total.classList.toggle("wrong", error !== null);
    train.disabled = script.disabled = error !== null;
    remarks.replaceChildren();
    if (error) return say(total, error.word, error.values);
    const { parameters, multiplications } = countsOf(architecture);
    row.paint(architecture);
    form.tell(architecture);
    say(total, "total", { parameters, multiplications });
    remarks.append(
      ...unreadOf(architecture).map((unread) => {
        const line = create("span");
        say(line, "unread", unread);
        return line;
      }),
    );
  }

  openDialog({
    ...{ name: "part build", title, body, close },
    begin() {
      change();
      presets.element.querySelector("input")?.focus();
    },
    end: () => button.focus(),
  });
}

/**
 * @param {Plan} plan
 * @returns {{ architecture: Spec[], error: PlanError | null }}
 */
function attempt(plan) {
  try {
    return { architecture: architectureOf(plan), error: null };
  } catch (error) {
    if (error instanceof PlanError) return { architecture: [], error };
    throw error;
  }
}

// The ready-made plans: what each is called, and what to look for.

/** @typedef {keyof typeof PRESETS} Preset */

/** @param {(name: Preset) => void} onChoose */
function presetsOf(onChoose) {
  const element = create("fieldset", { className: "presets" });
  const legend = create("legend");
  const list = create("div");
  say(legend, "presets");
  const inputs = /** @type {Preset[]} */ (Object.keys(PRESETS)).map((name) => {
    const owner = create("label");
    const input = inputOf("radio", { name: "preset", value: name });
    const [title, about] = [create("b"), create("small")];
    say(title, `preset.${name}`);
    say(about, `preset.${name}.look`);
    input.addEventListener("change", () => onChoose(name));
    owner.append(input, title, about);
    list.append(owner);
    return { name, input };
  });
  element.append(legend, list);
  return {
    element,
    /** Check the one that is this plan, or none. @param {Plan} plan */
    mark(plan) {
      for (const { name, input } of inputs) {
        input.checked = textOf(PRESETS[name]) === textOf(plan);
      }
    },
  };
}

/** The same text for the same plan, in whichever order it was written. @param {Plan} plan */
const textOf = (plan) => JSON.stringify({ ...DEFAULT, ...plan });

// The controls.

/**
 * @param {Plan} given
 * @param {() => void} onChange
 */
function formOf(given, onChange) {
  let base = given; // what no control shows is this one's
  const element = create("div", { className: "form" });
  const planned = [...Object.values(PRESETS), given].map(({ rate }) => rate);
  const rates = [...new Set([...RATES, ...planned])].sort((a, b) => a - b);

  /**
   * @template {string | number} Value
   * @param {string} field
   * @param {Value[]} values
   * @param {(value: Value) => { word: string, values?: Record<string, Value> }} [named]
   */
  const choose = (field, values, named = (value) => ({ word: `${field}.${value}` })) =>
    choice({
      context,
      word: `field.${field}`,
      options: values.map((value) => ({ value, ...named(value) })),
      value: values[0],
      onChange: change,
    });
  /** @param {number} n */
  const counted = (n) => ({ word: "number", values: { n } });
  /** @param {keyof typeof BOUNDS} field @param {number} [step] */
  const slide = (field, step = 1) => {
    const [min, max] = BOUNDS[field];
    const word = `field.${field}`;
    return slider({ context, word, min, max, step, value: min, onChange: change });
  };
  /** @param {"average" | "jitter" | "synthetic" | "own"} field */
  const turn = (field) =>
    toggle({ context, word: `field.${field}`, value: false, onChange: change });

  const network = choose("network", /** @type {Plan["network"][]} */ (["cnn", "mlp"]));
  const depth = choose("convolutions", [1, 2], counted);
  const convolutions = [1, 2].map((n) => convolutionOf(n, slide));
  const pooling = choose(
    "pooling",
    /** @type {Plan["pooling"][]} */ (["max", "average", "none"]),
  );
  const activation = choose("activation", /** @type {Plan["activation"][]} */ (["relu", "none"]));
  const hidden = slide("hidden");
  const dropout = slide("dropout", DROPOUT_STEP);
  const optimizer = choose(
    "optimizer",
    /** @type {Plan["optimizer"][]} */ (["sgd", "adam", "muon"]),
  );
  const rate = slider({
    context,
    word: "field.rate",
    ...{ min: 0, max: rates.length - 1, value: 0 },
    show: (index) => number(rates[index]),
    onChange: change,
  });
  const batch = choose("batch", BATCHES, counted);
  const digits = choose("digits", DIGITS, counted);
  const [average, jitter, synthetic, own] = /** @type {const} */ ([
    ...["average", "jitter", "synthetic", "own"],
  ]).map(turn);

  const ofKernels = group("group.kernels", ...convolutions);
  element.append(
    group("group.network", network, depth, pooling, activation, hidden, dropout),
    ofKernels,
    group("group.training", optimizer, rate, batch, average),
    group("group.digits", digits, jitter, synthetic, own),
  );
  fill(given);

  /** @returns {Plan} */
  function plan() {
    const isMlp = network.value === "mlp";
    const used = isMlp ? [] : convolutions.slice(0, depth.value ?? 1);
    return {
      ...base,
      network: network.value ?? base.network,
      convolutions: used.map((each) => each.value),
      pooling: pooling.value ?? base.pooling,
      activation: activation.value ?? base.activation,
      hidden: hidden.value,
      dropout: dropout.value,
      optimizer: optimizer.value ?? base.optimizer,
      rate: rates[rate.value],
      batch: batch.value ?? base.batch,
      digits: digits.value ?? base.digits,
      average: average.value,
      jitter: jitter.value,
      synthetic: synthetic.value,
      own: own.value,
    };
  }

  /** @param {Plan} to */
  function fill(to) {
    base = to;
    network.set(to.network);
    const made = to.convolutions.length ? to.convolutions : DEFAULT.convolutions;
    depth.set(made.length);
    convolutions.forEach((each, i) => each.set(made[i] ?? SECOND));
    pooling.set(to.pooling);
    activation.set(to.activation);
    hidden.set(to.hidden);
    dropout.set(to.dropout);
    optimizer.set(to.optimizer);
    rate.set(rates.indexOf(to.rate));
    batch.set(to.batch);
    digits.set(to.digits);
    average.set(to.average);
    jitter.set(to.jitter);
    synthetic.set(to.synthetic);
    own.set(to.own);
    hideWhatIsUnused();
  }

  function change() {
    hideWhatIsUnused();
    onChange();
  }

  function hideWhatIsUnused() {
    const isMlp = network.value === "mlp";
    for (const each of [depth.element, pooling.element, ofKernels]) each.hidden = isMlp;
    convolutions.forEach((each, i) => each.element.hidden = i >= (depth.value ?? 1));
  }

  return {
    element,
    fill,
    /** How large the maps become. @param {Spec[]} architecture */
    tell(architecture) {
      const isConvolution = (/** @type {Spec} */ { kind }) => kind === "Conv2d";
      architecture.filter(isConvolution).forEach((spec, i) => {
        convolutions[i].tell(spec, architecture[architecture.indexOf(spec) - 1]);
      });
    },
    get plan() {
      return plan();
    },
  };
}

/**
 * @param {Keys["train/build"]} word
 * @param {{ element: HTMLElement }[]} controls
 */
function group(word, ...controls) {
  const element = create("fieldset");
  const legend = create("legend");
  say(legend, word);
  element.append(legend, ...controls.map((control) => control.element));
  return element;
}

const SIZES = /** @type {const} */ (["kernels", "size", "stride", "padding"]);

/**
 * The controls of a convolution.
 *
 * @param {number} n which one, from 1
 * @param {(field: typeof SIZES[number]) => ReturnType<typeof slider>} slide
 */
function convolutionOf(n, slide) {
  const element = create("fieldset", { className: "convolution" });
  const legend = create("legend", { textContent: `conv${n}` });
  const sliders = SIZES.map((field) => ({ field, control: slide(field) }));
  const formula = create("p", { className: "formula" });
  element.append(legend, ...sliders.map(({ control }) => control.element), formula);
  return {
    element,
    /** How large its maps are. @param {Spec} spec @param {Spec} before */
    tell({ kernel_size = [], stride = [], padding = [], shape }, before) {
      const [side, [size], [step], [frame]] = [before.shape[1], kernel_size, stride, padding];
      say(formula, "formula", { side, size, padding: frame, stride: step, out: shape[1] });
    },
    /** @returns {Convolution} */
    get value() {
      const [kernels, size, stride, padding] = sliders.map(({ control }) => control.value);
      return { kernels, size, stride, padding };
    },
    /** @param {Convolution} to */
    set(to) {
      for (const { field, control } of sliders) control.set(to[field]);
    },
  };
}
