// The box of a link: copied already, or to be copied by hand; and as a QR code for phones.

import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { buttonOf, label, openShareDialog, say } from "./dialog.js";
import { qrOf } from "./qr.js";

const QUIET = 4; // modules of white around a code, also on a dark page
// px of the window that the code leaves: all else is below it, or beside it where that is low.
const BELOW = { width: 64, height: 190 };
const BESIDE = { width: 320, height: 50 };
const LOW = "(max-height: 599px) and (min-aspect-ratio: 1 / 1)";

/**
 * @param {string} link
 * @param {object} is
 * @param {boolean} is.copied
 * @param {boolean} is.local the link leads to a page on this very machine
 */
export function openLinkBox(link, is) {
  const title = create("h2");
  const field = document.createElement("input");
  Object.assign(field, { type: "text", readOnly: true, value: link });
  const asCode = buttonOf("link.qr", showCode);
  const note = create("p");
  const body = create("div", { className: "body" });
  label(field, "link.field");

  function offer() {
    if (is.copied) setText(title, "link.copied");
    else say(title, "link.by_hand");
    say(note, null);
    asCode.disabled = false;
    body.replaceChildren(field, asCode);
    field.focus();
    field.select();
  }

  function showCode() {
    const code = qrOf(link);
    if (!code) {
      say(note, "link.qr.too_long");
      asCode.disabled = true;
      body.append(note);
      return field.focus();
    }
    say(title, "link.qr.scan");
    say(note, is.local ? "link.qr.local" : null);
    body.replaceChildren(painted(code), note);
    close.focus();
  }

  const { close } = openShareDialog({ name: "link-dialog", title, body, begin: offer });
}

/**
 * As large as the window lets it be, each module of as many whole pixels as any other.
 *
 * @param {import("./qr.js").Code} code
 */
function painted({ size, dark }) {
  const side = size + 2 * QUIET;
  const { width, height } = matchMedia(LOW).matches ? BESIDE : BELOW;
  const room = Math.min(innerWidth - width, innerHeight - height);
  const scale = Math.max(1, Math.floor(room * devicePixelRatio / side));
  const canvas = create("canvas", { width: scale * side, height: scale * side, className: "code" });
  canvas.style.width = `${canvas.width / devicePixelRatio}px`;
  canvas.role = "img";
  label(canvas, "link.qr.label");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  dark.forEach((isDark, i) => {
    const [row, column] = [QUIET + Math.floor(i / size), QUIET + i % size];
    if (isDark) context.fillRect(scale * column, scale * row, scale, scale);
  });
  return canvas;
}
