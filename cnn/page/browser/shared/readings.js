// Reads what is on the pad, immediately and in the browser; the server only splits pictures up.

/**
 * @import { SmoothedPrediction, Reading } from "../engine/reader.js"
 * @import { Answer, Box } from "./answer.js"
 * @import { Drawing } from "./store.js"
 */

import { Network } from "../engine/network.js";
import { Reader } from "../engine/reader.js";
import { readSafetensors, WeightsError } from "../engine/safetensors.js";
import { digitFromStrokes } from "../engine/strokes.js";
import { answerOf, BLANK } from "./answer.js";
import { floatsOf, roundedUp } from "./colors.js";
import { isWord } from "./i18n.js";
import { pixelsOf } from "./pixel-picture.js";
import { CANVAS, store } from "./store.js";

// The network, loaded: its weights, its card, and where its colour scales end.

/**
 * @typedef {ReturnType<typeof readSafetensors> & { network: Network, scales: number[] }} LoadedNetwork
 *   scales: where each stage's scale ends, on either side of zero, unless a value needs more
 */

/**
 * @param {URL} url of a safetensors file
 * @param {{ strokes: number[][] }[]} examples the drawings that set the scales
 * @returns {Promise<LoadedNetwork>} rejected with WeightsError, or as `fetch` does
 */
export async function loadNetwork(url, examples) {
  const response = await fetch(url);
  if (!response.ok) throw new WeightsError("missing", `no weights at ${url}`);
  return loadedOf(readSafetensors(await response.arrayBuffer()), examples);
}

/**
 * Weights as the page shows them. Throws a WeightsError where they make no network.
 *
 * @param {ReturnType<typeof readSafetensors>} weights
 * @param {{ strokes: number[][] }[]} examples the drawings that set the scales
 * @returns {LoadedNetwork}
 */
export function loadedOf(weights, examples) {
  const network = new Network(weights.card, weights.tensors);
  return { ...weights, network, scales: scalesOf(network, examples) };
}

/**
 * A stage's scale reaches as far as the largest value that the project's own examples produce in
 * it, and is the same for nearly every drawing: a quiet map looks quiet, and nothing flickers.
 *
 * @param {Network} network
 * @param {{ strokes: number[][] }[]} examples
 */
export function scalesOf(network, examples) {
  const scales = network.stages.map(() => 0);
  for (const { strokes } of examples) {
    const digit = digitFromStrokes(strokes, CANVAS);
    if (!digit) continue;
    network.run(digit).forEach((values, stage) => {
      for (const value of values) scales[stage] = Math.max(scales[stage], Math.abs(value));
    });
  }
  return scales.map((most) => roundedUp(most) || 1); // a dead stage has nothing to colour
}

/**
 * What the server makes of a picture: its digits from left to right, base64 of 784 float32 for
 * each, null for a mark between digits.
 *
 * @typedef {{ digits: (string | null)[], marks: (string | null)[], boxes: Box[] }} SplitPicture
 */

/**
 * The server's function. Its result is undefined when Gradio could not reach the server.
 *
 * @typedef {(picture: { picture: string }) => Promise<SplitPicture | { error: string } | undefined>} Split
 */

/**
 * What is to be read.
 *
 * @typedef {object} Question
 * @property {Drawing} drawing
 * @property {object | null} stroke what the pen is drawing, the same object until it is lifted
 * @property {number | null} inked when the newest ink was made, in ms of performance.now(); null: it
 *   is asked again for another reason
 */

const RETRY_FIRST_MS = 250;
const RETRY_MOST_MS = 4000;
const PATIENCE_MS = 5000; // a request that takes longer is abandoned and made again
const FRESH_MS = 50; // ink that is newer is followed by more: three frames
const SETTLE_MS = 60; // between readings while the pen rests and another digit is still shown

/** @type {Box} */
const WHOLE = [0, 0, 1, 1]; // the pad

/** @param {number} ms @returns {Promise<undefined>} */
const pause = (ms) => new Promise((done) => setTimeout(done, ms, undefined));

export class Readings {
  /** @type {Reader | null} */
  #reader = null;
  /** @type {Question | null} the newest */
  #question = null;
  /** @type {SmoothedPrediction & { stroke: object } | null} what is shown during one stroke */
  #held = null;
  #settling = 0; // a timer
  /** @type {{ url: string, digits: (Float32Array | null)[], marks: (string | null)[], boxes: Box[] } | null} */
  #picture = null; // the last one that the server took apart

