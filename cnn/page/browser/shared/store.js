// The state of the page. Parts never call each other: they set and watch what is here.

/**
 * @import { Muted } from "../engine/network.js"
 * @import { Answer } from "./answer.js"
 * @import { Word } from "./i18n.js"
 * @import { LoadedNetwork } from "./readings.js"
 */

import constants from "../engine/constants.json" with { type: "json" };
import { BLANK } from "./answer.js";

// What can be on the pad. A drawing is never changed, only replaced: undo goes back to the one
// before.

/**
 * @typedef {object} Stroke
 * @property {number[]} points x, y, x, y, ... in [0, CANVAS]
 * @property {number} width of the ink
 */

/**
 * @typedef {object} Drawing
 * @property {Stroke[]} strokes
 * @property {string | null} picture a data URL
 */

export const CANVAS = constants.canvas.CANVAS; // the pad's side in the units of a stroke's points, whatever its size
export const MAX_POINTS = 4000; // of a stroke; a digit has about a hundred
export const MAX_PICTURE = constants.picture.MAX_URL; // characters of a data URL

const MAX_STROKES = 5 * constants.canvas.MAX_STROKES; // restored: five times what the server takes
const WIDEST = CANVAS; // ink

/** @type {Drawing} */
export const NOTHING = Object.freeze({ strokes: [], picture: null });

/** @param {Drawing} drawing */
export const isEmpty = ({ strokes, picture }) => !strokes.length && !picture;

/**
 * Whether this is a drawing that the pad could have made: another page of the same origin may have
 * put anything into the storage that it comes from.
 *
 * @param {any} value
 * @returns {value is Drawing}
 */
export function isDrawing(value) {
  const { strokes, picture } = value ?? {};
  return Array.isArray(strokes) && strokes.length <= MAX_STROKES && strokes.every(isStroke) &&
    (picture === null || isPicture(picture));
}

/** @param {any} value */
function isStroke(value) {
  const { points, width } = value ?? {};
  return isWithin(width, WIDEST) && Array.isArray(points) &&
    points.length >= 2 && points.length % 2 === 0 && points.length <= 2 * MAX_POINTS &&
    points.every((at) => isWithin(at, CANVAS));
}

/** @param {unknown} value @param {number} most */
const isWithin = (value, most) => typeof value === "number" && value >= 0 && value <= most;

/** @param {unknown} value */
const isPicture = (value) =>
  typeof value === "string" && value.startsWith("data:image/") && value.length <= MAX_PICTURE;

// What the browser keeps for the page, if it can: storage can be full, forbidden, or hold what
// another page of the same origin left there.

const PREFIX = "draw-a-digit.";

/** @typedef {"localStorage" | "sessionStorage"} Area for good, or until the tab is closed */

/**
 * @param {string} key
 * @param {Area} area
 * @returns {unknown} what was saved, or something else entirely: check it; null: nothing is there
 */
export function load(key, area = "localStorage") {
  try {
    return JSON.parse(globalThis[area].getItem(PREFIX + key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 * @param {Area} area
 */
export function save(key, value, area = "localStorage") {
  try {
    globalThis[area].setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Then the page goes without: nothing that it shows depends on it.
  }
}

/**
 * A correction that was asked for.
 *
 * @typedef {object} Correction
 * @property {number | null} label which digit was meant; null: what was kept is taken back
 * @property {Word | null} outcome what became of it; null while it is being saved
 */

/**
 * One value of the network. stage: index in network.stages; index: among all values of the stage.
 *
 * @typedef {{ stage: number, index: number }} Cell
 */

/**
 * What is highlighted in the digit that the network sees, 28 x 28.
 *
 * @typedef {object} Lit
 * @property {{ top: number, left: number, bottom: number, right: number } | null} field a receptive
 *   field, in pixels; bottom and right are the first that do not belong to it
 * @property {{ index: number, share: number }[]} ink pixels, the strongest first; shares sum to 1
 */

/**
 * What the host of the page can do besides sending files.
 *
 * @typedef {object} Offers
 * @property {boolean} pictures read a picture
 * @property {boolean} mnist send a random MNIST digit
 * @property {boolean} corrections keep a correction
 */

/**
 * @typedef {object} State
 * @property {LoadedNetwork | null} network null until its weights are here
 * @property {number} weights goes up whenever the numbers in the network's tensors change
 * @property {Offers} offers
 * @property {Drawing} drawing what is on the pad
 * @property {Answer} answer what the page shows
 * @property {number | null} follow which digit of a number, counted from 0, the reader chose to see
 *   in the network; null: none, so the network shows the one drawn last
 * @property {Word | null} status a message to the reader, mostly about what went wrong, or null
 * @property {Correction | null} correction
 * @property {string | null} lesson the step that is open; null: the lesson is closed
 * @property {boolean} training whether the bench is open, on which a network is trained
 * @property {string | null} opened a picture, a data URL, that another part gives the pad to show
 * @property {Lit | null} lit what is highlighted on the pad; null: nothing is pointed at
 * @property {{ what: "trace" | "why" } | null} asked what the reader asked the network to show
 * @property {Muted} muted what of the network is switched off
 * @property {string | null} language of LANGUAGES; null until its words are here
 * @property {"light" | "dark"} theme
 */

/**
 * Named values that can be watched.
 *
 * @template {object} Values
 */
class Store {
  /** @type {Values} */
  #values;

  /** @type {Map<keyof Values, ((value: any) => void)[]>} */
  #listeners = new Map();

  /** @param {Values} values the names, and what each holds at first */
  constructor(values) {
    this.#values = { ...values };
  }

  /**
   * @template {keyof Values} Name
   * @param {Name} name
   */
  get(name) {
    return this.#values[name];
  }

  /**
   * All listeners have run when this returns: what the store says and what the page shows agree.
   *
   * @template {keyof Values} Name
   * @param {Name} name
   * @param {Values[Name]} value
   */
  set(name, value) {
    if (Object.is(value, this.#values[name])) return;
    this.#values[name] = value;
    for (const listener of this.#listeners.get(name) ?? []) listener(value);
  }

  /**
   * Call `listener` with the value, now and whenever it changes: a part that is loaded late misses
   * nothing.
   *
   * @template {keyof Values} Name
   * @param {Name} name
   * @param {(value: Values[Name]) => void} listener
   */
  subscribe(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    listener(this.#values[name]);
  }
}

/** @type {State} */
const atFirst = {
  network: null,
  weights: 0,
  offers: { pictures: false, mnist: false, corrections: false },
  drawing: NOTHING,
  answer: BLANK,
  follow: null,
  status: null,
  correction: null,
  lesson: null,
  training: false,
  opened: null,
  lit: null,
  asked: null,
  muted: new Map(),
  language: null,
  theme: "light", // colors.js sets the visitor's own as it loads
};

export const store = new Store(atFirst);
