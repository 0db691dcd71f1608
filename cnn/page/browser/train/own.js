// The reader's own digits: drawings with what they are, from which a network in training learns,
// too. They stay in this browser.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 */

import { PIXELS } from "../engine/strokes.js";
import { create, find } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { CLASSES } from "./card.js";
import { sha256 } from "./sha256.js";
import { Shelf } from "./shelf.js";

const MAX_OWN = 1000; // digits: 0.8 MB
const AREA = PIXELS * PIXELS;
const INK = 255;

const shelf = new Shelf("own", MAX_OWN);
/** @type {Map<string, number>} the label of each digit that is kept, by its key */
let labels = new Map();
/** @type {(() => void)[]} called when they have changed */
const listeners = [];

const ready = renew();

async function renew() {
  const kept = await checked();
  labels = new Map(kept.map(({ key, label }) => [key, label]));
  for (const listener of listeners) listener();
}

/** @returns {Promise<{ key: string, digit: Uint8Array, label: number }[]>} digit: 784, ink 255 */
async function checked() {
  return (await shelf.all()).flatMap(({ key, value }) => {
    const { digit, label } = /** @type {any} */ (value) ?? {};
    const isDigit = digit instanceof Uint8Array && digit.length === AREA &&
      Number.isInteger(label) && label in CLASSES;
    return isDigit ? [{ key, digit, label }] : [];
  });
}

/** @param {Float32Array} seen 784 values, ink 1, paper 0 */
const bytesOf = (seen) => Uint8Array.from(seen, (ink) => Math.round(INK * ink));

/** The same drawing has the same key. @param {Float32Array} seen */
const keyOf = (seen) => sha256(bytesOf(seen));

/**
 * Keep a drawing; one that is kept gets this label.
 *
 * @param {Float32Array} seen 784 values, ink 1, paper 0
 * @param {number} label 0 to 9
 */
export async function add(seen, label) {
  await shelf.put(keyOf(seen), { digit: bytesOf(seen), label });
  await renew();
}

/** @param {Float32Array} seen what is kept no longer */
async function remove(seen) {
  await shelf.remove(keyOf(seen));
  await renew();
}

/** Forget all of them. */
async function clear() {
  await shelf.clear();
  await renew();
}

/** How many there are. */
export const count = () => labels.size;

/**
 * All of them, the oldest first.
 *
 * @returns {Promise<{ digits: Uint8Array, labels: Uint8Array }>} (count, 784), ink 255; (count)
 */
export async function ownDigits() {
  const kept = await checked();
  const digits = new Uint8Array(AREA * kept.length);
  kept.forEach(({ digit }, n) => digits.set(digit, AREA * n));
  return { digits, labels: Uint8Array.from(kept, ({ label }) => label) };
}

// A correction says what a drawing is, whether or not a server keeps it, too.
store.subscribe("correction", (correction) => {
  const { seen, classes, blank } = store.get("answer");
  if (!correction || correction.outcome || blank) return;
  if (correction.label === null) remove(seen);
  else if (CLASSES.includes(classes[correction.label])) {
    add(seen, CLASSES.indexOf(classes[correction.label]));
  }
});

/** @type {Words<Keys["train/keep"]>} */
const { say, label: name } = wordsOf("train/keep");

/**
 * Where the reader says which digit is on the pad.
 *
 * @returns {{ element: HTMLElement, paint: () => void }} paint: for another answer
 */
export function ownOf() {
  const element = create("details", { className: "own" });
  element.innerHTML = `
    <summary></summary>
    <p class="explained"></p>
    <div class="labels" role="group"></div>
    <p class="count" role="status"></p>
    <button type="button" class="forget"></button>`;
  say(find(element, "summary"), "own.title");
  say(find(element, ".explained"), "own.about");
  const group = find(element, ".labels");
  name(group, "own.group");
  const forget = find(element, ".forget", HTMLButtonElement);
  let isSure = false; // whether the next tap forgets them

  const buttons = CLASSES.map((digit, label) => {
    const button = create("button", { type: "button", textContent: digit });
    button.addEventListener("click", () => {
      const { seen } = store.get("answer");
      if (labels.get(keyOf(seen)) === label) remove(seen); // a second tap takes it back
      else add(seen, label);
    });
    return button;
  });
  group.append(...buttons);

  function paint() {
    const { blank, drawing, seen } = store.get("answer");
    if (drawing) return; // it is not finished
    const label = blank ? undefined : labels.get(keyOf(seen));
    buttons.forEach((button, digit) => {
      button.disabled = blank;
      button.ariaPressed = `${digit === label}`;
    });
  }

  function paintAll() {
    isSure = false;
    const n = count();
    say(find(element, ".count"), n ? shelf.isKept ? "own.count" : "own.unkept" : "own.none", { n });
    say(forget, "own.forget");
    forget.hidden = n === 0;
    paint();
  }

  forget.addEventListener("click", () => {
    if (isSure) clear();
    else say(forget, "own.forget.sure", { n: count() });
    isSure = !isSure;
  });
  forget.addEventListener("blur", () => isSure && paintAll());
  listeners.push(paintAll);
  ready.then(paintAll);
  paintAll();
  return { element, paint };
}
