// The pad: pointer, keys, pictures and examples go in; ink comes out, and every change is read.

/**
 * @import { Word } from "../shared/i18n.js"
 * @import { Split } from "../shared/readings.js"
 * @import { Save } from "./correction.js"
 * @import { Example } from "./replay.js"
 * @import { LoadShare } from "./toolbar.js"
 */

import { textIn } from "../shared/address.js";
import { find } from "../shared/dom.js";
import { setText, translate } from "../shared/i18n.js";
import { Readings } from "../shared/readings.js";
import { store } from "../shared/store.js";
import { saveCorrections } from "./correction.js";
import { Keyboard, Pointer } from "./input.js";
import { lightPad, Outlines } from "./overlays.js";
import { Eraser, PEN, Pen } from "./pen.js";
import { acceptPictures } from "./pictures.js";
import { Examples, FirstView, Replay } from "./replay.js";
import { Sheet } from "./sheet.js";
import { enableTools, listenToTools, openLink, saveInk, shareLink } from "./toolbar.js";

const FIRST_EXAMPLE = 3; // the example that draws itself when the page is opened

/**
 * What a server does for the page; a function that it does not have is missing.
 *
 * @typedef {object} Server
 * @property {Split} [split_picture]
 * @property {(nothing: null) => Promise<string | undefined>} [random_mnist] a picture, a data URL
 * @property {Save} [save_correction]
 */

/**
 * @param {HTMLElement} element
 * @param {object} props
 * @param {Server} props.server
 * @param {Example[]} props.examples
 * @param {LoadShare} props.share what is fetched when a drawing is first saved or shared
 */
export function mount(element, { server, examples, share }) {
  const surface = find(element, ".pad");
  const canvas = find(surface, "canvas", HTMLCanvasElement);
  const input = find(element, "input[type=file]", HTMLInputElement);
  const whereabouts = find(element, ".whereabouts");

  const readings = new Readings(server.split_picture);
  const sheet = new Sheet(canvas, changed);
  const outlines = new Outlines(
    find(element, ".outlines"),
    () => sheet.drawing.strokes.at(-1)?.width ?? PEN,
  );
  const pen = new Pen(sheet, (x, y) => outlines.digitAt(x, y));
  const eraser = new Eraser(sheet);
  const replay = new Replay(sheet);
  const firstView = new FirstView(sheet);
  const pointer = new Pointer(surface, canvas, toolInHand);
  const keyboard = new Keyboard(surface, find(surface, ".cursor"), {
    use: () => firstView.stop(),
    choose: () => toolInHand(false),
    tell: (isDown, x, y) => setText(whereabouts, isDown ? "pad.pen_down" : "pad.pen_up", { x, y }),
  });
  const thumbnails = new Examples(find(element, ".examples"), examples, (strokes) => {
    if (letGo({ example: "makeWay" })) replay.start(strokes);
  });

  // ---- what draws: the hand, an example, or the first view; one of them at a time

  /**
   * Make whatever is drawing let go of the sheet, for what comes next.
   *
   * @param {object} [how]
   * @param {"finish" | "makeWay"} [how.example] one under way is completed at once, or removed
   * @param {"finish" | "stop"} [how.first] the first view, likewise
   * @returns {boolean} false: a pointer is down and goes on drawing, so nothing else may start
   */
  function letGo({ example = "finish", first = "stop" } = {}) {
    if (pointer.isDown) return false;
    keyboard.lift();
    replay[example]();
    firstView[first]();
    return true;
  }

  /** @param {boolean} turned whether it is a stylus's eraser end */
  function toolInHand(turned) {
    const tool = eraser.isOn || turned ? eraser : pen;
    return letGo({ example: tool === pen ? "makeWay" : "finish" }) ? tool : null;
  }

  // ---- every change is read

  function changed() {
    store.set("follow", null);
    showTools();
    ask();
  }

  function ask() {
    const { drawing, inked } = sheet;
    store.set("drawing", drawing);
    readings.ask({ drawing, stroke: pen.stroke ?? replay.stroke ?? firstView.stroke, inked });
  }

  // ---- what a button or a key does

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
      else say("status.failed");
    },
    link: async () => say(await shareLink(sheet, share)),
    save: async () => say(await saveInk(sheet, share)),
  };
  const LEAVING = ["picture", "link", "save"]; // acts that leave what is on the pad as it is
  listenToTools(element, (name) => {
    if (letGo({ first: LEAVING.includes(name) ? "finish" : "stop" })) acts[name]();
  });

  /** @param {string} picture */
  function showPicture(picture) {
    if (!store.get("offers").pictures) return say("status.no_pictures");
    if (letGo()) sheet.replace({ strokes: [], picture });
  }
  store.subscribe("opened", (picture) => {
    if (picture && letGo()) sheet.replace({ strokes: [], picture });
    store.set("opened", null); // the same one can be opened again
  });
  acceptPictures(surface, input, { show: showPicture, refuse: () => say("error.bad_picture") });

  /** @returns {boolean} false: the address names a drawing that cannot be read */
  function restoreLink() {
    const text = textIn(location.hash);
    if (text === null || !letGo()) return true;
    const isGood = openLink(text, sheet);
    if (!isGood) say("link.bad");
    return isGood;
  }

  /** @param {Word | null} word shown until the drawing changes */
  function say(word) {
    store.set("status", word);
  }

  // ---- what is shown

  /** @param {string} selector */
  const button = (selector) => find(element, selector, HTMLButtonElement);

  function showTools() {
    eraser.isOn &&= !sheet.isEmpty;
    surface.classList.toggle("empty", sheet.isEmpty);
    surface.classList.toggle("erasing", eraser.isOn);
    enableTools(element, sheet);
    button(".eraser").ariaPressed = `${eraser.isOn}`;
  }

  function refit() {
    sheet.fit();
    thumbnails.paint();
  }

  const { pictures, mnist } = store.get("offers");
  button(".mnist").hidden = !mnist;
  button(".open").hidden = !pictures;
  translate(element);
  store.subscribe("answer", (answer) => outlines.paint(answer));
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
  lightPad(find(surface, ".lit"));
  if (server.save_correction) saveCorrections(server.save_correction, sheet);

  new ResizeObserver(refit).observe(canvas);
  addEventListener("resize", refit); // another screen may be sharper, at the same size
  addEventListener("hashchange", restoreLink);
  sheet.open();
  if (sheet.wasRestored) firstView.stop();
  const isGood = restoreLink();
  store.subscribe("network", (loaded) => {
    if (loaded) firstView.start(examples[FIRST_EXAMPLE].strokes);
    if (!isGood && sheet.isEmpty) say("link.bad"); // reading the empty pad cleared the message
  });
}
