// What this step fetches: the MLP, and how both networks read MNIST's test digits when moved.

import { Network } from "../../../engine/network.js";
import { readSafetensors, WeightsError } from "../../../engine/safetensors.js";
import { Later } from "../../blocks/later.js";

/**
 * The table that `python -m cnn.evaluate --shifts` writes: cnn/shifts.py says what is in it.
 *
 * @typedef {object} Shifts
 * @property {string} command
 * @property {number} digits how many
 * @property {number[]} shifts px
 * @property {number[]} ink percent
 * @property {Record<"convnet" | "mlp", { sha256: string, right: number[] }>} networks
 */

export const mlp = new Later("mlp.safetensors", (content) => {
  const { card, tensors } = readSafetensors(content);
  return { card, network: new Network(card.architecture, tensors) };
});

export const shifts = new Later("shifts.json", (content) => {
  /** @type {Shifts} */
  const table = JSON.parse(new TextDecoder().decode(content));
  const columns = [table.ink, table.networks.convnet.right, table.networks.mlp.right];
  if (columns.some(({ length }) => length !== table.shifts.length)) {
    throw new WeightsError("unfit", "shifts.json is no table of shifts");
  }
  return table;
});
