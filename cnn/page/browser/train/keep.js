// Keeping what was trained: the last run and those to compare with in this browser, one as a file, and
// a file opened again.

/**
 * @import { Words } from "../shared/i18n.js"
 * @import { Keys } from "../words/words.d.ts"
 * @import { Run } from "./open.js"
 * @import { Session } from "./session.js"
 */

import { create, find } from "../shared/dom.js";
import { wordsOf } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { cardOf } from "./card.js";
import { fileName, fileOf, OpenError, openFile } from "./open.js";
import { areKept, keepRun, keptRuns, lastRun, MAX_KEPT, removeRun, saveRun } from "./runs.js";
import { isNow, nameFor } from "./session.js";

/** @type {Words<Keys["train/keep"]>} */
const { say, label } = wordsOf("train/keep");

const SAVED_EVERY_MS = 5000; // the last run, while it trains

/**
 * @param {{ session: Session }} of
 * @returns {{ element: HTMLElement, script: HTMLElement, dropOn: (strip: HTMLElement) => void }}
 *   script: where the button goes that shows the run as a script; dropOn: a file that is dropped on
 *   the strip is opened
 */
export function keepOf({ session }) {
  const element = create("details", { className: "keep" });
  element.innerHTML = `
    <summary></summary>
    <p class="explained"></p>
    <ul class="runs"></ul>
    <div class="chores">
      <button type="button" data-act="keep"></button>
      <button type="button" data-act="save"></button>
      <button type="button" data-act="open"></button>
      <input type="file" accept=".safetensors" hidden>
      <span class="script"></span>
    </div>
    <p class="said" role="status"></p>`;
  const [said, note] = [find(element, ".said"), find(element, ".explained")];
  const runs = find(element, ".runs");
  const input = find(element, "input", HTMLInputElement);
  const keepButton = act("keep", keep);
  const saveButton = act("save", save);
  act("open", () => input.click());
  say(find(element, "summary"), "keep.title");
  input.addEventListener("change", () => {
    open(input.files?.[0]);
    input.value = ""; // so that the same file can be chosen again
  });

  /** @param {Keys["train/keep"]} word @param {Record<string, string | number>} values */
  function tell(word, values) {
    say(said, word, values);
    element.open = true;
  }

  /** @param {"keep" | "save" | "open"} name @param {() => void} does */
  function act(name, does) {
    const button = find(element, `[data-act="${name}"]`, HTMLButtonElement);
    say(button, `keep.${name}`);
    button.addEventListener("click", does);
    return button;
  }

  async function keep() {
    await session.settle();
    session.keep(nameFor(session));
  }

  async function save() {
    await session.settle();
    const known = session.kept.find((each) => isNow(each, session));
    const run = session.run(known?.name ?? nameFor(session));
    if (!run) return;
    const { counts, epoch, heldOut } = session;
    const card = cardOf({ ...run, counts, epoch, heldOut });
    const url = URL.createObjectURL(fileOf({ ...run, card }));
    create("a", { href: url, download: fileName(run.name) }).click();
    setTimeout(() => URL.revokeObjectURL(url)); // once the download has begun
    tell("keep.saved", { file: fileName(run.name) });
  }

  /** @param {File | undefined} file */
  const open = (file) => file && show(() => openFile(file));

  /**
   * Show a run in place of the one that is shown, which is kept.
   *
   * @param {() => Run | Promise<Run>} find
   */
  async function show(find) {
    try {
      const run = await find();
      if (!await session.putAside()) throw new OpenError("keep.full", { n: MAX_KEPT });
      await session.openRun(run);
      if (!session.reason) tell("open.opened", { name: run.name }); // else the bench says why
    } catch (error) {
      if (!(error instanceof OpenError)) throw error;
      tell(error.word, error.values);
    }
  }

  /** @type {readonly Run[]} the runs that are kept, as they are listed */
  let listed = [];

  /** Keep what the session keeps, and list it. */
  async function follow() {
    keepButton.disabled = !session.seen || session.kept.length >= MAX_KEPT ||
      session.kept.some((each) => isNow(each, session));
    saveButton.disabled = !session.loaded;
    if (session.kept === listed) return;
    const [before, now] = [listed, listed = session.kept];
    runs.replaceChildren(...now.map((run) => lineOf(run)));
    for (const run of before) if (!now.includes(run)) await removeRun(run.name);
    for (const run of now) if (!before.includes(run)) await keepRun(run);
    sayKept();
  }

  const sayKept = () => say(note, areKept() ? "keep.about" : "keep.unkept", { n: MAX_KEPT });

  /** @param {Run} run */
  function lineOf(run) {
    const line = create("li");
    const again = create("button", { type: "button", className: "again", textContent: run.name });
    const remove = create("button", { type: "button", className: "remove", textContent: "×" });
    const seen = create("span");
    say(seen, "run.seen", { n: run.seen });
    label(remove, "run.remove", { name: run.name });
    again.addEventListener("click", () => show(() => run));
    remove.addEventListener("click", () => session.forget(run));
    line.append(again, seen, remove);
    return line;
  }

  /** @param {HTMLElement} strip */
  function dropOn(strip) {
    /** @param {DragEvent} event */
    function hasFile(event) {
      if (!event.dataTransfer?.types.includes("Files")) return false;
      event.preventDefault();
      event.stopPropagation(); // else the pad would take it for a picture
      return true;
    }
    /** @param {boolean} isOver */
    const cue = (isOver) => strip.classList.toggle("dropping", isOver);
    strip.addEventListener("dragover", (event) => cue(hasFile(event)));
    strip.addEventListener("dragleave", () => cue(false));
    strip.addEventListener("drop", (event) => {
      cue(false);
      if (hasFile(event)) open(event.dataTransfer?.files[0]);
    });
  }

  Promise.all([keptRuns(), lastRun()]).then(([kept, last]) => {
    session.takeUp(kept);
    listed = session.kept;
    runs.replaceChildren(...kept.map(lineOf));
    sayKept();
    session.onchange(follow);
    if (last) hold(session, last);
    saveLast(session, sayKept);
  });
  return { element, script: find(element, ".script"), dropOn };
}

