// What a step of the lesson is. The frame (lesson.js) shows each in the same way; no step knows
// another.

/**
 * @import { Answer } from "../shared/answer.js"
 * @import { Said, WordValues } from "../shared/i18n.js"
 * @import { LoadedNetwork } from "../shared/readings.js"
 */

/**
 * What to predict before it is shown. It never stands in the way: a reader may go on without
 * answering.
 *
 * @typedef {object} Question
 * @property {WordValues} [values] fill the word "question"
 * @property {Said[]} options two to four
 * @property {number | null} right which of them is right; null: only what the reader does next will
 *   tell, and then it is asked with it
 * @property {Said} because why, with the reader's own numbers: said after a right and a wrong choice;
 *   what to do, where it is not known yet
 */

/**
 * What a step's question is made from, and what it is painted with.
 *
 * @typedef {{ answer: Answer, loaded: LoadedNetwork }} Now
 */

/**
 * What a step gets from the frame.
 *
 * say: sets an element's text, and again whenever the language changes. label: the same for its
 * aria-label. t: the word as plain text.
 * weights: the URL of the folder weights/, for what is fetched on demand. changed: to be called when
 * what was fetched is here: the question is asked anew, and the exhibit painted. light: lights these
 * stages, by name or kind, in the row above, in place of the step's own. asking: whether the
 * question is still to be answered: what would give the answer away is not shown then. An element of
 * class "secret" hides by itself, from the eye, the keyboard and a screen reader: see card.css.
 *
 * @template {string} [Key=any]
 * @typedef {object} Context
 * @property {LoadedNetwork} loaded
 * @property {(element: HTMLElement, key: Key, values?: WordValues) => void} say
 * @property {(element: HTMLElement, key: Key, values?: WordValues) => void} label
 * @property {(key: Key, values?: WordValues) => string} t
 * @property {URL} weights
 * @property {() => void} changed
 * @property {(stages: string[]) => void} light
 * @property {boolean} asking
 */

/**
 * The exhibit of a step, while it is shown.
 *
 * paint: called right after `mount`, with each answer (may be blank), when language or theme has
 * changed, and when `asking` has: keep what the reader chose, repaint the rest.
 * reveal: called when the question has been answered, right or wrong.
 *
 * @typedef {object} Exhibit
 * @property {(answer: Answer) => void} paint
 * @property {() => void} [reveal]
 * @property {() => void} [destroy] ends timers and listeners outside of the exhibit's own element
 */

/**
 * A step. words: its file in steps/ of each language's words. Every step has title, idea, question,
 * remember and mistake; the idea may have several paragraphs, with an empty line between, and
 * <kernel>so</kernel> a word wears the colour of what it names: see ROLES of i18n.js.
 * lights: names or kinds of the network's stages that it speaks of. lacks: whether the network has
 * nothing to show here; then the step says its word "lacks" instead. facts: fill its words "idea",
 * "remember" and "mistake". question: null when there is nothing to ask, as with a blank pad.
 * trains: it replaces the page's network itself, and outlives that; any other step begins anew.
 * ofReading: the question is about the digit that was
 * read; where no neuron fired none was, and the frame says so instead. mount: builds the exhibit
 * inside `place`.
 *
 * @typedef {{
 *   name: string,
 *   words: string,
 *   lights: string[] | ((loaded: LoadedNetwork) => string[]),
 *   lacks?: (loaded: LoadedNetwork) => boolean,
 *   facts?: (loaded: LoadedNetwork) => WordValues,
 *   question(now: Now): Question | null,
 *   ofReading?: boolean,
 *   trains?: boolean,
 *   mount(place: HTMLElement, context: Context): Exhibit,
 * }} Step
 */

export {};
