/** @import { Context } from "../step.js" */

import { decimal } from "../../shared/numbers.js";

/**
 * How far something was moved, in words: "left 1.0 px, up 3.0 px", never by a negative number.
 *
 * @param {Context} context
 * @param {number} right px
 * @param {number} down px
 * @param {number} [decimals]
 */
export function movedText({ t }, right, down, decimals = 0) {
  const parts = [
    { px: right, word: right < 0 ? "move.left" : "move.right" },
    { px: down, word: down < 0 ? "move.up" : "move.down" },
  ].map(({ px, word }) => ({ px: decimal(Math.abs(px), decimals), word }))
    .filter(({ px }) => Number(px) !== 0);
  return parts.map(({ px, word }) => t(word, { px })).join(t("move.and")) || t("move.none");
}