  /** @param {Split | undefined} split undefined where no server splits pictures */
  constructor(split) {
    this.split = split;
    store.subscribe("network", (loaded) => {
      this.#reader = loaded && new Reader(loaded.network, loaded.card.threshold);
      this.#reader?.mute(store.get("muted"));
      if (this.#question) this.ask(this.#question);
    });
    store.subscribe("muted", (muted) => {
      this.#reader?.mute(muted);
      if (this.#question) this.ask(this.#question);
    });
    store.subscribe("weights", () => {
      this.#reader?.forget();
      const question = this.#question;
      if (!question) return;
      // While ink comes, its own reading is about to show the new weights: two would keep it waiting.
      if (question.stroke && performance.now() - (question.inked ?? 0) < FRESH_MS) return;
      this.ask({ ...question, inked: null });
    });
  }

  /**
   * Read, and put the answer into the store: a drawing before this returns, a picture when the
   * server has taken it apart.
   *
   * @param {Question} question
   */
  ask(question) {
    clearTimeout(this.#settling);
    this.#question = question;
    if (!this.#reader) return; // asked again when the network has loaded
    const { drawing: { strokes, picture } } = question;
    const pixels = picture && pixelsOf(picture);
    if (!picture) {
      this.#show(this.#reader.readStrokes(strokes.map(({ points }) => points), CANVAS, {
        follow: store.get("follow"),
        before: question.stroke && this.#held?.stroke === question.stroke ? this.#held : null,
      }));
    } else if (pixels) {
      this.#show(this.#reader.readDigits([pixels], [WHOLE]));
    } else if (this.#picture?.url === picture) {
      const { digits, boxes, marks } = this.#picture;
      this.#show(this.#reader.readDigits(digits, boxes, { marks, follow: store.get("follow") }));
    } else this.#takeApart(picture);
  }

  /** @param {Reading | null} reading null: nothing is there to read */
  #show(reading) {
    const { drawing: { picture }, stroke, inked } = /** @type {Question} */ (this.#question);
    store.set("status", reading?.tooMany ? "error.too_many_digits" : null);
    const answer = reading
      ? answerOf(reading, stroke !== null)
      : picture
      ? { ...BLANK, why: /** @type {const} */ ("answer.no_ink") }
      : BLANK;
    if (stroke && reading?.held) this.#hold(stroke, reading, reading.held);
    store.set("answer", answer);
    report(answer, inked);
  }

  /**
   * Remember what is shown. While the pen rests, no new ink brings a new reading: then the same ink
   * is read again until what is shown is what the network says.
   *
   * @param {object} stroke
   * @param {Reading} reading
   * @param {SmoothedPrediction} held
   */
  #hold(stroke, { digits, followed }, held) {
    this.#held = { stroke, ...held };
    if (held.digit === digits[followed].digit) return;
    this.#settling = setTimeout(() => this.#question && this.ask(this.#question), SETTLE_MS);
  }

  /**
   * Have the server split the picture: try until it answers, as long as the picture is on the pad.
   *
   * @param {string} url
   */
  async #takeApart(url) {
    const isOnPad = () => this.#question?.drawing.picture === url;
    for (let wait = RETRY_FIRST_MS; isOnPad(); wait = Math.min(2 * wait, RETRY_MOST_MS)) {
      const reply = await Promise.race([this.split?.({ picture: url }), pause(PATIENCE_MS)]);
      if (!isOnPad()) return;
      if (reply && "error" in reply) {
        store.set("status", errorWord(reply.error));
        return store.set("answer", { ...BLANK, why: null });
      }
      if (reply) {
        const digits = reply.digits.map((digit) => digit === null ? null : floatsOf(digit));
        this.#picture = { url, digits, boxes: reply.boxes, marks: reply.marks };
        return this.ask(/** @type {Question} */ (this.#question));
      }
      store.set("status", "status.lost");
      await pause(wait);
    }
  }
}

/** @param {string} name of the server's error */
function errorWord(name) {
  const word = `error.${name}`;
  return isWord(word) ? word : "error.unknown";
}

/**
 * Tells benchmarks/live.py and the tests that all is painted. The page itself watches the store.
 *
 * @param {Answer} answer
 * @param {number | null} inked
 */
function report(answer, inked) {
  const painted = performance.now();
  document.dispatchEvent(new CustomEvent("cnn:answer", { detail: answer }));
  if (inked === null) return;
  document.dispatchEvent(new CustomEvent("cnn:painted", { detail: { inked, painted } }));
}
