// Asks the server what it reads, one request in flight, and puts its answers into the store.

/**
 * @import { Answer, DigitsReply, PicturePayload, Question, Reply, Smoothed, StrokesPayload } from "./answer.js"
 */

import { answerOf } from "./answer.js";
import { isWord } from "./i18n.js";
import { store } from "./store.js";

/**
 * The functions of the server. Gradio gives undefined when it could not reach it.
 *
 * @typedef {object} Server
 * @property {(payload: StrokesPayload) => Promise<Reply | undefined>} predict_strokes
 * @property {(payload: PicturePayload) => Promise<Reply | undefined>} predict_picture
 */

/**
 * When one answer came about, in ms of performance.now().
 *
 * @typedef {{ inked: number, asked: number, answered: number, painted: number }} Times
 */

const RETRY_FIRST_MS = 250;
const RETRY_MOST_MS = 4000;
const PATIENCE_MS = 5000; // a request that takes longer is given up and made again
const SETTLE_MS = 60; // between questions about a resting pen while another digit is still shown

/** @param {number} ms @returns {Promise<undefined>} */
const pause = (ms) => new Promise((done) => setTimeout(done, ms, undefined));

export class PredictorClient {
  /** @type {Question | null} the newest that was not sent yet; an older one is not worth sending */
  #waiting = null;
  #busy = false;
  /** @type {Smoothed & { stroke: object } | null} what is shown during one stroke */
  #smoothed = null;
  #settling = 0; // a timer

  /** @param {Server} server */
  constructor(server) {
    this.server = server;
  }

  /**
   * Ask, now or when the request in flight is through. The last question is always answered.
   *
   * @param {Question} question
   */
  async ask(question) {
    this.#waiting = question;
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) await this.#answer(next);
    } finally {
      this.#busy = false;
    }
  }

  #next() {
    const next = this.#waiting;
    this.#waiting = null;
    return next;
  }

  /** @param {Question} first */
  async #answer(first) {
    clearTimeout(this.#settling);
    const { question, reply, asked } = await this.#reach(first);
    const answered = performance.now();
    store.set("status", "error" in reply ? errorWord(reply.error) : null);
    const answer = answerOf(reply, question);
    if (question.stroke && "smoothed" in reply) this.#hold(question, question.stroke, reply);
    store.set("answer", answer);
    report(answer, { inked: question.inked, asked, answered, painted: performance.now() });
  }

  /**
   * A reply, however long the server is away, and the question that it replies to: after a failure
   * that is the newest one.
   *
   * @param {Question} question
   */
  async #reach(question) {
    for (let wait = RETRY_FIRST_MS;; wait = Math.min(2 * wait, RETRY_MOST_MS)) {
      const asked = performance.now();
      const reply = await Promise.race([this.#send(question), pause(PATIENCE_MS)]);
      if (reply) return { question, reply, asked };
      store.set("status", "status.lost");
      await pause(wait);
      question = this.#next() ?? question;
    }
  }

  /** @param {Question} question */
  #send({ payload, stroke }) {
    if ("picture" in payload) return this.server.predict_picture(payload);
    if (!stroke || this.#smoothed?.stroke !== stroke) return this.server.predict_strokes(payload);
    const { digit, probs } = this.#smoothed;
    return this.server.predict_strokes({ ...payload, smoothed: { digit, probs } });
  }

  /**
   * Remember what is shown. When the pen rests, no new ink brings a new question: then the old one
   * is asked again until what is shown is what the network says.
   *
   * @param {Question} question
   * @param {object} stroke
   * @param {DigitsReply} reply
   */
  #hold(question, stroke, { digits, followed, smoothed }) {
    this.#smoothed = { stroke, ...smoothed };
    if (smoothed.digit === digits[followed].digit) return;
    this.#settling = setTimeout(() => this.ask(question), SETTLE_MS);
  }
}

/** @param {string} name of an error of the server */
function errorWord(name) {
  const word = `error.${name}`;
  return isWord(word) ? word : "error.unknown";
}

/**
 * For benchmarks/live.py and the tests, when all have painted. The page itself watches the store.
 *
 * @param {Answer} answer
 * @param {Times} times
 */
function report(answer, times) {
  document.dispatchEvent(new CustomEvent("cnn:answer", { detail: answer }));
  document.dispatchEvent(new CustomEvent("cnn:painted", { detail: times }));
}
