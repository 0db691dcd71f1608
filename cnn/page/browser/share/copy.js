import { create } from "../shared/dom.js";
import { closed, opened } from "../shared/history.js";
import { setLabel, setText } from "../shared/i18n.js";

/**
 * Put a link into the clipboard; where that is forbidden, show it to be copied by hand.
 *
 * @param {string} link
 * @returns {Promise<boolean>} whether it is in the clipboard
 */
export async function copyLink(link) {
  try {
    await navigator.clipboard.writeText(link); // missing where the page is not secure
    return true;
  } catch {
    showLink(link);
    return false;
  }
}

/** @param {string} link */
function showLink(link) {
  const dialog = create("dialog", { className: "link-dialog" });
  const title = create("h2", { id: "link-title" });
  const field = document.createElement("input");
  Object.assign(field, { type: "text", readOnly: true, value: link });
  const close = create("button", { type: "button" });
  setText(title, "link.by_hand");
  setLabel(field, "link.field");
  setText(close, "link.close");
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.append(title, field, close);
  const part = {
    open() {
      // Within the page, for its styles; a dialog gives the focus back to where it was.
      (document.querySelector(".page") ?? document.body).append(dialog);
      dialog.showModal();
      field.focus();
      field.select();
      opened(part);
    },
    close() {
      dialog.close();
      dialog.remove();
      closed(part);
    },
  };
  close.addEventListener("click", part.close);
  dialog.addEventListener("cancel", part.close); // by Escape
  part.open();
}
