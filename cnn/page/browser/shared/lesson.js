// Opens the lesson: its modules are fetched when it is first asked for, by a button or by a link.

import { stepIn, withStep } from "./address.js";
import { store } from "./store.js";

/**
 * @param {HTMLElement} page
 * @param {HTMLElement} part the lesson's place
 * @param {() => Promise<{ mount: (part: HTMLElement) => Promise<void> }>} load
 */
export function openOnDemand(page, part, load) {
  let isAsked = false;

  async function fetched() {
    if (isAsked) return;
    isAsked = true;
    try {
      const { mount } = await load();
      await mount(part);
    } catch (error) {
      console.error(error);
      isAsked = false;
      store.set("lesson", null);
      store.set("status", "lesson.missing");
    }
  }

  function follow() {
    const step = stepIn(location.hash);
    if (step !== null) store.set("lesson", step);
  }

  follow();
  addEventListener("hashchange", follow);
  store.subscribe("lesson", (step) => {
    page.classList.toggle("learning", step !== null);
    part.hidden = step === null;
    const hash = withStep(location.hash, step);
    if (hash !== location.hash) {
      const { pathname, search } = location;
      history.replaceState(history.state, "", pathname + search + hash);
    }
    if (step !== null) fetched();
  });
}
