// A drawing leaves the page: as a link, or as a picture. Fetched when it is first asked for.

/** @import { Ink } from "./save-box.js" */

import { addressWith } from "../shared/address.js";
import { needStyles } from "../shared/dom.js";
import { needWords } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { openLinkBox } from "./link-box.js";
import { openSaveBox } from "./save-box.js";

const STYLES = new URL("./share.css", import.meta.url);

const ready = () => Promise.all([needWords(["share"]), needStyles(STYLES)]);

/**
 * @param {string} link
 * @param {boolean} copied whether the clipboard has it; else it is to be copied by hand
 */
export async function showLink(link, copied) {
  await ready();
  openLinkBox(link, { copied, local: isLocal(new URL(link)) });
}

/**
 * Save what the pad has, with what the page shows of it.
 *
 * @param {Ink} ink
 */
export async function saveDrawing(ink) {
  await ready();
  const address = shownAddress(location, document.referrer);
  openSaveBox(ink, { answer: store.get("answer"), loaded: store.get("network"), address });
}

const LOCAL = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|)$/;

/**
 * The page's address as one would type it; that of a page on this very machine leads nobody there, so
 * instead the one under which it says that it is found.
 *
 * @param {{ href: string }} location
 * @param {string} referrer
 * @returns {string | null}
 */
export function shownAddress(location, referrer) {
  const here = new URL(addressWith("", location, referrer));
  const told = document.querySelector('meta[property="og:url"]')?.getAttribute("content");
  if (!isLocal(here)) return typed(here);
  return told ? typed(new URL(told)) : null;
}

/** @param {URL} url */
const isLocal = ({ hostname }) => LOCAL.test(hostname);

/** @param {URL} url */
const typed = ({ host, pathname }) => host + pathname.replace(/(\/|\/index\.html)$/, "");
