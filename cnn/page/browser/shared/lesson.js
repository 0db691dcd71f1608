// Opens the lesson: its modules are fetched when it is first asked for, by a button or by a link.

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

  store.subscribe("lesson", (step) => {
    page.classList.toggle("learning", step !== null);
    part.hidden = step === null;
    if (step !== null) fetched();
  });
}
