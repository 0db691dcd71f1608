// The lesson: a step at a time, in the network's place. Fetched when it is first opened.

/** @import { Step } from "./step.js" */

import { create, find } from "../shared/dom.js";
import { redirect } from "../shared/history.js";
import { translate } from "../shared/i18n.js";
import { save } from "../shared/storage.js";
import { store } from "../shared/store.js";
import { cardOf } from "./card.js";
import { contentsOf } from "./contents.js";
import { frameWords } from "./frame.words.js";
import { STEPS } from "./steps.js";
import { stripOf } from "./strip.js";
import { teller } from "./words.js";

const STYLES = new URL("./lesson.css", import.meta.url);
const WEIGHTS = new URL("../../weights/", import.meta.url);

/**
 * Show the step that the store's `lesson` names, and close with it.
 *
 * @param {HTMLElement} part
 */
export async function mount(part) {
  const element = find(part, ".lesson");
  const { say, label } = teller(frameWords);
  const contents = contentsOf(STEPS, (name) => store.set("lesson", name));
  const body = create("div", { className: "panel body" });
  const footer = create("footer");
  const close = create("button", { type: "button", className: "close-lesson", textContent: "×" });
  const previous = create("button", { type: "button", className: "plain previous" });
  const progress = create("span", { className: "progress" });
  const next = create("button", { type: "button", className: "plain next" });
  /** @type {ReturnType<typeof stripOf> | null} */
  let strip = null;
  /** @type {{ step: Step, card: ReturnType<typeof cardOf> } | null} */
  let shown = null;

  /** @param {number} by */
  function go(by) {
    store.set("lesson", STEPS[place() + by]?.name ?? null);
  }

  const place = () => STEPS.findIndex(({ name }) => name === store.get("lesson"));

  function show() {
    const name = store.get("lesson");
    const loaded = store.get("network");
    if (shown && (name !== shown.step.name || !loaded)) {
      shown.card.destroy();
      shown = null;
    }
    if (name === null || !loaded || shown) return;
    const step = STEPS[place()];
    if (!step) return redirect(STEPS[0].name); // a link to none of them
    save("lesson.step", name);
    const onAnswered = () => contents.tick(step.name);
    const card = cardOf(step, { loaded, weights: WEIGHTS, onAnswered });
    shown = { step, card };
    body.replaceChildren(card.element, footer);
    body.scrollTop = 0;
    contents.show(name);
    strip?.light(step.lights);
    showWay();
    paint();
    if (document.activeElement?.closest(".pad-part")) return; // one may be drawing with its keys
    card.title.focus({ preventScroll: true });
    if (body.getBoundingClientRect().top < 0) body.scrollIntoView();
  }

  /** How far one is, and where to go on. */
  function showWay() {
    const at = place();
    if (at < 0) return;
    const after = STEPS[at + 1];
    previous.hidden = at === 0;
    say(progress, "progress", { step: at + 1, steps: STEPS.length });
    if (after) say(next, "next", { title: teller(after.words).t("title") });
    else say(next, "finish");
  }

  function paint() {
    const answer = store.get("answer");
    if (!shown) return;
    strip?.paint(answer);
    shown.card.paint(answer);
  }

  previous.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  close.addEventListener("click", () => store.set("lesson", null));
  element.addEventListener("keydown", ({ key }) => key === "Escape" && store.set("lesson", null));
  footer.append(previous, progress, next);
  const head = create("header");
  head.append(contents.element, close);
  element.append(head, body);
  translate(part);
  await stylesOf(STYLES);

  store.subscribe("network", (loaded) => {
    if (!loaded) return;
    strip?.element.remove();
    strip = stripOf(loaded);
    label(strip.element, "strip");
    head.after(strip.element);
    show();
  });
  store.subscribe("lesson", show);
  store.subscribe("answer", paint);
  store.subscribe("theme", () => shown?.card.renew(store.get("answer")));
  store.subscribe("language", () => {
    label(close, "close");
    close.title = close.ariaLabel ?? "";
    say(previous, "previous");
    if (strip) label(strip.element, "strip");
    showWay();
    shown?.card.renew(store.get("answer"));
  });
}

/** Until the styles are here; without them the lesson would flash unstyled. @param {URL} url */
function stylesOf(url) {
  const link = create("link", { rel: "stylesheet", href: url.href });
  const loaded = new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done); // plain, but readable
  });
  document.head.append(link);
  return loaded;
}
