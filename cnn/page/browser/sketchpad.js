// The sketchpad: pointer and keyboard in, ink on the screen, and every change read at once.

import { CANVAS, Drawing, extend } from "./drawing.js";
import { Examples } from "./examples.js";
import { Ink } from "./ink.js";
import { decoded, reduced } from "./picture.js";
import { onAnswer, Reader } from "./reader.js";
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
  let erased = null; // where the eraser was last
  let replay = null; // the example that is drawing itself
  let picture = null; // the decoded drawing.now.picture
  let touched = performance.now(); // when the newest ink was made
  let follow = null; // which digit of a number was chosen, until the drawing changes
  let boxes = []; // of the digits of a number, in shares of the pad

  // ---- the drawing on the screen, and to the reader

  function repaint() {
    ink.clear();
    if (picture) ink.picture(picture);
    drawing.now.strokes.forEach((s) => ink.stroke(s));
  }

  function read() {
    const { ask, payload } = drawing.question();
    reader.read({ ask, payload: { ...payload, follow }, inked: touched, stroke: stroke ?? replay });
  }

  async function changed() {
    touched = performance.now();
    follow = null;
    const url = drawing.now.picture;
    const image = url && (await decoded(url).catch(() => null));
    if (url !== drawing.now.picture) return; // changed again while decoding
    picture = image;
    repaint();
    showState();
    read();
  }

  function showState() {
    erasing &&= !drawing.isEmpty;
    pad.classList.toggle("empty", drawing.isEmpty);
    $(".undo").disabled = !drawing.past.length;
    $(".redo").disabled = !drawing.future.length;
    $(".clear").disabled = drawing.isEmpty;
    $(".eraser").disabled = drawing.isEmpty;
    $(".eraser").setAttribute("aria-pressed", erasing);
    pad.classList.toggle("erasing", erasing);
  }

  const acts = {
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
    mnist: async () => {
      const url = await server.random_mnist(null);
      if (url) show(url);
      else showStatus("status.failed");
    },
  };

  // What the hand does besides drawing; not while it draws.
  function act(name) {
    if (pointer !== null) return;
    replay = null;
    acts[name]();
  }

  // ---- pointer

  function place(event) {
    const box = ink.canvas.getBoundingClientRect();
    const unit = CANVAS / box.width;
    const inside = (at) => Math.min(CANVAS, Math.max(0, at * unit)); // what is not seen is not read
    return [inside(event.clientX - box.left), inside(event.clientY - box.top)];
  }

  pad.addEventListener("pointerdown", (event) => {
    if (pointer !== null || (event.button !== 0 && event.button !== 5)) return;
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    replay = erased = null;
    touched = event.timeStamp;
    const at = place(event);
    if (erasing || event.buttons & PEN_ERASER_BUTTON) return erase(at);
    picture = follow = null;
    const points = [];
    extend(points, ...at);
    stroke = { points, width: PEN };
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
    const tapped = stroke.points.length === 2 ? digitAt(...stroke.points) : -1;
    stroke = null;
    if (tapped >= 0) {
      drawing.takeBack();
      follow = tapped;
      repaint();
      showState();
    }
    drawing.keep();
    read();
  }
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    pad.addEventListener(end, lift);
  }
  pad.addEventListener("contextmenu", (event) => event.preventDefault());

  // Along the way from where the eraser was, so that a quick one misses nothing.
  function erase([x, y]) {
    const [fromX, fromY] = erased ?? [x, y];
    const steps = Math.ceil(Math.hypot(x - fromX, y - fromY) / ERASER) || 1;
    let any = false;
    for (let i = 1; i <= steps; i++) {
      const t = i / steps;
      any = drawing.erase(fromX + t * (x - fromX), fromY + t * (y - fromY), ERASER) || any;
    }
    erased = [x, y];
    if (any) changed();
  }

  // Which digit of a number is at (x, y): a tap on it is no ink.
  function digitAt(x, y) {
    const within = ([left, top, right, bottom]) =>
      x > left * CANVAS && x < right * CANVAS && y > top * CANVAS && y < bottom * CANVAS;
    return boxes.findIndex(within);
  }

  // ---- keyboard and buttons

  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    let name = null;
    if (command && key === "z") name = event.shiftKey ? "redo" : "undo";
    else if (command && key === "y") name = "redo";
    else if (key === "delete" && !command && !event.altKey) name = "clear";
    if (!name) return;
    event.preventDefault();
    act(name);
  });

  for (const button of element.querySelectorAll("[data-act]")) {
    button.addEventListener("click", () => act(button.dataset.act));
  }
  $(".mnist").hidden = !hasMnist;

  // ---- pictures: a file, dropped or pasted or chosen; a MNIST digit

  function show(url) {
    if (pointer !== null) return;
    replay = null;
    drawing.show(url);
    changed();
  }

  async function open(file) {
    if (!file) return;
    try {
      show(reduced(await createImageBitmap(file)));
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

  // ---- examples draw themselves

  const thumbnails = new Examples($(".examples"), examples, PEN);
  thumbnails.onplay = (play) => {
    if (pointer !== null) return;
    const mine = (replay = {});
    drawing.beginAnew();
    picture = follow = null;
    play((strokes, done) => {
      if (mine !== replay) return false; // something else was drawn meanwhile
      if (done) replay = null;
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

  onAnswer(({ digits = [], followed, drawing: underPen }) => {
    const several = digits.length > 1;
    if (!underPen) boxes = several ? digits.map(({ box }) => box) : [];
    const outlines = several ? digits.map(({ box }, i) => outline(box, i === followed)) : [];
    $(".outlines").replaceChildren(...outlines);
    $(".glance").textContent = digits.map(({ shown }) => shown).join("");
  });

  document.addEventListener("cnn:follow", ({ detail }) => {
    follow = detail;
    read();
  });

  document.addEventListener("cnn:teach", async ({ detail: { label, said } }) => {
    const { ask, payload } = drawing.question();
    if (ask !== "look") return said("teach.strokes");
    const answer = await server.teach({ ...payload, follow, label });
    said(answer?.error ? `error.${answer.error}` : answer ? "teach.kept" : "status.failed");
  });

  function refit() {
    if (ink.fit()) repaint();
    thumbnails.paint();
  }
  document.addEventListener("cnn:theme", () => {
    repaint();
    thumbnails.paint();
  });
  new ResizeObserver(refit).observe(ink.canvas);
  window.addEventListener("resize", refit); // another screen may be sharper, at the same size

  translate(element);
  refit();
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
