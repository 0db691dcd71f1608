// What the browser keeps for the page, where it may: storage can be full, forbidden, or hold what
// another page on the same address left there.

const PREFIX = "draw-a-digit.";

/** @typedef {"localStorage" | "sessionStorage"} Area for good, or until the tab is closed */

/**
 * @param {string} key
 * @param {Area} area
 * @returns {unknown} what was saved, or anything else: check it. null where there is nothing
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
