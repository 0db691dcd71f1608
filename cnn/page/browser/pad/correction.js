/**
 * @import { StrokesPayload } from "../shared/answer.js"
 * @import { Word } from "../shared/i18n.js"
 */

import { isWord } from "../shared/i18n.js";
import { store } from "../shared/store.js";

/** @typedef {{ saved: number } | { error: string }} SaveReply */

/** @typedef {(payload: StrokesPayload & { label: number }) => Promise<SaveReply | undefined>} Save */

/**
 * Save the corrections that are asked for, and say what became of them.
 *
 * @param {Save} save the server's function
 * @param {() => StrokesPayload | null} strokes what is on the pad now; null when it is a picture
 */
export function saveCorrections(save, strokes) {
  store.subscribe("correction", async (correction) => {
    if (!correction || correction.outcome) return;
    const { label } = correction;
    const payload = strokes();
    const outcome = payload ? outcomeOf(await save({ ...payload, label })) : "correction.strokes";
    store.set("correction", { label, outcome });
  });
}

/**
 * @param {SaveReply | undefined} reply undefined: the server was not reached
 * @returns {Word}
 */
function outcomeOf(reply) {
  if (!reply) return "status.failed";
  if ("saved" in reply) return "correction.saved";
  const word = `error.${reply.error}`;
  return isWord(word) ? word : "error.unknown";
}
