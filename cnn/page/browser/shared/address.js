// A link carries a drawing, and a lesson step or the bench, in its fragment, which no server gets to
// see.

import { store } from "./store.js";

const NAME = "d"; // #d=...&step=... or #d=...&train
const STEP = "step";
const TRAIN = "train"; // in the place of a step's name, the bench

/**
 * @param {string} hash of a location
 * @returns {string | null} the drawing's text in it; null where there is none
 */
export const textIn = (hash) => new URLSearchParams(hash.slice(1)).get(NAME);

/**
 * The hash without the drawing: once it is on the pad, a reload must keep what was done since.
 *
 * @param {string} hash of a location
 */
export function withoutText(hash) {
  const rest = new URLSearchParams(hash.slice(1));
  rest.delete(NAME);
  return written(rest);
}

/** @param {URLSearchParams} fragment */
const written = (fragment) =>
  fragment.size ? `#${fragment}`.replace(new RegExp(`\\b${TRAIN}=$`), TRAIN) : "";

/**
 * @param {string} hash of a location
 * @returns {string | null} the name of the step in it, or TRAIN; null where lesson and bench are
 *   closed
 */
function stepIn(hash) {
  const fragment = new URLSearchParams(hash.slice(1));
  return fragment.has(TRAIN) ? TRAIN : fragment.get(STEP);
}

/**
 * The hash with the step, so that a reload opens it again.
 *
 * @param {string} hash of a location
 * @param {string | null} step null: the hash is to have none
 */
function withStep(hash, step) {
  if (step === stepIn(hash)) return hash;
  const rest = new URLSearchParams(hash.slice(1));
  for (const name of [STEP, TRAIN]) rest.delete(name);
  if (step === TRAIN) rest.set(TRAIN, "");
  else if (step !== null) rest.set(STEP, step);
  return written(rest);
}

/**
 * A link to this page with a drawing.
 *
 * A page in an iframe does not know the address around it; its own address leads to the same page.
 * A Space's page sometimes learns the outer address from the referrer: then the link leads to the
 * Space itself, which hands the fragment on.
 *
 * @param {string} text of the drawing
 * @param {{ href: string }} location
 * @param {string} referrer
 * @param {string | null} step of the lesson that it opens
 */
export function addressWith(text, { href }, referrer, step = null) {
  const address = new URL(spaceOf(href, referrer) ?? href);
  // The platform's own parameters, such as __theme or __sign, which is a key to a private page.
  for (const name of [...address.searchParams.keys()]) {
    if (name.startsWith("__")) address.searchParams.delete(name);
  }
  address.hash = withStep(`#${NAME}=${text}`, step);
  return address.href;
}

/**
 * @param {string} href of the page
 * @param {string} referrer
 * @returns {string | null} the page of the Space that shows it; null where that is unknown
 */
function spaceOf(href, referrer) {
  const { hostname } = new URL(href);
  const [, space] = /^(https:\/\/huggingface\.co\/spaces\/[\w.-]+\/[\w.-]+)/.exec(referrer) ?? [];
  if (!space || !hostname.endsWith(".hf.space")) return null;
  const [owner, name] = space.split("/").slice(-2);
  const subdomain = `${owner}-${name}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return hostname.startsWith(`${subdomain}.`) ? space : null;
}

// The browser's Back and Forward: each step of the lesson is an entry of the history, and so is
// each part that is opened over the page. Back closes the part, or goes to the previous step;
// Forward returns.

// The entry follows what is shown, except when the reader goes back or forward: then what is shown
// follows the entry.

const LONGEST_TRAIL = 40; // browsers keep fifty entries

/**
 * What can be opened over the page, such as a card: the same object each time.
 *
 * @typedef {{ open: () => void, close: () => void }} Part
 */

/**
 * Where the reader is. step: of the lesson, or TRAIN. parts: the names of those that are open, in the
 * order in which they opened.
 *
 * @typedef {{ step: string | null, parts: string[] }} Place
 */

/** @type {Map<Part, string>} names that stay valid until the page is reloaded */
const names = new Map();
const visit = performance.timeOrigin;
/** @type {Part[]} */
let open = [];
let isAwaited = false; // whether history.go() was called, and the entry is still to come
let isPlanned = false;
/** @type {string | null} a step that was asked for but does not exist, so another was opened */
let refused = null;

/** Follow the history from now on, beginning with the step that the address names. */
export function followHistory() {
  history.scrollRestoration = "manual"; // else closing a part by its button would scroll the page
  go(stepIn(location.hash));
  store.subscribe("lesson", (step) => {
    if (step !== null) store.set("training", false); // they take each other's place
    plan();
  });
  store.subscribe("training", (isOpen) => {
    if (isOpen) store.set("lesson", null);
    plan();
  });
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
 * Open another step than the one that was asked for, which leaves no entry in the history.
 *
 * @param {string} step
 */
export function redirect(step) {
  refused = store.get("lesson");
  store.set("lesson", step);
}

/** Enter once all that changes together has changed: one part replacing another is one change. */
function plan() {
  if (!isPlanned) queueMicrotask(enter);
  isPlanned = true;
}

/** Make the history entry agree with where the reader is. */
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
    history.go(earlier - trail.length); // Back must not lead through what was closed
  } else if ((isClosed && isOfStep) || (entry.step !== null && entry.step === refused)) {
    write("replaceState", place, trail);
  } else write("pushState", place, [...trail, entry].slice(-LONGEST_TRAIL));
}

/** @param {string | null} step to open, or TRAIN */
function go(step) {
  store.set("training", step === TRAIN);
  store.set("lesson", step === TRAIN ? null : step);
}

/** Show where the reader went: back, forward, or to an address that was typed. */
function returnTo() {
  if (!isAwaited) {
    const { step, parts } = entered();
    for (const part of open) if (!parts.includes(nameOf(part))) part.close();
    go(step);
    for (const [part, name] of names) {
      if (parts.includes(name) && !open.includes(part)) part.open();
    }
  }
  isAwaited = false;
  plan();
}

/** @returns {Place} that is shown */
const here = () => ({
  step: store.get("training") ? TRAIN : store.get("lesson"),
  parts: open.map(nameOf),
});

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
 * @param {Place[]} trail places of the entries before this one, the latest last
 */
function write(how, { step, parts }, trail) {
  const { pathname, search, hash } = location;
  history[how]({ ...history.state, parts, trail }, "", pathname + search + withStep(hash, step));
}
