// The runs that this browser keeps: the last one, so that it survives a reload, and those that the
// reader keeps to compare with. They never leave the browser but as a file, and are in no link.

/** @import { Run } from "./open.js" */

import { checkedRun } from "./open.js";
import { Shelf } from "./shelf.js";

export const MAX_KEPT = 6; // runs; each takes about half a megabyte

const last = new Shelf("last", 1);
const kept = new Shelf("kept", MAX_KEPT);

/** Whether all that was saved is still there after a reload. */
export const areKept = () => last.isKept && kept.isKept;

/** Save the run as the last one. @param {Run} run */
export const saveRun = (run) => last.put("run", run);

/** @returns {Promise<Run | null>} */
export const lastRun = async () => (await runsOn(last))[0] ?? null;

/** The runs that are kept, the oldest first. */
export const keptRuns = () => runsOn(kept);

/** @param {Run} run that is kept under its name, in place of another of that name */
export const keepRun = (run) => kept.put(run.name, run);

/** @param {string} name of a run that is kept */
export const removeRun = (name) => kept.remove(name);

/** @param {Shelf} shelf @returns {Promise<Run[]>} those that are still whole */
async function runsOn(shelf) {
  return (await shelf.all()).flatMap(({ value }) => {
    try {
      return [checkedRun(/** @type {any} */ (value))];
    } catch (error) {
      console.info(error); // another page of this origin may have left anything there
      return [];
    }
  });
}
