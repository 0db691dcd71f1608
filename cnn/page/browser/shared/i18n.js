// What the page and the lesson say, in the reader's language: only that one is fetched.

/** @import { Keys } from "../words/words.d.ts" */

import { LANGUAGES } from "../words/languages.js";
import { create, showText } from "./dom.js";
import { formOf, number } from "./numbers.js";
import { load, save, store } from "./store.js";

// An element with data-i18n="key" shows the word of that key; data-i18n-label sets its aria-label,
// and the title of a button. How it was said stays with the element, so that another language needs
// nothing but `translate`.

/** @typedef {Keys["page"]} Word a key of the page's words */

/**
 * A word and what fills its {name}s.
 *
 * @typedef {{ word: string, values?: WordValues }} Said
 */

/**
 * A number is written in the way of the language, a word or a function gives its text in each
 * language again, and a plain text stays as it is.
 *
 * @typedef {Record<string, string | number | Said | (() => string)>} WordValues
 */

/** The roles that a word in the text can have, with its colour: <kernel>the kernel</kernel>. */
export const ROLES = ["in", "kernel", "bias", "out", "b"];

// What no line may break: "28 × 28", also where a role marks a part of it, and "F = 3".
const KEPT = /\d(?:<\/\w+>)? × (?=(?:<\w+>)?−?\d)|\b[A-Z] = (?=\d)/g;

const MARKED = new RegExp(`<(${ROLES.join("|")})>(.*?)</\\1>`, "g");

/**
 * A sentence, or one for each form that a count takes in the language ("one", "other", ...): its
 * {n} says which one is meant; "other" where that form is missing.
 *
 * @typedef {string | Record<string, string>} Sentence
 */

/** @type {Map<string, Record<string, Sentence>>} "es/page": the words of that file */
const fetched = new Map();
/** The files that are in use: a language that is chosen later is fetched with all of them. */
const files = new Set(["page"]);
let folder = "";
let wanted = "en"; // the language that was chosen last, whether or not its words are here

/**
 * Fetch the words of the visitor's language: the one chosen before, or else the browser's. Rejects
 * with a WordsError.
 *
 * @param {URL} url of words/
 */
export async function startWords(url) {
  folder = url.href;
  const chosen = `${load("language")}`;
  const preferred = navigator.language.toLowerCase().split("-")[0];
  wanted = [chosen, preferred].find((code) => Object.hasOwn(LANGUAGES, code)) ?? "en";
  try {
    await fetchAll(wanted);
  } catch (cause) {
    throw new WordsError("the page has no words", { cause });
  }
  store.set("language", wanted);
}

/** No words could be fetched. */
export class WordsError extends Error {}

/**
 * Use another language from now on. If its words cannot be fetched, the page keeps the one that it
 * has, and says so.
 *
 * @param {string} code of LANGUAGES
 */
export async function chooseLanguage(code) {
  wanted = code;
  try {
    await fetchAll(code);
    if (wanted !== code) return; // another was chosen meanwhile
    save("language", code);
    store.set("language", code);
  } catch (error) {
    console.error(error);
    if (wanted !== code) return;
    wanted = store.get("language") ?? code;
    store.set("status", "language.missing");
  }
}

/**
 * Fetch more words, in the current language and, from now on, in each that is chosen.
 *
 * @param {string[]} names of files, without .json
 */
export async function needWords(names) {
  for (const name of names) files.add(name);
  await fetchAll(wanted);
}

/** @param {string} code */
async function fetchAll(code) {
  await Promise.all([...files].map(async (name) => {
    const path = `${code}/${name}`;
    if (fetched.has(path)) return;
    const response = await fetch(`${folder}${path}.json`);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    fetched.set(path, await response.json());
  }));
}

// Before any word is here, this is all that the page can say.
const NO_WORDS = {
  "words.missing": "The page's words could not be loaded. Reload the page; your drawing is safe.",
};

/**
 * The words of these files.
 *
 * @template {string} [Key=string]
 * @typedef {object} Words
 * @property {(key: Key, values?: WordValues) => string} t the word as plain text
 * @property {(key: Key, values?: WordValues) => string} raw the word with its marks
 * @property {(element: HTMLElement, key: Key | null, values?: WordValues) => void} say sets the
 *   element's text, and again whenever the language changes; null: no text
 * @property {(element: HTMLElement, key: Key, values?: WordValues) => void} label the same for its
 *   aria-label
 */

