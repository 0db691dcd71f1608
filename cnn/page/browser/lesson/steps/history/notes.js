/** @import { Context } from "../../step.js" */
/** @import { Key } from "./words.js" */

import { create } from "../../../shared/dom.js";
import { decimal } from "../../../shared/numbers.js";

const DIGITS = 10;
const DECIMALS = 2; // of a loss
const TARGET_DECIMALS = 3; // of the probability that training asks for

/**
 * What is to be known of the figures, a sentence or two each.
 *
 * @param {Record<string, any>} card of the weights that the run ends with
 * @param {Context<Key>} context
 */
export function notesOf({ label_smoothing: smoothing, temperature }, context) {
  /** @param {Key} word @param {Record<string, string | number>} [values] */
  function note(word, values) {
    const element = create("span");
    context.say(element, word, values);
    return element;
  }
  const notes = [note("note.loss", { guess: decimal(Math.log(DIGITS), DECIMALS) })];
  if (smoothing) {
    const rest = smoothing / DIGITS;
    const target = 1 - smoothing + rest;
    const least = -target * Math.log(target) - (DIGITS - 1) * rest * Math.log(rest);
    notes.push(note("note.smoothing", {
      target: decimal(target, TARGET_DECIMALS),
      least: decimal(least, DECIMALS),
    }));
  }
  if (temperature) notes.push(note("note.temperature", { temperature }));
  return [...notes, note("note.held_out")];
}
