// A player for numbered moments: they can be played, paused, stepped through or scrubbed.

/** @import { Context } from "../step.js" */

import { inputOf } from "../../shared/controls.js";
import { create } from "../../shared/dom.js";

const MS = 1000; // in a second
const OWN_SPACE = "button, input:not([type=range]), textarea, select, [contenteditable], .pad-part";
const ICONS = {
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  back: "M15 5l-8 7 8 7",
  on: "M9 5l8 7-8 7",
};

/**
 * Space steps on wherever it has no other meaning. For reduced motion, playing jumps to the end.
 *
 * @param {object} options
 * @param {Context} options.context
 * @param {number} options.count moments, at least 1
 * @param {number} [options.stepsPerSecond]
 * @param {(at: number) => void} options.onChange with the moment, from 0; not called by `set`
 */
export function player({ context, count, stepsPerSecond = 12, onChange }) {
  const element = create("div", { className: "player" });
  const back = button("back", "player.back");
  const play = button("play", "player.play");
  const on = button("on", "player.on");
  const scrubber = inputOf("range", { min: 0, max: count - 1, value: 0 });
  const ended = new AbortController();
  const { signal } = ended;
  let [at, frame, most, pace] = [0, 0, count, stepsPerSecond];
  context.label(scrubber, "player.at");
  element.append(back, play, on, scrubber);

  /** @param {"back" | "play" | "on"} name @param {string} word */
  function button(name, word) {
    const made = create("button", { type: "button", className: "plain icon" });
    made.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${
      ICONS[name]
    }" /></svg>`;
    context.label(made, word);
    return made;
  }

  /** @param {boolean} playing */
  function showPlaying(playing) {
    context.label(play, playing ? "player.pause" : "player.play");
    play.querySelector("path")?.setAttribute("d", ICONS[playing ? "pause" : "play"]);
  }

  function pause() {
    cancelAnimationFrame(frame);
    frame = 0;
    showPlaying(false);
  }

  /** @param {number} to */
  function place(to) {
    at = Math.max(0, Math.min(most - 1, to));
    scrubber.value = `${at}`;
  }

  /** @param {number} to */
  function go(to) {
    place(to);
    onChange(at);
  }

  function start() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return go(most - 1);
    const from = at === most - 1 ? 0 : at;
    let began = 0;
    showPlaying(true);
    frame = requestAnimationFrame(function tick(now) {
      began ||= now;
      const to = from + Math.floor((now - began) / MS * pace);
      if (to !== at) go(to);
      if (at === most - 1) return pause();
      frame = requestAnimationFrame(tick);
    });
  }

  /** @param {number} by */
  function step(by) {
    pause();
    go(at + by);
  }

  back.addEventListener("click", () => step(-1));
  on.addEventListener("click", () => step(1));
  play.addEventListener("click", () => frame ? pause() : start());
  scrubber.addEventListener("input", () => {
    pause();
    go(scrubber.valueAsNumber);
  });
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key !== " " || (target instanceof Element && target.closest(OWN_SPACE))) return;
    event.preventDefault();
    step(1);
  }, { signal });

  return {
    element,
    get at() {
      return at;
    },
    get playing() {
      return frame !== 0;
    },
    play: start,
    pause,
    /** @param {number} to */
    set(to) {
      pause();
      place(to);
    },
    /**
     * Change the number of moments; the player stays where it is if that moment still exists.
     *
     * @param {number} moments
     * @param {number} perSecond
     */
    resize(moments, perSecond = pace) {
      pause();
      most = moments;
      pace = perSecond;
      scrubber.max = `${most - 1}`;
      place(at);
    },
    /** To be called when the exhibit is destroyed. */
    stop() {
      pause();
      ended.abort();
    },
  };
}

/**
 * Follow a pointer that is pressed on an element and dragged over it. Callers must offer the same
 * by keyboard.
 *
 * @param {HTMLElement} element
 * @param {(x: number) => void} onPlace in px of the page's view
 */
export function sweep(element, onPlace) {
  element.classList.add("swept");
  element.addEventListener("pointerdown", ({ pointerId, clientX }) => {
    element.setPointerCapture(pointerId);
    onPlace(clientX);
  });
  element.addEventListener("pointermove", ({ pointerId, clientX }) => {
    if (element.hasPointerCapture(pointerId)) onPlace(clientX);
  });
}
