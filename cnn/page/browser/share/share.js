// A drawing leaves the page: as a link, or as a picture. Fetched when it is first asked for.

/** @import { Drawn } from "./picture.js" */

import { needStyles } from "../shared/dom.js";
import { needWords } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { dialogOf } from "./dialog.js";
import { fileName, poster, savePng } from "./picture.js";

const STYLES = new URL("./share.css", import.meta.url);

const ready = () => Promise.all([needWords(["share"]), needStyles(STYLES)]);

/**
 * Show a link to be copied by hand.
 *
 * @param {string} link
 */
export async function showLink(link) {
  await ready();
  dialogOf(link);
}

/** @param {{ paintDrawing: Drawn["paintDrawing"] }} drawn */
export async function savePicture({ paintDrawing }) {
  await ready();
  const answer = store.get("answer");
  await savePng(poster({ paintDrawing, answer, loaded: store.get("network") }), fileName(answer));
}
