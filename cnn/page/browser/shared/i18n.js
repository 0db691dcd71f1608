// The words of the page in the visitor's language.

import { showText } from "./dom.js";
import { load, save, store } from "./store.js";
import { en } from "./words.en.js";
import { zh } from "./words.zh.js";

// An element with data-i18n="key" shows words[language][key]; data-i18n-label sets aria-label, and
// the title of a button. The values of {name} in a word stay with the element (data-i18n-values, as
// JSON), so that a switch of the language needs nothing but `translate`.

/** @typedef {keyof typeof en} Word a key of the words */
/** @typedef {Record<string, string | number>} WordValues what fills the {name}s of a word */

export const words = { en, zh };

/** @param {string} key @returns {key is Word} */
export const isWord = (key) => Object.hasOwn(en, key);

/**
 * The word, with each {name} filled in.
 *
 * @param {Word} key
 * @param {WordValues} values
 */
export function t(key, values = {}) {
  return words[store.get("language")][key].replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`);
}

/**
 * @param {HTMLElement} element
 * @param {Word | null} key null: no text
 * @param {WordValues} values
 */
export function setText(element, key, values = {}) {
  if (key) element.dataset.i18n = key;
  else delete element.dataset.i18n;
  element.dataset.i18nValues = JSON.stringify(values);
  showText(element, key ? t(key, values) : "");
}

/**
 * @param {HTMLElement} element
 * @param {Word} key
 * @param {WordValues} values
 */
export function setLabel(element, key, values = {}) {
  element.dataset.i18nLabel = key;
  element.dataset.i18nValues = JSON.stringify(values);
  element.ariaLabel = t(key, values);
  if (element instanceof HTMLButtonElement) element.title = element.ariaLabel; // it shows no words
}

/** @param {ParentNode} root */
export function translate(root) {
  /** @type {NodeListOf<HTMLElement>} */
  const elements = root.querySelectorAll("[data-i18n], [data-i18n-label]");
  for (const element of elements) {
    const { i18n, i18nLabel, i18nValues = "{}" } = element.dataset;
    const values = JSON.parse(i18nValues);
    if (i18n && isWord(i18n)) setText(element, i18n, values);
    if (i18nLabel && isWord(i18nLabel)) setLabel(element, i18nLabel, values);
  }
}

export function switchLanguage() {
  const other = store.get("language") === "zh" ? "en" : "zh";
  save("language", other);
  store.set("language", other);
}

const chosen = load("language");
const preferred = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
store.set("language", chosen === "en" || chosen === "zh" ? chosen : preferred);
store.subscribe("language", (language) => {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = t("title");
  translate(document);
});
