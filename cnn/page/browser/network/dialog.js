// What is opened in the network part: one card at a time, over the stages, never over the pad. The
// page stays live meanwhile: the reader may draw and see the card change.

/** @import { Part } from "../shared/address.js" */

import { closed, opened } from "../shared/address.js";
import { create, find } from "../shared/dom.js";
import { translate } from "../shared/i18n.js";

const NARROW = 700; // px: up to here the page scrolls to make room for a card below its opener
const KEEPS_OPEN =
  ".card, .map, .about, .notices, .pad-part, .answer-part, .masthead-part, .train-part";

let count = 0; // of titles, for their ids

/**
 * What a card shows.
 *
 * @typedef {object} Content
 * @property {string} name of its class
 * @property {HTMLElement} title
 * @property {HTMLElement[]} body
 * @property {number} [width] the width in px that suits the body best
 * @property {HTMLElement | null} [focus] what gets the focus; without it, the button that closes
 * @property {() => Box[][]} [clear] what the card must not hide, as `place` takes it
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
   * Open a card, or close it if it is open already.
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

  /** Put the card beside its opener and beside what it highlights. */
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

// Where a card, or a sum beside the pointer, goes: near its subject, and over nothing that it
// lights.

/**
 * A rectangle in px of the window.
 *
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 */

const GAP = 8; // px around what is kept clear
const LEAST = { width: 210, height: 160 }; // px: nothing larger is squeezed into less than this
const KEPT_LESS = 60; // px of penalty for a place that keeps less clear
const HIDES = 2000; // px of penalty for a place that hides something that matters
const CUT = 1800; // px of penalty for a place in which all is cut off, to be scrolled

/**
 * Move an element to where it hides the least. If no place is high enough for it, it is made as low
 * as its place, and scrolls.
 *
 * @param {HTMLElement} element absolutely positioned in its host
 * @param {HTMLElement} host
 * @param {Box} anchor what it speaks of
 * @param {Box[][]} clear what it must not hide: first all of that, then only what matters more
 * @returns {Box} the place, into which it may grow
 */
export function place(element, host, anchor, clear) {
  const room = roomOf(host);
  element.style.maxHeight = "none";
  /** @type {Map<number, number>} */
  const heights = new Map();
  /** How high it is. @param {number} width at most */
  function heightAt(width) {
    if (!heights.has(width)) {
      element.style.maxWidth = `${width}px`;
      heights.set(width, element.offsetHeight);
    }
    return heights.get(width) ?? 0;
  }
  const whole = { height: heightAt(room.right - room.left), width: element.offsetWidth };
  const least = {
    width: Math.min(LEAST.width, whole.width),
    height: Math.min(LEAST.height, whole.height),
  };
  let [best, lowest] = [room, Infinity];
  [...clear, []].forEach((taken, i) => {
    for (const free of freeBoxes(room, taken, least)) {
      const width = Math.min(whole.width, free.right - free.left);
      const height = heightAt(width);
      const cut = Math.max(0, height - (free.bottom - free.top));
      const far = distance(settled(free, anchor, { width, height }), anchor);
      const hides = i < clear.length ? i * KEPT_LESS : HIDES;
      const cost = CUT * cut / height + (whole.width - width) / 4 + far + hides;
      if (cost < lowest) [best, lowest] = [free, cost];
    }
  });
  element.style.maxWidth = `${Math.min(whole.width, best.right - best.left)}px`;
  element.style.maxHeight = `${best.bottom - best.top}px`;
  settle(element, host, anchor, best);
  return best;
}

/**
 * Put an element as near to its anchor as its place lets it be.
 *
 * @param {HTMLElement} element
 * @param {HTMLElement} host
 * @param {Box} anchor
 * @param {Box} free
 */
function settle(element, host, anchor, free) {
  const from = host.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const { left, top } = settled(free, anchor, { width, height });
  element.style.left = `${left - from.left}px`;
  element.style.top = `${top - from.top}px`;
}

/**
 * The part of the screen that is the host's and not covered by the parts that stay above it.
 *
 * @param {HTMLElement} host
 * @returns {Box}
 */
function roomOf(host) {
  const { left, top, right } = host.getBoundingClientRect();
  const above = [...document.querySelectorAll(".pad-part, .answer-part")]
    .map((part) => part.getBoundingClientRect())
    .filter((part) => part.left < right && part.right > left)
    .map((part) => part.bottom + GAP);
  return { left, right, top: Math.max(top, GAP, ...above), bottom: innerHeight - GAP };
}

/**
 * The free places in a room that no box overlaps, each as large as it can be.
 *
 * @param {Box} room
 * @param {Box[]} boxes
 * @param {{ width: number, height: number }} least
 */
function freeBoxes(room, boxes, least) {
  const taken = boxes.map(({ left, top, right, bottom }) => {
    return { left: left - GAP, top: top - GAP, right: right + GAP, bottom: bottom + GAP };
  });
  const lefts = new Set([room.left, ...taken.map(({ right }) => right)]);
  const rights = new Set([room.right, ...taken.map(({ left }) => left)]);
  /** @type {Box[]} */
  const free = [];
  for (const left of lefts) {
    for (const right of rights) {
      if (left < room.left || right > room.right || right - left < least.width) continue;
      const between = taken.filter((box) => box.left < right && box.right > left)
        .sort((a, b) => a.top - b.top);
      let top = room.top;
      for (const box of [...between, { top: room.bottom, bottom: room.bottom }]) {
        const bottom = Math.min(box.top, room.bottom);
        if (bottom - top >= least.height) free.push({ left, top, right, bottom });
        top = Math.max(top, box.bottom);
      }
    }
  }
  return free.filter((box) => !free.some((other) => other !== box && holds(other, box)));
}

/** @param {Box} outer @param {Box} inner */
const holds = (outer, inner) =>
  outer.left <= inner.left && outer.right >= inner.right && outer.top <= inner.top &&
  outer.bottom >= inner.bottom;

/**
 * Where something of this size goes in its place: as near to the anchor's middle as it can.
 *
 * @param {Box} free
 * @param {Box} anchor
 * @param {{ width: number, height: number }} size
 * @returns {Box}
 */
function settled(free, anchor, { width, height }) {
  const x = (anchor.left + anchor.right - width) / 2;
  const y = (anchor.top + anchor.bottom - height) / 2;
  const left = Math.max(free.left, Math.min(x, free.right - width));
  const top = Math.max(free.top, Math.min(y, free.bottom - height));
  return { left, top, right: left + width, bottom: top + height };
}

/** How far apart two boxes are. @param {Box} a @param {Box} b */
const distance = (a, b) =>
  Math.hypot(
    Math.max(0, a.left - b.right, b.left - a.right),
    Math.max(0, a.top - b.bottom, b.top - a.bottom),
  );
