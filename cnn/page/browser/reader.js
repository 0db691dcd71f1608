// Asks the server to look, one request in flight, and tells the page what it said.
//
// Events on document: cnn:answer (detail: the answer, see below), cnn:painted (detail: times in ms,
// after every listener of cnn:answer has painted), cnn:status (detail: a key of words.js, or null).
//
// An answer is { blank: true, why: a key of words.js or null }, or what `Looker.look` gives; then each
// of its digits has also `shown`, the digit or "?", and the answer says whether the pen is `drawing`.

const RETRY_FIRST_MS = 250;
const RETRY_MOST_MS = 4000;
const PATIENCE_MS = 5000; // a request that takes longer is given up and made again
const SETTLE_MS = 60; // between looks at a resting pen whose answer still leans elsewhere

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`cnn:${name}`, { detail }));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let latest = { blank: true, why: "answer.none" };

// Call `paint` with the latest answer, now and whenever it changes.
export function onAnswer(paint) {
  document.addEventListener("cnn:answer", ({ detail }) => paint(detail));
  paint(latest);
}

export class Reader {
  constructor(server) {
    this.server = server;
    this.newest = null;
    this.busy = false;
    this.lean = null; // { stroke, digit, odds }: what the answer leans to under the pen
    this.settling = 0; // a timer
  }

  // question: { ask: name of a server function, payload, inked: when its newest ink was made,
  // stroke: what the pen is drawing, or null }.
  // Only the newest waits while another is in flight, so the last one asked is always answered.
  async read(question) {
    this.newest = question;
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.newest) {
        const next = this.newest;
        this.newest = null;
        clearTimeout(this.settling);
        const asked = performance.now();
        const answer = await this.reach(next);
        const answered = performance.now();
        tell("status", answer.error ? `error.${answer.error}` : null);
        latest = this.said(answer, next);
        tell("answer", latest);
        tell("painted", { inked: next.inked, asked, answered, painted: performance.now() });
      }
    } finally {
      this.busy = false;
    }
  }

  // The answer, however long the server is away. Gradio's `server` gives undefined on a failure.
  async reach(question) {
    for (let wait = RETRY_FIRST_MS; ; wait = Math.min(2 * wait, RETRY_MOST_MS)) {
      const { ask, payload, stroke } = this.newest ?? question;
      const lean = stroke && this.lean?.stroke === stroke ? this.lean : null;
      const asked = lean ? { ...payload, lean: { digit: lean.digit, odds: lean.odds } } : payload;
      const answer = await Promise.race([this.server[ask](asked), pause(PATIENCE_MS)]);
      if (answer) return answer;
      tell("status", "status.lost");
      await pause(wait);
    }
  }

  // The answer in the words of the page.
  said(answer, question) {
    if (answer.error) return { blank: true, why: null };
    if (answer.blank) {
      return { blank: true, why: question.ask === "look" ? "answer.none" : "answer.no_ink" };
    }
    const { stroke } = question;
    const digits = answer.digits.map((digit) => ({ ...digit }));
    const followed = digits[answer.followed];
    if (stroke) {
      // Under the pen the page says what it leans to: a half-drawn 7 is a fair 1. When the pen
      // rests, so does the ink; the answer comes to its end all the same.
      const { digit, odds } = answer.lean;
      if (digit !== followed.digit) {
        this.settling = setTimeout(() => this.read(question), SETTLE_MS);
        Object.assign(followed, { digit, perhaps: followed.digit, sure: false });
      }
      followed.odds = odds;
      this.lean = { stroke, digit, odds };
    }
    for (const digit of digits) digit.shown = digit.sure || stroke ? digit.digit : "?";
    return { ...answer, digits, drawing: Boolean(stroke) };
  }
}
