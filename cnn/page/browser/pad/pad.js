// The pad: pointer, keys, pictures and examples in; ink on the screen, and every change read at once.

/**
 * @import { PicturePayload, StrokesPayload } from "../shared/answer.js"
 * @import { Server } from "../shared/predictor.js"
 * @import { Save } from "./correction.js"
 * @import { Example } from "./examples.js"
 */

import { find } from "../shared/dom.js";
import { setText, translate } from "../shared/i18n.js";
import { PredictorClient } from "../shared/predictor.js";
import { store } from "../shared/store.js";
import { saveCorrections } from "./correction.js";
import { CANVAS } from "./drawing.js";
import { Eraser } from "./eraser.js";
import { Examples } from "./examples.js";
import { Outlines } from "./outlines.js";
import { Pen } from "./pen.js";
import { acceptPictures } from "./picture-input.js";
import { Pointer } from "./pointer.js";
import { Replay } from "./replay.js";
import { Sheet } from "./sheet.js";
import { listenToTools } from "./tools.js";

/**
 * What else the server may offer.
 *
 * @typedef {object} Extras
 * @property {(nothing: null) => Promise<string | undefined>} [random_mnist] a picture, as a data
 *   URL; missing where there is no MNIST
 * @property {Save} [save_correction] missing where nothing may be kept
 */

/**
 * @param {HTMLElement} element
 * @param {object} props
 * @param {Server & Extras} props.server
 * @param {Example[]} props.examples
 * @param {boolean} props.hasMnist whether the server has MNIST at hand
 */
export function mount(element, { server, examples, hasMnist }) {
  const surface = find(element, ".pad");
  const canvas = find(surface, "canvas", HTMLCanvasElement);
  const input = find(element, "input[type=file]", HTMLInputElement);

  const predictor = new PredictorClient(server);
  const outlines = new Outlines(find(element, ".outlines"));
  const sheet = new Sheet(canvas, changed);
  const pen = new Pen(sheet, (x, y) => outlines.digitAt(x, y));
  const eraser = new Eraser(sheet);
  const replay = new Replay(sheet);
  const pointer = new Pointer(surface, canvas, (turned) => {
    replay.stop();
    return eraser.isOn || turned ? eraser : pen;
  });
  const thumbnails = new Examples(find(element, ".examples"), examples, (strokes) => {
    if (!pointer.isDown) replay.start(strokes);
  });

  // ---- every change is read

  function changed() {
    store.set("follow", null);
    showTools();
    ask();
  }

  function ask() {
    const payload = picturePayload() ?? strokesPayload();
    predictor.ask({ payload, stroke: pen.stroke ?? replay.stroke, inked: sheet.inked });
  }

  /** @returns {PicturePayload | null} */
  function picturePayload() {
    const { picture } = sheet.drawing;
    return picture ? { picture, follow: store.get("follow") } : null;
  }

  /** @returns {StrokesPayload} */
  function strokesPayload() {
    const strokes = sheet.drawing.strokes.map(({ points }) => points);
    return { strokes, canvas: CANVAS, follow: store.get("follow") };
  }

  // ---- what the hand does besides drawing; not while it draws

  const acts = {
    undo: () => sheet.undo(),
    redo: () => sheet.redo(),
    clear: () => sheet.clear(),
    eraser() {
      eraser.isOn = !eraser.isOn;
      showTools();
    },
    picture: () => input.click(),
    async mnist() {
      const url = await server.random_mnist?.(null);
      if (url) showPicture(url);
      else store.set("status", "status.failed");
    },
  };
  listenToTools(element, (name) => {
    if (pointer.isDown) return;
    replay.stop();
    acts[name]();
  });

  /** @param {string} picture */
  function showPicture(picture) {
    if (pointer.isDown) return;
    replay.stop();
    sheet.replace({ strokes: [], picture });
  }
  acceptPictures(surface, input, {
    show: showPicture,
    refuse: () => store.set("status", "error.bad_picture"),
  });

  // ---- what is shown

  /** @param {string} selector */
  const button = (selector) => find(element, selector, HTMLButtonElement);

  function showTools() {
    const { isEmpty } = sheet;
    eraser.isOn &&= !isEmpty;
    surface.classList.toggle("empty", isEmpty);
    surface.classList.toggle("erasing", eraser.isOn);
    button(".undo").disabled = !sheet.canUndo;
    button(".redo").disabled = !sheet.canRedo;
    button(".clear").disabled = isEmpty;
    button(".eraser").disabled = isEmpty;
    button(".eraser").ariaPressed = `${eraser.isOn}`;
  }

  function refit() {
    sheet.fit();
    thumbnails.paint();
  }

  button(".mnist").hidden = !hasMnist;
  translate(element);
  store.subscribe("answer", (answer) => {
    outlines.paint(answer);
    find(element, ".glance").textContent = answer.digits.map(({ shown }) => shown).join("");
  });
  store.subscribe("status", (status) => setText(find(element, ".status"), status));
  store.subscribe("theme", () => {
    sheet.repaint();
    thumbnails.paint();
  });
  store.subscribe("follow", (follow) => {
    if (follow === null) return; // the drawing changed, which asks anyway
    showTools();
    ask();
  });
  if (server.save_correction) {
    saveCorrections(server.save_correction, () => picturePayload() ? null : strokesPayload());
  }

  new ResizeObserver(refit).observe(canvas);
  addEventListener("resize", refit); // another screen may be sharper, at the same size
  sheet.open();
}
