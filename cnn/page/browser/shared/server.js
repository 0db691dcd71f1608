// The server's functions, as the page calls them. A static host has none of them.

const SITE = new URL("../../", import.meta.url); // where browser/ lies, under any prefix

/** @type {Record<string, string>} a function's name, and where it is */
const ADDRESSES = {
  split_picture: "picture",
  random_mnist: "mnist",
  save_correction: "correction",
};

// Where a page is its reader's own, as services.py has it too.
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * @param {string[]} offers names of the functions that this server has
 * @param {boolean} [anywhere] whether it keeps corrections wherever the page is opened
 * @returns {Record<string, (payload: unknown) => Promise<any>>} the functions
 */
export function connect(offers, anywhere = false) {
  const keeps = (anywhere || LOOPBACK.includes(location.hostname)) && !isFramedByOthers();
  const allowed = offers.filter((name) => name !== "save_correction" || keeps);
  return Object.fromEntries(allowed.map((name) => [name, caller(ADDRESSES[name])]));
}

/**
 * Another site's page could lay ours under its own, and have the reader click what he does not see.
 */
function isFramedByOthers() {
  try {
    return top?.location.origin !== location.origin;
  } catch {
    return true;
  }
}

/**
 * @param {string} address
 * @returns {(payload: unknown) => Promise<any>} the function's answer, or { error }; undefined when
 *   the server was not reached, or has no time just now
 */
function caller(address) {
  return async (payload) => {
    try {
      const response = await fetch(new URL(address, SITE), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(payload),
      });
      return response.status === 503 ? undefined : await response.json();
    } catch (error) {
      console.warn(error);
    }
  };
}
