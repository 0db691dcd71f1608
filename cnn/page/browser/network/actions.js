// What one can do with a value: trace it to the ink, and switch off the map or neuron it is of.

/**
 * @import { Cell } from "../shared/store.js"
 * @import { Placed } from "./stages.js"
 */

import { create } from "../shared/dom.js";
import { setText } from "../shared/i18n.js";
import { isMuted, toggleMuted } from "./mute.js";
import { hasBars, hasMaps, isNeurons } from "./stages.js";

/**
 * @param {Placed} stage
 * @param {number} map
 * @param {() => number} pointed index of the value that is pointed at
 * @param {(cell: Cell) => void} trace
 */
export function actionsOf(stage, map, pointed, trace) {
  const element = create("p", { className: "actions" });
  const tracing = create("button", { type: "button", className: "trace" });
  const muting = create("button", { type: "button", className: "mute" });
  const muteWords = create("span");
  muting.append(muteWords, " ", create("kbd", { textContent: "M" }));
  setText(tracing, "trace");
  element.append(tracing);
  // A log-probability of zero would be the surest of all answers, not none.
  if (stage.kind !== "LogSoftmax") element.append(muting);
  // A map can be switched off whatever is pointed at.
  const unit = () => hasMaps(stage) ? map * stage.size / stage.count : pointed();

  function mute() {
    if (stage.kind !== "LogSoftmax") toggleMuted(stage, unit());
  }
  muting.addEventListener("click", mute);
  tracing.addEventListener("click", () => trace({ stage: stage.index, index: pointed() }));

  return {
    element,
    mute,
    paint() {
      const index = unit();
      const isOff = isMuted(stage, index);
      muting.ariaPressed = `${isOff}`;
      const values = { neuron: index + 1, digit: index };
      setText(muteWords, isOff ? "mute.off" : wordFor(stage), values);
    },
  };
}

/** @param {Placed} stage @returns {"mute.map" | "mute.digit" | "mute.neuron" | "mute.value"} */
function wordFor(stage) {
  if (hasMaps(stage)) return "mute.map";
  if (hasBars(stage)) return "mute.digit";
  return isNeurons(stage) ? "mute.neuron" : "mute.value";
}
