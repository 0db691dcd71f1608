// Opens the lesson and the bench: their modules are fetched when they are first asked for.

import { store } from "./store.js";

const CLOSED = { lesson: null, training: false }; // what the store says then
const LOOKS = { lesson: "learning", training: "training" }; // the page's class while it is open

/** @type {Map<string, () => Promise<any>>} */
const loaders = new Map();

/**
 * Open what the store names, and close it.
 *
 * @param {HTMLElement} page
 * @param {HTMLElement} part its place
 * @param {"lesson" | "training"} name
 * @param {() => Promise<{ mount: (part: HTMLElement) => Promise<unknown> }>} load
 */
export function openOnDemand(page, part, name, load) {
  /** @type {Promise<unknown> | null} */
  let made = null;

  /** What `mount` gives, called once; where it fails, the next call tries again. */
  async function need() {
    made ??= load().then(({ mount }) => mount(part));
    try {
      return await made;
    } catch (error) {
      made = null;
      throw error;
    }
  }

  loaders.set(name, need);
  store.subscribe(name, async (value) => {
    const isOpen = value !== CLOSED[name];
    page.classList.toggle(LOOKS[name], isOpen);
    part.hidden = !isOpen;
    if (!isOpen) return;
    try {
      await need();
    } catch (error) {
      console.error(error);
      store.set(name, CLOSED[name]);
      store.set("status", `${name}.missing`);
    }
  });
}

/**
 * The bench's session, fetched if need be, while the bench stays closed.
 *
 * @returns {Promise<any>} a Session of train/session.js; rejected where it could not be loaded
 */
export const needBench = () => /** @type {() => Promise<any>} */ (loaders.get("training"))();
