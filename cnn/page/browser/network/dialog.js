// What is opened in the network part: one card at a time, over the stages, never over the pad. The
// page goes on meanwhile: one may draw and see the card change.

/** @import { Part } from "../shared/history.js" */

import { create, find } from "../shared/dom.js";
import { closed, opened } from "../shared/history.js";
import { translate } from "../shared/i18n.js";

const GAP = 8; // px between the card and what it was opened from
const KEEPS_OPEN = ".card, .map, .about, .notices, .pad-part, .answer-part, .masthead-part";

let count = 0; // of titles, for their ids

/**
 * What a card shows.
 *
 * @typedef {object} Content
 * @property {string} name of its class
 * @property {HTMLElement} title
 * @property {HTMLElement[]} body
 * @property {HTMLElement | null} [focus] what gets the focus; without it, the button that closes
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
  /** @type {Float32Array[]} of all stages, from the newest answer */
  #values = [];

  /** @param {HTMLElement} host that the cards lie over */
  constructor(host) {
    this.host = host;
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
    this.#place(element, opener);
    (content.focus ?? find(element, ".close")).focus({ preventScroll: true });
  }

  close() {
    if (!this.#open) return;
    const { element, opener, content, part } = this.#open;
    const hadFocus = element.contains(document.activeElement);
    this.#open = null;
    closed(part);
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

  /** What the card shows has become larger. */
  refit() {
    if (this.#open) this.#place(this.#open.element, this.#open.opener);
  }

  /** @param {Content} content */
  #cardOf({ name, title, body, onkey }) {
    const element = create("div", { className: `card panel ${name}` });
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

  /**
   * Right of what it was opened from, or left of it, or below; within the host, where it is high
   * enough.
   *
   * @param {HTMLElement} element
   * @param {HTMLElement} opener
   */
  #place(element, opener) {
    const host = this.host.getBoundingClientRect();
    const at = opener.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = element;
    const right = at.right - host.left + GAP;
    const left = at.left - host.left - GAP - width;
    const isBeside = right + width <= host.width || left >= 0;
    const x = Math.max(0, right + width <= host.width ? right : left);
    const y = isBeside
      ? at.top - host.top + at.height / 2 - height / 2
      : at.bottom - host.top + GAP;
    const lowest = Math.max(0, host.height - height);
    element.style.left = `${isBeside ? x : Math.max(0, (host.width - width) / 2)}px`;
    element.style.top = `${Math.max(0, Math.min(y, lowest))}px`;
    element.scrollIntoView({ block: "nearest" });
  }
}
