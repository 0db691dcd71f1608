/**
 * @import { Word } from "../shared/i18n.js"
 * @import { Drawing } from "../shared/store.js"
 * @import { Sheet } from "./sheet.js"
 */

import { isWord } from "../shared/i18n.js";
import { CANVAS, store } from "../shared/store.js";

/**
 * The strokes of one digit as the server takes them.
 *
 * @typedef {object} StrokesPayload
 * @property {number[][]} strokes [x, y, x, y, ...] for each
 * @property {number} canvas the side of the square that they lie in
 */

/** @typedef {{ saved: number | null } | { error: string }} SaveReply */

/**
 * Keeps a correction. label: which digit was meant; null: the one with this key is taken back.
 *
 * @typedef {(payload: StrokesPayload & { label: number | null, key: string }) => Promise<SaveReply | undefined>} Save
 */

/**
 * The digit that a correction is about.
 *
 * @typedef {object} Corrected
 * @property {Drawing} drawing that it is in
 * @property {number} index which of its digits it is
 * @property {StrokesPayload} payload
 */

/**
 * Save the corrections that are asked for, and say what became of them. A label of null takes one
 * back.
 *
 * @param {Save} save the server's function
 * @param {Sheet} sheet with what is corrected
 */
export function saveCorrections(save, sheet) {
  /** @type {WeakMap<Drawing, Map<number, Keeper>>} */
  const keepers = new WeakMap();

  /** @param {Corrected} digit */
  function keeperOf({ drawing, index, payload }) {
    const ofDrawing = keepers.get(drawing) ?? new Map();
    keepers.set(drawing, ofDrawing);
    const keeper = ofDrawing.get(index) ?? new Keeper(save, payload);
    ofDrawing.set(index, keeper);
    return keeper;
  }

  store.subscribe("correction", async (correction) => {
    if (!correction || correction.outcome) return;
    const { label } = correction;
    const digit = followedDigit(sheet);
    if (!digit) return store.set("correction", { label, outcome: "correction.strokes" });
    const outcome = await keeperOf(digit).keep(label);
    // Only if this is still the reader's latest request, about what is still shown.
    if (store.get("correction") === correction) store.set("correction", { label, outcome });
  });
}

/**
 * The digit that is shown in the network.
 *
 * @param {Sheet} sheet
 * @returns {Corrected | null} null when it is a picture
 */
function followedDigit({ drawing }) {
  const { digits, followed: index } = store.get("answer");
  if (drawing.picture || !digits[index]) return null;
  const strokes = digits[index].strokes.map((i) => drawing.strokes[i].points);
  return { drawing, index, payload: { strokes, canvas: CANVAS } };
}

/** Keeps the correction of one digit: one at most, however often and fast it is asked for. */
class Keeper {
  #key = randomKey();
  /** @type {number | null} that is kept */
  #label = null;
  /** @type {Promise<Word>} */
  #busy = Promise.resolve("correction.saved");

  /**
   * @param {Save} save
   * @param {StrokesPayload} payload
   */
  constructor(save, payload) {
    this.save = save;
    this.payload = payload;
  }

  /**
   * @param {number | null} label
   * @returns {Promise<Word>} what became of it
   */
  keep(label) {
    return this.#busy = this.#busy.then(() => this.#keep(label));
  }

  /** @param {number | null} label @returns {Promise<Word>} */
  async #keep(label) {
    if (label !== this.#label) {
      const reply = await this.save({ ...this.payload, label, key: this.#key });
      if (!reply) return "status.failed"; // the server was not reached
      if ("error" in reply) return errorWord(reply.error);
      this.#label = label;
    }
    return label === null ? "correction.taken_back" : "correction.saved";
  }
}

/** 32 hexadecimal digits that nobody can guess. */
const randomKey = () =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(16)),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");

/** @param {string} name @returns {Word} */
function errorWord(name) {
  const word = `error.${name}`;
  return isWord(word) ? word : "error.unknown";
}
