// The sketchpad: pointer and keyboard in, ink on the screen, and every change read at once.

import { CANVAS, Drawing, extend } from "./drawing.js";
import { Ink } from "./ink.js";
import { Reader } from "./reader.js";
import { say, translate } from "./words.js";

const PEN = 16; // width of the ink, in the drawing's units
const ERASER = 12; // how near the eraser must come to a stroke
const REPLAY_MS = 700; // how long an example takes to draw itself
const PEN_ERASER_BUTTON = 32; // PointerEvent.buttons of a stylus turned round
const PICTURE_SIDE = 640; // a picture is reduced to this before it is sent
const PICTURE_LENGTH = 700_000; // of the data URL, below what the server takes

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

  // ---- the drawing on the screen, and to the reader

  function repaint() {
    ink.clear();
    if (picture) ink.picture(picture);
    drawing.now.strokes.forEach((s) => ink.stroke(s));
  }

  const read = () => reader.read({ ...drawing.question(), inked: touched });

  async function changed() {
    touched = performance.now();
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
    return [(event.clientX - box.left) * unit, (event.clientY - box.top) * unit];
  }

  const eraserOf = (event) => erasing || event.buttons & PEN_ERASER_BUTTON;

  pad.addEventListener("pointerdown", (event) => {
    if (pointer !== null || (event.button !== 0 && event.button !== 5)) return;
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    replay++;
    picture = null;
    touched = event.timeStamp;
    const at = place(event);
    if (eraserOf(event)) return erase(at);
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
      say_status("error.bad_picture");
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
    if (!url) return say_status("status.lost");
    replay++;
    drawing.show(url);
    changed();
  });

  // ---- examples draw themselves

  function play(strokes) {
    const mine = ++replay;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const total = strokes.reduce((sum, points) => sum + points.length / 2, 0);
    const began = performance.now();
    drawing.replace({ strokes: [], picture: null });
    picture = null;
    requestAnimationFrame(function frame(now) {
      if (mine !== replay) return;
      const share = still ? 1 : Math.min(1, Math.max(0, now - began) / REPLAY_MS);
      let left = Math.max(1, Math.round(share * total));
      const grown = [];
      for (const points of strokes) {
        if (left > 0) grown.push({ points: points.slice(0, 2 * left), width: PEN });
        left -= points.length / 2;
      }
      touched = performance.now();
      drawing.set({ strokes: grown, picture: null });
      repaint();
      showState();
      read();
      if (share < 1) requestAnimationFrame(frame);
    });
  }

  for (const { name, strokes } of examples) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "example";
    button.dataset.wordLabel = /^\d$/.test(name) ? "examples.digit" : `examples.${name}`;
    button.dataset.name = name;
    button.append(document.createElement("canvas"));
    button.addEventListener("click", () => play(strokes));
    $(".examples").insertBefore(button, $(".mnist"));
  }

  function paintExamples() {
    element.querySelectorAll(".example canvas").forEach((canvas, i) => {
      const small = new Ink(canvas);
      small.fit();
      small.clear();
      examples[i].strokes.forEach((points) => small.stroke({ points, width: 18 }));
    });
  }

  // ---- what the page says

  const status = $(".status");
  function say_status(key) {
    status.dataset.word = key ?? "";
    status.textContent = key ? say(key) : "";
  }
  document.addEventListener("cnn:status", ({ detail }) => say_status(detail));
  document.addEventListener("cnn:theme", () => {
    repaint();
    paintExamples();
  });

  translate(element);
  new ResizeObserver(() => ink.fit() && repaint()).observe(ink.canvas);
  ink.fit();
  paintExamples();
  changed();
}

async function decoded(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

// A picture as a data URL that the server takes, small enough and with its transparency.
function reduced(image) {
  for (let side = PICTURE_SIDE; ; side /= 2) {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const url = canvas.toDataURL("image/webp", 0.9);
    if (url.length < PICTURE_LENGTH) return url;
  }
}