/**
 * Hold the last run of an earlier visit, which waits where it was until the bench is opened; where the
 * lesson begins another one before that, it is kept. The page shows its own network until the reader
 * goes on with the run, or asks for it.
 *
 * @param {Session} session
 * @param {Run} last
 */
function hold(session, last) {
  let waits = true;
  session.onchange(() => {
    if (!waits || !session.loaded) return;
    waits = false;
    const { kept } = session;
    const heldOut = last.points.at(-1)?.heldOut ?? null;
    const name = nameFor({ plan: last.plan, heldOut, kept });
    if (kept.length < MAX_KEPT) session.takeUp([...kept, { ...last, name }]);
  });
  store.subscribe("training", (isOpen) => {
    if (!isOpen || !waits) return;
    waits = false;
    session.resume(last);
  });
}

/**
 * Save the last run from now on: whenever it pauses, and now and then while it trains.
 *
 * @param {Session} session
 * @param {() => void} onsaved
 */
function saveLast(session, onsaved) {
  /** @type {{ loaded: unknown, seen: number, at: number }} */
  let saved = { loaded: session.loaded, seen: session.seen, at: 0 };
  let isBusy = false;

  async function save() {
    const isTraining = session.phase === "training";
    const isSaved = saved.loaded === session.loaded && saved.seen === session.seen;
    const at = performance.now();
    if (isBusy || isSaved || (isTraining && at < saved.at + SAVED_EVERY_MS)) return;
    isBusy = true;
    if (!isTraining) await session.settle();
    const run = session.run("");
    saved = { loaded: session.loaded, seen: session.seen, at };
    if (run) await saveRun(run);
    isBusy = false;
    onsaved();
  }
  session.onchange(save);
  document.addEventListener("visibilitychange", () => {
    saved.at = -SAVED_EVERY_MS; // the tab may be closed next
    save();
  });
}
