// Asks the server to look, one request in flight, and tells the page what it said.
//
// Events on document: cnn:answer (detail: the answer), cnn:painted (detail: times in ms, after every
// listener of cnn:answer has painted), cnn:status (detail: a key of words.js, or null).

const RETRY_FIRST_MS = 250;
const RETRY_MOST_MS = 4000;

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`cnn:${name}`, { detail }));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Reader {
  constructor(server) {
    this.server = server;
    this.newest = null;
    this.busy = false;
  }

  // question: { ask: name of a server function, payload, inked: when its newest ink was made }.
  // Only the newest waits while another is in flight, so the last one asked is always answered.
  async read(question) {
    this.newest = question;
    if (this.busy) return;
    this.busy = true;
    while (this.newest) {
      const next = this.newest;
      this.newest = null;
      const asked = performance.now();
      const answer = await this.reach(next);
      const answered = performance.now();
      tell("status", answer.error ? `error.${answer.error}` : null);
      tell("answer", answer.error ? { blank: true } : answer);
      tell("painted", { inked: next.inked, asked, answered, painted: performance.now() });
    }
    this.busy = false;
  }

  // The answer, however long the server is away. Gradio's `server` gives undefined on a failure.
  async reach(question) {
    for (let wait = RETRY_FIRST_MS; ; wait = Math.min(2 * wait, RETRY_MOST_MS)) {
      const { ask, payload } = this.newest ?? question;
      const answer = await this.server[ask](payload);
      if (answer) return answer;
      tell("status", "status.lost");
      await pause(wait);
    }
  }
}

export const blank = () => tell("answer", { blank: true });
