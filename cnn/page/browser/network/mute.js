// Switching maps and neurons off.

/**
 * @import { Muted } from "../engine/network.js"
 * @import { Placed } from "./layout.js"
 * @import { StageView } from "./stage.js"
 */

import { create } from "../shared/dom.js";
import { setLabel, setText } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { hasMaps, nameOf, placeOf, unitOf } from "./layout.js";
import { lightOf } from "./lights.js";

/** Whether the value is switched off. @param {Placed} stage @param {number} index */
export const isMuted = (stage, index) =>
  store.get("muted").get(stage.index)?.has(unitOf(stage, index)) ?? false;

/**
 * Switch the value's map off or on; in a stage without maps, just the value.
 *
 * @param {Placed} stage
 * @param {number} index
 */
export function toggleMuted(stage, index) {
  const unit = unitOf(stage, index);
  const units = new Set(store.get("muted").get(stage.index));
  if (!units.delete(unit)) units.add(unit);
  const muted = new Map(store.get("muted"));
  if (units.size) muted.set(stage.index, units);
  else muted.delete(stage.index);
  store.set("muted", muted);
}

/** How many maps and neurons are switched off. @param {Muted} muted */
const count = (muted) => [...muted.values()].reduce((sum, { size }) => sum + size, 0);

/** A button that switches everything on again; it is shown only while something is off. */
export function unmuteAll() {
  const element = create("button", { type: "button", className: "unmute" });
  element.addEventListener("click", () => store.set("muted", new Map()));
  return {
    element,
    /** @param {Muted} muted */
    paint(muted) {
      const n = count(muted);
      element.hidden = n === 0;
      setText(element, "mute.all", { n });
    },
  };
}

/**
 * Mark what is switched off.
 *
 * @param {Placed[]} stages
 * @param {StageView[]} views
 * @param {Muted} muted
 */
export function markMuted(stages, views, muted) {
  stages.forEach((stage, i) => {
    const units = muted.get(i) ?? new Set();
    views[i].tiles.forEach((tile, map) => {
      const isOff = hasMaps(stage) && units.has(map);
      tile.classList.toggle("muted", isOff);
      const values = { layer: stage.name, map: map + 1, n: stage.size };
      setLabel(tile, isOff ? "mute.label" : nameOf(stage, "map.label"), values);
      tile.querySelectorAll(".off").forEach((mark) => mark.remove());
      if (!hasMaps(stage)) lightOf(tile).append(...[...units].map((unit) => offMark(stage, unit)));
    });
  });
}

/** @param {Placed} stage @param {number} index */
function offMark(stage, index) {
  const { row, column } = placeOf(stage, index);
  const mark = create("i", { className: "off" });
  mark.style.left = `${100 * (column + 0.5) / stage.width}%`;
  mark.style.top = `${100 * (row + 0.5) / stage.height}%`;
  return mark;
}
