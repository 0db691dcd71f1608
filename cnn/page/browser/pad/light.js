// What is pointed at in the network, lit on the ink. An overlay: the ink is not painted anew.

/**
 * @import { Answer } from "../shared/answer.js"
 * @import { Lit } from "../shared/store.js"
 */

import { create, find } from "../shared/dom.js";
import { store } from "../shared/store.js";
import { frameOnPad } from "./frame.js";

const PIXELS = 28; // along each side of what the network sees
const LEAST = 0.35; // how opaque the weakest of the traced pixels is

/** @param {HTMLElement} element that lies over the ink */
export function lightPad(element) {
  const frame = find(element, ".frame");
  const field = find(element, ".field");
  const place = find(element, ".ink");

  function paint() {
    const [lit, answer] = [store.get("lit"), store.get("answer")];
    const isLit = lit !== null && moveFrame(answer);
    element.hidden = !isLit;
    if (!isLit) return;
    element.classList.toggle("drawing", answer.drawing);
    element.classList.toggle("inked", lit.ink.length > 0);
    showField(lit);
    showInk(lit);
  }

  /** @param {Answer} answer @returns {boolean} whether there is anything to light */
  function moveFrame({ blank, digits, followed, seen }) {
    if (blank) return false;
    const { box, strokes } = digits[followed];
    const at = frameOnPad(seen, box, strokes.length > 0);
    if (!at) return false;
    frame.style.left = `${100 * at.left}%`;
    frame.style.top = `${100 * at.top}%`;
    frame.style.width = frame.style.height = `${100 * at.side}%`;
    return true;
  }

  /** @param {Lit} lit */
  function showField({ field: rect }) {
    field.hidden = !rect;
    if (!rect) return;
    const { top, left, bottom, right } = rect;
    const percents = [top, PIXELS - right, PIXELS - bottom, left].map((px) =>
      `${100 * px / PIXELS}%`
    );
    field.style.inset = percents.join(" ");
  }

  /** @param {Lit} lit */
  function showInk({ ink }) {
    const most = ink[0]?.share ?? 1;
    place.replaceChildren(...ink.map(({ index, share }) => pixelAt(index, share / most)));
  }

  store.subscribe("lit", paint);
  store.subscribe("answer", () => store.get("lit") && paint());
}

/**
 * @param {number} index of a pixel that the network sees
 * @param {number} share from 0 to 1
 */
function pixelAt(index, share) {
  const pixel = create("i");
  pixel.dataset.pixel = `${index}`;
  pixel.style.left = `${100 * (index % PIXELS) / PIXELS}%`;
  pixel.style.top = `${100 * Math.floor(index / PIXELS) / PIXELS}%`;
  pixel.style.opacity = `${LEAST + (1 - LEAST) * share}`;
  return pixel;
}
