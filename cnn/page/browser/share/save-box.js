// The box in which a drawing is saved, as a picture or as a moving one.

/**
 * @import { Stroke } from "../shared/store.js"
 * @import { Drawn } from "./picture.js"
 */

import { create } from "../shared/dom.js";
import { buttonOf, label, openShareDialog, say, t } from "./dialog.js";
import { movieOf, SCALE } from "./movie.js";
import { fileName, poster, savePng } from "./picture.js";

/**
 * What the pad has to save: how it paints strokes onto a square canvas, in that colour, and which it
 * had up to a share of all their points; null: what is on the pad was not drawn there.
 *
 * @typedef {object} Ink
 * @property {(canvas: HTMLCanvasElement, color: string, strokes?: Stroke[]) => void} paint
 * @property {((share: number) => Stroke[]) | null} upTo
 */

/**
 * @param {Ink} ink
 * @param {Omit<Drawn, "paintDrawing">} shown
 */
export function openSaveBox({ paint, upTo }, shown) {
  /** @type {Drawn} */
  const drawn = { ...shown, paintDrawing: (canvas, color) => paint(canvas, color) };
  const title = create("h2");
  const body = create("div", { className: "body" });
  const still = buttonOf("save.picture", () => {
    savePng(poster(drawn), fileName(drawn.answer, "png"));
    close.click();
  });
  const moving = buttonOf("save.movie", makeMovie);
  const about = create("p");
  const progress = create("progress", { max: 1 });
  const stop = buttonOf("save.stop", offer);
  label(progress, "save.making");
  let work = new AbortController();
  let made = ""; // the address of the moving picture

  /** Let the reader choose, and give up what was under way. */
  function offer() {
    work.abort();
    work = new AbortController();
    if (made) URL.revokeObjectURL(made);
    made = "";
    say(title, "save.title");
    say(about, upTo ? "save.movie.about" : "save.movie.none");
    moving.disabled = !upTo;
    body.replaceChildren(still, moving, about);
    still.focus();
  }

  async function makeMovie() {
    if (!upTo) return;
    progress.value = 0;
    say(title, "save.making");
    body.replaceChildren(progress, stop);
    stop.focus();
    const { signal } = work;
    const onprogress = (/** @type {number} */ share) => progress.value = share;
    const file = await movieOf(drawn, { upTo, paint, signal, onprogress });
    if (file) show(file);
  }

  /** @param {Blob} file */
  function show(file) {
    made = URL.createObjectURL(file);
    const name = fileName(drawn.answer, "gif");
    const link = create("a", { href: made, download: name });
    say(title, "save.made");
    say(link, "save.movie.file", { n: Math.round(file.size / 1000) });
    // Who wants no motion sees its last frame.
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const picture = isStill
      ? poster(drawn, SCALE)
      : create("img", { src: made, alt: t("save.movie.alt") });
    body.replaceChildren(picture, link);
    const files = [new File([file], name, { type: file.type })];
    if (navigator.canShare?.({ files })) {
      body.append(buttonOf("save.send", () => navigator.share({ files }).catch(console.info)));
    }
    link.focus();
  }

  const { close } = openShareDialog({
    name: "save-dialog",
    title,
    body,
    begin: offer,
    end: () => work.abort(),
  });
}
