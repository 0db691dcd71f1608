// The server's functions, as the page calls them. A static host has none of them.

const SITE = new URL("../../", import.meta.url); // where browser/ lies, under any prefix

/**
 * @param {Record<string, string>} offers this server's functions: name -> address
 * @param {string[] | null} keepsAt the hosts at which it keeps corrections; null: wherever the page
 *   is opened
 * @returns {Record<string, (payload: unknown) => Promise<any>>} the functions
 */
export function connect(offers, keepsAt) {
  const host = location.hostname.replace(/^\[|\]$/g, ""); // [::1] -> ::1
  const keeps = (!keepsAt || keepsAt.includes(host)) && !isFramedByOthers();
  const allowed = Object.entries(offers).filter(([name]) => name !== "save_correction" || keeps);
  return Object.fromEntries(allowed.map(([name, address]) => [name, caller(address)]));
}

/**
 * Whether another site's page shows ours in a frame: it could hide ours under its own and have
 * readers click what they cannot see.
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
 *   the server could not be reached, or is too busy
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
