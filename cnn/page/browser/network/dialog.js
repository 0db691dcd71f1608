// What is opened in the network part: one card at a time, over the stages, never over the pad. The
// page goes on meanwhile: one may draw and see the card change.

/**
 * @import { Part } from "../shared/history.js"
 * @import { Box } from "./place.js"
 */

import { create, find } from "../shared/dom.js";
import { closed, opened } from "../shared/history.js";
import { translate } from "../shared/i18n.js";
import { place, roomOf, settle } from "./place.js";

const NARROW = 700; // px: up to here the page scrolls to make room for a card below its opener
const KEEPS_OPEN = ".card, .map, .about, .notices, .pad-part, .answer-part, .masthead-part";

let count = 0; // of titles, for their ids

/**
 * What a card shows.
 *
 * @typedef {object} Content
 * @property {string} name of its class
 * @property {HTMLElement} title
 * @property {HTMLElement[]} body
 * @property {number} [width] that the body takes at best, in px
 * @property {HTMLElement | null} [focus] what gets the focus; without it, the button that closes
 * @property {() => Box[][]} [clear] what the card is not to hide, as of `place`
 * @property {(values: Float32Array[]) => void} [paint] called with the values of all stages
 * @property {() => void} [describe] called when the language or the theme has changed
 * @property {() => void} [onclose]
 * @property {(key: string) => void} [onkey] called with a key that is pressed on the card
 */

export class Dialogs {
  /** @type {{ element: HTMLElement, opener: HTMLElement, content: Content, part: Part } | null} */
  #open = null;
  /** @type {WeakMap<HTMLElement, Part>} what each opener opens */
  #parts = new WeakMap();
  /** @type {Box | null} where the card that is open may grow */
  #free = null;
  /** @type {Float32Array[]} of all stages, from the newest answer */
  #values = [];

  /** @param {HTMLElement} host that the cards lie over */
  constructor(host) {
    this.host = host;
    this.sizes = new ResizeObserver((changes) => {
      if (changes.some(({ target }) => target === host)) this.#place();
      else this.#settle();
    });
    this.sizes.observe(host);
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
    document.addEventListener("pointerdown", ({ target }) => {
      if (!(target instanceof Element && target.closest(KEEPS_OPEN))) this.close();
    });
  }

  /**
   * Open a card, or close it where it is open already.
   *
   * @param {HTMLElement} opener the button that opens it, which gets the focus back
   * @param {() => Content} make
   */
  toggle(opener, make) {
    const isOpen = this.#open?.opener === opener;
    this.close();
    if (isOpen) return;
    const content = make();
    const element = this.#cardOf(content);
    const part = this.#parts.get(opener) ?? { open() {}, close: () => this.close() };
    part.open = () => this.toggle(opener, make);
    this.#parts.set(opener, part);
    this.#open = { element, opener, content, part };
    opened(part);
    opener.classList.add("shown");
    this.host.append(element);
    content.describe?.();
    if (this.#values.length) content.paint?.(this.#values);
    this.#place();
    this.sizes.observe(element);
    (content.focus ?? find(element, ".close")).focus({ preventScroll: true });
  }

  close() {
    if (!this.#open) return;
    const { element, opener, content, part } = this.#open;
    const hadFocus = element.contains(document.activeElement);
    this.#open = null;
    closed(part);
    this.sizes.unobserve(element);
    opener.classList.remove("shown");
    element.remove();
    content.onclose?.();
    if (hadFocus) opener.focus({ preventScroll: true });
  }

  /** @param {Float32Array[]} values of all stages */
  paint(values) {
    this.#values = values;
    this.#open?.content.paint?.(values);
  }

  /** The language or the theme has changed. */
  describe() {
    this.#open?.content.describe?.();
    this.paint(this.#values);
  }

  /** @param {Content} content */
  #cardOf({ name, title, body, width, onkey }) {
    const element = create("div", { className: `card panel ${name}` });
    if (width) element.style.setProperty("--body", `${width}px`);
    element.role = "dialog";
    const header = create("header");
    const close = create("button", { type: "button", className: "close", textContent: "×" });
    close.dataset.i18nLabel = "map.close";
    close.addEventListener("click", () => this.close());
    element.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
      if (!ctrlKey && !metaKey && !altKey) onkey?.(key.toLowerCase());
    });
    title.id = `card-${count++}`;
    element.setAttribute("aria-labelledby", title.id);
    header.append(title, close);
    element.append(header, ...body);
    translate(element);
    return element;
  }

  /** Beside what it was opened from and what it lights. */
  #place() {
    if (!this.#open) return;
    const { element, opener, content } = this.#open;
    if (this.host.contains(opener)) this.#makeRoom(element, opener);
    const anchor = opener.getBoundingClientRect();
    this.#free = place(element, this.host, anchor, content.clear?.() ?? []);
  }

  /**
   * Scroll the page so that the opener is in sight and, where nothing fits beside it, the card below.
   *
   * @param {HTMLElement} element
   * @param {HTMLElement} opener
   */
  #makeRoom(element, opener) {
    const { left, right, top, bottom } = roomOf(this.host);
    const at = opener.getBoundingClientRect();
    const isNarrow = right - left < NARROW;
    const lacking = isNarrow ? Math.max(0, at.bottom + element.offsetHeight - bottom) : 0;
    scrollBy(0, Math.min(lacking, at.top - top));
  }

  /** What the card shows has become larger or smaller. */
  #settle() {
    if (!this.#open || !this.#free) return;
    const { element, opener } = this.#open;
    settle(element, this.host, opener.getBoundingClientRect(), this.#free);
  }
}
