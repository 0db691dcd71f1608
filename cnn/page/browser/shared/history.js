// Back and Forward of the browser: each step of the lesson is an entry of its history, and so is each
// part that is opened over the page. Back closes the part, or goes to the step before; Forward
// returns.
//
// The entry follows what is shown, except when the reader goes back or forward: then what is shown
// follows the entry.

import { stepIn, withStep } from "./address.js";
import { store } from "./store.js";

const LONGEST_TRAIL = 40; // browsers keep fifty entries

/**
 * What can be opened over the page, as a card: one and the same object each time.
 *
 * @typedef {{ open: () => void, close: () => void }} Part
 */

/**
 * Where the reader is. parts: the names of those that are open, in the order in which they opened.
 *
 * @typedef {{ step: string | null, parts: string[] }} Place
 */

/** @type {Map<Part, string>} names that hold until the page is loaded anew */
const names = new Map();
const visit = performance.timeOrigin;
/** @type {Part[]} */
let open = [];
let isAwaited = false; // an entry that was gone back to, which takes a moment
let isPlanned = false;
/** @type {string | null} the step that is none, so that another was opened */
let refused = null;

/** From now on, beginning with the step that the address names. */
export function followHistory() {
  history.scrollRestoration = "manual"; // what is closed by a button would scroll the page, too
  store.set("lesson", stepIn(location.hash));
  store.subscribe("lesson", plan);
  addEventListener("popstate", returnTo);
}

/** @param {Part} part that was opened just now */
export function opened(part) {
  open = [...open, part];
  plan();
}

/** @param {Part} part that was closed just now */
export function closed(part) {
  open = open.filter((other) => other !== part);
  plan();
}

/**
 * Open another step than the one that was asked for, of which no entry is left.
 *
 * @param {string} step
 */
export function redirect(step) {
  refused = store.get("lesson");
  store.set("lesson", step);
}

/** Once all that is changed together has changed: a part that makes way for another is one change. */
function plan() {
  if (!isPlanned) queueMicrotask(enter);
  isPlanned = true;
}

/** Make the entry one of where the reader is. */
function enter() {
  isPlanned = false;
  if (isAwaited) return;
  const [place, entry] = [here(), entered()];
  if (isSame(place, entry)) return;
  /** @type {Place[]} */
  const trail = history.state?.trail ?? [];
  const isOfStep = place.step === entry.step;
  const isClosed = isOfStep ? place.parts.length < entry.parts.length : place.step === null;
  const earlier = trail.findLastIndex((each) => isSame(each, place));
  if (earlier >= 0 && (isClosed || earlier === trail.length - 1)) {
    isAwaited = true;
    history.go(earlier - trail.length); // what was closed is not to be gone through again
  } else if ((isClosed && isOfStep) || (entry.step !== null && entry.step === refused)) {
    write("replaceState", place, trail);
  } else write("pushState", place, [...trail, entry].slice(-LONGEST_TRAIL));
}

/** Where the reader went, back or forward, or by an address that he typed. */
function returnTo() {
  if (!isAwaited) {
    const { step, parts } = entered();
    for (const part of open) if (!parts.includes(nameOf(part))) part.close();
    store.set("lesson", step);
    for (const [part, name] of names) {
      if (parts.includes(name) && !open.includes(part)) part.open();
    }
  }
  isAwaited = false;
  plan();
}

/** @returns {Place} that is shown */
const here = () => ({ step: store.get("lesson"), parts: open.map(nameOf) });

/** @returns {Place} of the entry */
const entered = () => ({ step: stepIn(location.hash), parts: history.state?.parts ?? [] });

/** @param {Part} part */
function nameOf(part) {
  const name = names.get(part) ?? `${visit} ${names.size}`;
  names.set(part, name);
  return name;
}

/** @param {Place} a @param {Place} b */
const isSame = (a, b) =>
  a.step === b.step && a.parts.length === b.parts.length &&
  a.parts.every((p, i) => p === b.parts[i]);

/**
 * @param {"pushState" | "replaceState"} how
 * @param {Place} place
 * @param {Place[]} trail places of the entries before, the last one last
 */
function write(how, { step, parts }, trail) {
  const { pathname, search, hash } = location;
  history[how]({ ...history.state, parts, trail }, "", pathname + search + withStep(hash, step));
}
