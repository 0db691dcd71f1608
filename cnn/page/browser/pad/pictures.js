import constants from "../engine/constants.json" with { type: "json" };
import { MAX_PICTURE } from "../shared/store.js";

/**
 * Pictures from elsewhere: a file that is chosen, dropped anywhere on the page, or pasted. A
 * dropped file never replaces the page.
 *
 * @param {HTMLElement} surface that shows, by its class "dropping", that a file may be dropped
 * @param {HTMLInputElement} input where a file is chosen
 * @param {{ show: (url: string) => void, refuse: () => void }} to show: called with the picture as
 *   a data URL; refuse: called when the file is not a picture
 */
export function acceptPictures(surface, input, { show, refuse }) {
  /** @param {File | undefined} file */
  async function open(file) {
    if (!file) return;
    try {
      show(reduced(await createImageBitmap(file)));
    } catch {
      refuse();
    }
  }

  /** @param {boolean} isOver */
  const cue = (isOver) => surface.classList.toggle("dropping", isOver);

  /** @param {DragEvent} event */
  function hasFile(event) {
    if (!event.dataTransfer?.types.includes("Files")) return false;
    event.preventDefault();
    return true;
  }

  input.addEventListener("change", () => {
    open(input.files?.[0]);
    input.value = ""; // so that the same file can be chosen again
  });
  addEventListener("dragover", (event) => {
    if (hasFile(event)) cue(event.target instanceof Node && surface.contains(event.target));
  });
  addEventListener("dragleave", ({ relatedTarget }) => {
    if (!relatedTarget) cue(false); // it left the window
  });
  addEventListener("drop", (event) => {
    cue(false);
    if (hasFile(event)) open(event.dataTransfer?.files[0]);
  });
  document.addEventListener("paste", (event) => open(event.clipboardData?.files[0]));
}

const { SIDE } = constants.picture; // px, the longer side that a picture is reduced to before it is sent

/**
 * @param {string} url
 * @returns {Promise<HTMLImageElement>} rejected when it is not a picture
 */
export async function decoded(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

/**
 * A picture as a data URL that the server takes: small enough, and with its transparency.
 *
 * @param {ImageBitmap} image
 */
function reduced(image) {
  for (let side = SIDE;; side /= 2) {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const url = canvas.toDataURL("image/webp", 0.9);
    if (url.length < MAX_PICTURE) return url;
  }
}
