// A drawing's link and its picture: out of the pad, and a link back onto it.

/** @import { Sheet } from "./sheet.js" */

import { addressWith, textIn, withoutText } from "../shared/address.js";
import { copyLink } from "../share/copy.js";
import { decodeStrokes, encodeStrokes } from "../share/link.js";
import { poster } from "../share/poster.js";
import { fileName, savePng } from "../share/save.js";
import { store } from "../shared/store.js";

/**
 * Put the drawing that the page's address names onto the sheet, as a step after what is there.
 *
 * @param {Sheet} sheet
 * @returns {"none" | "opened" | "bad"} what the address names
 */
export function openLink(sheet) {
  const text = textIn(location.hash);
  if (text === null) return "none";
  // Once it is here a reload shall keep what is done to it.
  const { pathname, search, hash } = location;
  history.replaceState(history.state, "", pathname + search + withoutText(hash));
  const strokes = decodeStrokes(text);
  if (!strokes) return "bad";
  sheet.replace({ strokes, picture: null });
  return "opened";
}

/**
 * @param {Sheet} sheet
 * @returns {Promise<"link.copied" | "link.picture" | "link.too_long" | null>} what to say of it
 */
export async function copyDrawing({ drawing: { strokes, picture } }) {
  if (picture) return "link.picture";
  const text = encodeStrokes(strokes);
  if (text === null) return "link.too_long";
  const link = addressWith(text, location, document.referrer, store.get("lesson"));
  return await copyLink(link) ? "link.copied" : null;
}

/** @param {Sheet} sheet */
export async function saveDrawing(sheet) {
  const answer = store.get("answer");
  const picture = poster({
    paintDrawing: (canvas, color) => sheet.paintOn(canvas, color),
    answer,
    loaded: store.get("network"),
  });
  await savePng(picture, fileName(answer));
}
