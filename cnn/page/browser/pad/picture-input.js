import { reduced } from "./picture.js";

/**
 * Pictures from elsewhere: a file that is chosen, dropped on the pad, or pasted.
 *
 * @param {HTMLElement} surface where they are dropped
 * @param {HTMLInputElement} input where a file is chosen
 * @param {{ show: (url: string) => void, refuse: () => void }} to show: called with the picture as
 *   a data URL; refuse: called when it is none
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

  input.addEventListener("change", () => {
    open(input.files?.[0]);
    input.value = ""; // so that the same file can be chosen again
  });
  surface.addEventListener("dragover", (event) => event.preventDefault());
  surface.addEventListener("drop", (event) => {
    event.preventDefault();
    open(event.dataTransfer?.files[0]);
  });
  document.addEventListener("paste", (event) => open(event.clipboardData?.files[0]));
}
