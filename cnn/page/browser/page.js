// The page: brings its parts to life, and fetches the network. The same for every host.

/** @import { Server } from "./pad/pad.js" */

import { mount as mountAnswer } from "./answer/answer.js";
import { WeightsError } from "./engine/safetensors.js";
import { mount as mountMasthead } from "./masthead/masthead.js";
import { mount as mountNetwork } from "./network/network.js";
import { mount as mountPad } from "./pad/pad.js";
import { followHistory } from "./shared/address.js";
import { find } from "./shared/dom.js";
import { startWords, WordsError } from "./shared/i18n.js";
import { openOnDemand } from "./shared/on-demand.js";
import { loadNetwork } from "./shared/readings.js";
import { store } from "./shared/store.js";

import examples from "./shared/examples.json" with { type: "json" };

const WEIGHTS = new URL("../weights/network.safetensors", import.meta.url);
const WORDS = new URL("./words/", import.meta.url);

/**
 * @param {HTMLElement} element that holds the page
 * @param {{ server?: Server }} props server: what the host can do; nothing on a static host
 */
export async function mount(element, { server = {} }) {
  const page = find(element, ".page");
  const words = startWords(WORDS); // meanwhile the pad takes ink
  store.set("offers", {
    pictures: Boolean(server.split_picture),
    mnist: Boolean(server.random_mnist),
    corrections: Boolean(server.save_correction),
  });
  mountMasthead(find(page, ".masthead-part"));
  mountPad(find(page, ".pad-part"), {
    server,
    examples,
    share: () => import("./share/share.js"),
  });
  mountAnswer(find(page, ".answer-part"));
  mountNetwork(find(page, ".network-part"));
  followHistory();
  openOnDemand(page, find(page, ".lesson-part"), "lesson", () => import("./lesson/lesson.js"));
  const bench = () => import("./train/train.js");
  openOnDemand(page, find(page, ".train-part"), "training", bench);
  store.subscribe("correction", (asked) => asked && bench().catch(console.error)); // it learns from it
  page.classList.add("mounted");
  try {
    const [network] = await Promise.all([loadNetwork(WEIGHTS, examples), words]);
    store.set("network", network);
  } catch (error) {
    console.error(error);
    const reason = error instanceof WeightsError ? error.reason : "missing";
    store.set("status", error instanceof WordsError ? "words.missing" : `weights.${reason}`);
  }
}
