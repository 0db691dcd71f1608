// Three sliders, a window that walks over the picture, and the map that grows with its steps.

/**
 * @import { Answer } from "../../../shared/answer.js"
 * @import { Context } from "../../step.js"
 * @import { Geometry } from "./sizes.js"
 * @import { words } from "./words.js"
 */

import { create } from "../../../shared/dom.js";
import { choice } from "../../blocks/choice.js";
import { player } from "../../blocks/player.js";
import { slider } from "../../blocks/slider.js";
import { picturesOf } from "./pictures.js";
import { sentencesOf } from "./sentences.js";
import { sizeOf } from "./sizes.js";

const SIDE = 28; // px of the digit
const WHOLE = { top: 0, left: 0, width: SIDE, height: SIDE };
const CUT = { top: 9, left: 8, width: 12, height: 9 }; // about its middle
const GROWS_S = 3; // seconds that a map takes to grow
const LIMITS = { F: [1, 11], S: [1, 5], P: [0, 4] };

/**
 * @param {HTMLElement} place
 * @param {Context<keyof typeof words.en>} context
 * @param {Geometry} asked what the question asks about
 */
export function mount(place, context, asked) {
  /** @type {Geometry} */
  let geometry = { F: 3, S: 1, P: 1 };
  let region = CUT;
  /** @type {Answer | null} */
  let shown = null;

  const pictures = picturesOf(context);
  const sentences = sentencesOf(context);
  const of = choice({
    context,
    word: "of",
    options: [{ value: 0, word: "of.cut" }, { value: 1, word: "of.whole" }],
    value: 0,
    onChange(value) {
      region = value ? WHOLE : CUT;
      change();
    },
  });
  const sliders = {
    F: sliderOf("F"),
    S: sliderOf("S"),
    P: sliderOf("P"),
  };
  const play = player({ context, count: 1, onChange: (at) => pictures.place(at) });
  const controls = create("div", { className: "controls" });
  controls.append(...Object.values(sliders).map(({ element }) => element));
  place.classList.add("stack");
  place.append(
    of.element,
    controls,
    sentences.element,
    pictures.element,
    play.element,
    sentences.network,
  );

  /** @param {keyof Geometry} name */
  function sliderOf(name) {
    const [min, max] = LIMITS[name];
    const value = geometry[name];
    return slider({ context, word: name, min, max, value, onChange: change });
  }

  function change() {
    geometry = { F: sliders.F.value, S: sliders.S.value, P: sliders.P.value };
    rebuild();
    play.set(0);
    pictures.place(0);
    if (count() > 1) play.play();
  }

  const count = () => sizeOf(region.width, geometry) * sizeOf(region.height, geometry);

  function rebuild() {
    const cells = count();
    const { at } = play;
    const wasWhole = at === 0 || at >= cells - 1;
    play.resize(Math.max(1, cells), cells / GROWS_S);
    play.element.hidden = cells < 2;
    if (wasWhole) play.set(cells - 1);
    paintBoth();
  }

  function paintBoth() {
    const isAsked = region === WHOLE &&
      Object.entries(asked).every(([name, value]) =>
        geometry[/** @type {keyof Geometry} */ (name)] === value
      );
    sentences.paint(region, geometry, isAsked);
    if (shown) pictures.paint(cutOf(shown, region), region, geometry, isAsked);
    play.element.classList.toggle("secret", isAsked); // it has as many places as the map
    pictures.place(play.at);
  }

  return {
    /** @param {Answer} answer */
    paint(answer) {
      const isFirst = shown === null;
      shown = answer;
      if (isFirst) rebuild();
      else paintBoth();
    },
    /** Show what was asked for. */
    reveal() {
      region = WHOLE;
      of.set(1);
      for (const name of /** @type {const} */ (["F", "S", "P"])) sliders[name].set(asked[name]);
      change();
    },
    destroy: play.stop,
  };
}

/**
 * The pixels of a part of the digit.
 *
 * @param {Answer} answer
 * @param {typeof WHOLE} region
 */
function cutOf({ blank, seen }, { top, left, width, height }) {
  return Float32Array.from({ length: width * height }, (_, i) => {
    const at = (top + Math.floor(i / width)) * SIDE + left + i % width;
    return blank ? 0 : seen[at];
  });
}
