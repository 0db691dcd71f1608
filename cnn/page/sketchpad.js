// The sketchpad: pointer and keyboard in, ink on the screen, and every change read at once.

import { CANVAS, Drawing, extend } from "./drawing.js";
import { Examples } from "./examples.js";
import { Ink } from "./ink.js";
import { decoded, reduced } from "./picture.js";
import { Reader } from "./reader.js";
import { say, translate } from "./words.js";

const PEN = 16; // width of the ink, in the drawing's units
const ERASER = 12; // how near the eraser must come to a stroke
const PEN_ERASER_BUTTON = 32; // PointerEvent.buttons of a stylus turned round

export function mount(element, { server, examples, hasMnist }) {
  const $ = (selector) => element.querySelector(selector);
  const pad = $(".pad");
  const ink = new Ink($(".pad canvas"));
  const drawing = new Drawing();
  const reader = new Reader(server);
  let stroke = null; // what the pen is drawing
  let pointer = null; // the one that draws or erases; others are ignored meanwhile
  let erasing = false;
  let replay = 0; // number of the animation that may still draw
  let picture = null; // the decoded drawing.now.picture
  let touched = performance.now(); // when the newest ink was made
  let follow = null; // which digit of a number was chosen, until the drawing changes

  // ---- the drawing on the screen, and to the reader

  function repaint() {
    ink.clear();
    if (picture) ink.picture(picture);
    drawing.now.strokes.forEach((s) => ink.stroke(s));
  }

  function read() {
    const { ask, payload } = drawing.question();
    reader.read({ ask, payload: { ...payload, follow }, inked: touched, drawing: !!stroke });
  }

  async function changed() {
    touched = performance.now();
    follow = null;
    const url = drawing.now.picture;
    picture = url && (await decoded(url).catch(() => null));
    if (url !== drawing.now.picture) return; // changed again while decoding
    repaint();
    showState();
    read();
  }

  function showState() {
    pad.classList.toggle("empty", drawing.isEmpty);
    $(".undo").disabled = !drawing.past.length;
    $(".redo").disabled = !drawing.future.length;
    $(".clear").disabled = drawing.isEmpty;
    $(".eraser").setAttribute("aria-pressed", erasing);
    pad.classList.toggle("erasing", erasing);
  }

  const act = {
    undo: () => drawing.undo() && changed(),
    redo: () => drawing.redo() && changed(),
    clear: () => {
      drawing.clear();
      changed();
    },
    eraser: () => {
      erasing = !erasing;
      showState();
    },
    picture: () => $("input[type=file]").click(),
  };

  // ---- pointer

  function place(event) {
    const box = ink.canvas.getBoundingClientRect();
    const unit = CANVAS / box.width;
    const inside = (at) => Math.min(CANVAS, Math.max(0, at * unit)); // what is not seen is not read
    return [inside(event.clientX - box.left), inside(event.clientY - box.top)];
  }

  const eraserOf = (event) => erasing || event.buttons & PEN_ERASER_BUTTON;

  pad.addEventListener("pointerdown", (event) => {
    if (pointer !== null || (event.button !== 0 && event.button !== 5)) return;
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    replay++;
    touched = event.timeStamp;
    const at = place(event);
    if (eraserOf(event)) return erase(at);
    picture = null;
    const points = [];
    extend(points, ...at);
    stroke = { points, width: PEN };
    follow = null;
    drawing.begin(stroke);
    repaint();
    showState();
    read();
  });

  pad.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    const places = (events.length ? events : [event]).map(place);
    touched = event.timeStamp;
    if (!stroke) return places.forEach(erase);
    // Every place, not only until one is new: `filter` calls extend for each.
    if (!places.filter((at) => extend(stroke.points, ...at)).length) return;
    repaint();
    read();
  });

  function lift(event) {
    if (event.pointerId !== pointer) return;
    pointer = null;
    if (!stroke) return;
    stroke = null;
    drawing.keep();
    read();
  }
  pad.addEventListener("pointerup", lift);
  pad.addEventListener("pointercancel", lift);
  pad.addEventListener("contextmenu", (event) => event.preventDefault());

  const erase = ([x, y]) => drawing.erase(x, y, ERASER) && changed();

  // ---- keyboard: on the pad, or anywhere that is no text field

  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    let name = null;
    if (command && key === "z") name = event.shiftKey ? "redo" : "undo";
    else if (command && key === "y") name = "redo";
    else if (key === "delete" || key === "backspace") name = "clear";
    if (!name || stroke) return;
    event.preventDefault();
    replay++;
    act[name]();
  });

  for (const button of element.querySelectorAll("[data-act]")) {
    button.addEventListener("click", () => {
      replay++;
      act[button.dataset.act]();
    });
  }

  // ---- pictures: a file, dropped or pasted or chosen; a MNIST digit

  async function open(file) {
    if (!file) return;
    try {
      const image = await createImageBitmap(file);
      drawing.show(reduced(image));
      changed();
    } catch {
      showStatus("error.bad_picture");
    }
  }

  $("input[type=file]").addEventListener("change", (event) => {
    open(event.target.files[0]);
    event.target.value = "";
  });
  pad.addEventListener("dragover", (event) => event.preventDefault());
  pad.addEventListener("drop", (event) => {
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  });
  document.addEventListener("paste", (event) => open(event.clipboardData?.files[0]));

  $(".mnist").hidden = !hasMnist;
  $(".mnist").addEventListener("click", async () => {
    const url = await server.random_mnist(null);
    if (!url) return showStatus("status.lost");
    replay++;
    drawing.show(url);
    changed();
  });

  // ---- examples draw themselves

  const thumbnails = new Examples($(".examples"), examples, PEN);
  thumbnails.onplay = (begin) => {
    const mine = ++replay;
    drawing.beginAnew();
    picture = follow = null;
    begin((strokes) => {
      if (mine !== replay) return false; // something else was drawn meanwhile
      touched = performance.now();
      drawing.grow(strokes);
      repaint();
      showState();
      read();
      return true;
    });
  };

  // ---- what the page says

  const status = $(".status");
  function showStatus(key) {
    status.dataset.word = key ?? "";
    status.textContent = key ? say(key) : "";
  }
  document.addEventListener("cnn:status", ({ detail }) => showStatus(detail));

  document.addEventListener("cnn:answer", ({ detail: { digits = [], followed } }) => {
    const outlines = digits.length > 1 ? digits.map(({ box }, i) => outline(box, i === followed)) : [];
    $(".outlines").replaceChildren(...outlines);
    $(".glance").textContent = digits.map(({ digit, sure }) => (sure ? digit : "?")).join("");
  });

  document.addEventListener("cnn:follow", ({ detail }) => {
    follow = detail;
    read();
  });

  document.addEventListener("cnn:teach", async ({ detail: label }) => {
    const { ask, payload } = drawing.question();
    if (ask !== "look") return showStatus("teach.strokes");
    const answer = await server.teach({ ...payload, follow, label });
    showStatus(answer?.error ? `error.${answer.error}` : answer ? "teach.kept" : "status.lost");
  });

  document.addEventListener("cnn:theme", () => {
    repaint();
    thumbnails.paint();
  });

  translate(element);
  new ResizeObserver(() => ink.fit() && repaint()).observe(ink.canvas);
  ink.fit();
  thumbnails.paint();
  changed();
}

function outline([left, top, right, bottom], followed) {
  const box = document.createElement("i");
  const margin = PEN / 2 / CANVAS;
  const percent = (share) => `${100 * (share - margin)}%`;
  box.style.inset = [top, 1 - right, 1 - bottom, left].map(percent).join(" ");
  box.classList.toggle("followed", followed);
  return box;
}
