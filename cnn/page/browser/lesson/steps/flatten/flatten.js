// Why not flatten? The MLP and the ConvNet read the same digit while it is moved within its frame.

/**
 * @import { LoadedNetwork } from "../../../shared/network.js"
 * @import { Context, Step } from "../../step.js"
 * @import { Key } from "./words.js"
 * @import { Shifts } from "./files.js"
 */

import { Network } from "../../../engine/network.js";
import { create } from "../../../shared/dom.js";
import { waiting } from "../../blocks/later.js";
import { exhibitOf } from "./exhibit.js";
import { mlp, shifts } from "./files.js";
import { firstToLose } from "./question.js";
import { figuresOf, tableOf } from "./table.js";
import { words } from "./words.js";

/** A ConvNet of our own: another's run would overwrite what it gave. @type {WeakMap<LoadedNetwork, Network>} */
const owns = new WeakMap();

/** @type {Step} */
export const flatten = {
  name: "flatten",
  words,
  lights: ["Flatten"],
  ofReading: true,
  question: ({ answer, loaded }) =>
    mlp.value && firstToLose(answer, { convnet: ownOf(loaded), mlp: mlp.value.network }),
  mount,
};

/** @param {LoadedNetwork} loaded */
function ownOf(loaded) {
  const own = owns.get(loaded) ?? new Network(loaded.card.architecture, loaded.tensors);
  owns.set(loaded, own);
  return own;
}

/** @param {HTMLElement} place @param {Context<Key>} context */
function mount(place, context) {
  const { loaded } = context;
  const exhibit = exhibitOf(context, ownOf(loaded));
  const measured = create("div", { className: "secret" });
  const figures = create("div");
  const tables = create("div", { className: "tables" });
  const age = create("p", { className: "note", hidden: true });
  tables.append(measured, figures);
  const notes = create("div");
  exhibit.element.append(tables, notes, age);
  place.append(exhibit.element);

  /** @param {NonNullable<typeof mlp.value>} loadedMlp */
  function compare({ network, card }) {
    exhibit.compareWith(network);
    const { element, note } = figuresOf({ mlp: card, convnet: loaded.card }, context);
    figures.append(element);
    notes.append(note);
    tellAge();
    context.changed();
  }

  /** @param {Shifts} table */
  function show(table) {
    const { element, note } = tableOf(table, context);
    measured.append(element);
    notes.prepend(note);
    tellAge();
  }

  /** A table of other weights than those beside it is not passed off as theirs. */
  function tellAge() {
    if (!mlp.value || !shifts.value) return;
    const { command, networks } = shifts.value;
    const isOf = networks.mlp.sha256 === mlp.value.card.sha256 &&
      networks.convnet.sha256 === loaded.card.sha256;
    age.hidden = isOf;
    context.say(age, "stale", { command });
  }

  const waits = [
    waiting({ context, later: mlp, missing: "missing.mlp", onValue: compare }),
    waiting({ context, later: shifts, missing: "missing.shifts", onValue: show }),
  ];
  figures.append(waits[0].element);
  measured.append(waits[1].element);
  return {
    paint: exhibit.paint,
    destroy() {
      exhibit.destroy();
      for (const wait of waits) wait.stop();
    },
  };
}
