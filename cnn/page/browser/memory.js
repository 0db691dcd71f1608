// What the browser remembers for the page, where it may: storage can be full, forbidden, or hold what
// another page on the same address left there.

const PREFIX = "draw-a-digit.";

export function remembered(key, storage = "localStorage") {
  try {
    return JSON.parse(window[storage].getItem(PREFIX + key));
  } catch {
    return null;
  }
}

export function remember(key, value, storage = "localStorage") {
  try {
    window[storage].setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Then the page goes without: nothing that it shows depends on it.
  }
}
