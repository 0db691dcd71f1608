// The languages of the page. Each is a folder beside this file, and a line here.

/**
 * The folder's name -> name: what its speakers call it; tag: its code for HTML and for Intl, which
 * writes its numbers and dates.
 *
 * @type {Record<string, { name: string, tag: string }>}
 */
export const LANGUAGES = {
  en: { name: "English", tag: "en" },
  es: { name: "Español", tag: "es" },
  zh: { name: "中文", tag: "zh-CN" },
};
