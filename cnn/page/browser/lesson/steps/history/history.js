// Watch it learn: the run that made the weights, moment by moment, on the reader's own drawing.

/**
 * @import { Context, Exhibit, Now, Question, Step } from "../../step.js"
 * @import { Key } from "./words.js"
 */

import { create } from "../../../shared/dom.js";
import { Later, waiting } from "../../blocks/later.js";
import { exhibitOf } from "./exhibit.js";
import { Networks, readHistory } from "./moments.js";
import { whenSettled } from "./question.js";
import { words } from "./words.js";

const file = new Later("convnet.history.safetensors", readHistory);
/** @type {{ networks: Networks, architecture: unknown } | null} of the history, each built once */
let built = null;
/** @type {Question | null} asked before the pen came down */
let asked = null;

/** @type {Step} */
export const history = {
  name: "history",
  words,
  lights: ["Conv2d"],
  ofReading: true,
  question,
  mount,
};

/** @param {Now} now */
function question({ answer, loaded }) {
  const history = file.value;
  if (answer.blank || !history || history.sha256 !== loaded.card.sha256) return null;
  if (answer.drawing && asked) return asked; // a dozen looks, which can wait for the pen
  const readings = networksOf(loaded.card.architecture).readings(answer.seen);
  return asked = whenSettled(history.moments, readings);
}

/** @param {unknown} architecture */
function networksOf(architecture) {
  if (built && built.architecture === architecture) return built.networks;
  const networks = new Networks(architecture, file.value?.moments ?? []);
  built = { networks, architecture };
  return networks;
}

/**
 * @param {HTMLElement} place
 * @param {Context<Key>} context
 * @returns {Exhibit}
 */
function mount(place, context) {
  const { card } = context.loaded;
  /** @type {Exhibit | null} once the run is here */
  let exhibit = null;
  const wait = waiting({
    ...{ context, later: file, missing: "missing" },
    onValue({ sha256, moments }) {
      if (sha256 !== card.sha256) {
        const line = create("p", { className: "note" });
        context.say(line, "other");
        return place.append(line);
      }
      exhibit = exhibitOf(place, context, { moments, networks: networksOf(card.architecture) });
      context.changed();
    },
  });
  place.append(wait.element);
  return {
    paint: (answer) => exhibit?.paint(answer),
    reveal: () => exhibit?.reveal?.(),
    destroy() {
      wait.stop();
      exhibit?.destroy?.();
    },
  };
}