/** @type {WeakMap<Element, { text?: () => void, label?: () => void }>} what says it anew */
const spoken = new WeakMap();

/**
 * @param {HTMLElement} element
 * @param {"text" | "label"} what
 * @param {string} key
 * @param {() => void} say
 */
function speak(element, what, key, say) {
  const name = what === "text" ? "i18n" : "i18nLabel";
  if (element.dataset[name] !== key) element.dataset[name] = key;
  spoken.set(element, { ...spoken.get(element), [what]: say });
  say();
}

/**
 * Do it now, and again whenever the language changes.
 *
 * @param {HTMLElement} element whose text the page sets from then on
 * @param {() => void} show
 */
export const inEachLanguage = (element, show) => speak(element, "text", "", show);

/**
 * Show what the function returns, such as a number, and again whenever the language changes.
 *
 * @param {HTMLElement} element
 * @param {() => string} text
 */
export const write = (element, text) => inEachLanguage(element, () => showText(element, text()));

/**
 * @template {string} Key
 * @param {...string} names of files; a key that several have is the first's
 * @returns {Words<Key>}
 */
export function wordsOf(...names) {
  /** @param {string} key @param {WordValues} [values] @returns {string} */
  function raw(key, values = {}) {
    const word = wordOf(names, key);
    const sentence = typeof word === "string" ? word : word[formOf(Number(values.n))] ?? word.other;
    const filled = sentence.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      if (typeof value === "number") return number(value);
      if (typeof value === "function") return value();
      return typeof value === "object" ? raw(value.word, value.values) : `${value}`;
    });
    return filled.replace(KEPT, (part) => part.replaceAll(" ", "\u00a0"));
  }

  /** @type {Words<Key>} */
  const words = {
    raw,
    t: (key, values) => raw(key, values).replace(MARKED, "$2"),
    say(element, key, values = {}) {
      if (key === null) return write(element, () => "");
      speak(element, "text", key, () => {
        const parts = marked(raw(key, values));
        if (parts.length > 1) element.replaceChildren(...parts);
        else showText(element, `${parts[0]}`);
      });
    },
    label(element, key, values = {}) {
      speak(element, "label", key, () => {
        element.ariaLabel = words.t(key, values);
        if (element instanceof HTMLButtonElement) element.title = element.ariaLabel; // it shows no words
      });
    },
  };
  return words;
}

/** @param {string[]} names @param {string} key @returns {Sentence} */
function wordOf(names, key) {
  const language = store.get("language");
  if (language === null) return /** @type {Record<string, string>} */ (NO_WORDS)[key] ?? "";
  for (const name of names) {
    const word = fetched.get(`${language}/${name}`)?.[key];
    if (word !== undefined) return word;
  }
  throw new RangeError(`there is no word "${key}"`);
}

/**
 * Text with its marked words as spans of their role's colour.
 *
 * @param {string} text
 */
export function marked(text) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(MARKED)) {
    nodes.push(text.slice(from, found.index));
    const [whole, role, words] = found;
    nodes.push(create("span", { className: `named ${role}`, textContent: words }));
    from = found.index + whole.length;
  }
  return [...nodes, text.slice(from)];
}

/** @type {Words<Word>} the page's */
const page = wordsOf("page");
export const t = page.t;
export const setText = page.say;
export const setLabel = page.label;

/** @param {string} key @returns {key is Word} */
export const isWord = (key) => fetched.get(`${store.get("language")}/page`)?.[key] !== undefined;

/**
 * Say everything inside `root` again.
 *
 * @param {ParentNode} root
 */
export function translate(root) {
  if (store.get("language") === null) return; // the text in the HTML is better than nothing
  /** @type {NodeListOf<HTMLElement>} */
  const elements = root.querySelectorAll("[data-i18n], [data-i18n-label]");
  for (const element of elements) {
    const { text, label } = spoken.get(element) ?? {};
    const { i18n, i18nLabel } = /** @type {Record<string, Word>} */ (element.dataset);
    // What the HTML has and nothing has set yet takes its text from the page's words.
    if (text) text();
    else if (i18n) page.say(element, i18n);
    if (label) label();
    else if (i18nLabel) page.label(element, i18nLabel);
  }
}

store.subscribe("language", (language) => {
  if (language === null) return;
  document.documentElement.lang = LANGUAGES[language].tag;
  document.title = t("title");
  translate(document);
});
