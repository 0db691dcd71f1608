// Asks the server to look, one request in flight, and tells the page what it said.
//
// Events on document: cnn:answer (detail: the answer, and `drawing` while the pen is down),
// cnn:painted (detail: times in ms, after every listener of cnn:answer has painted), cnn:status
// (detail: a key of words.js, or null).

const RETRY_FIRST_MS = 250;
const RETRY_MOST_MS = 4000;

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`cnn:${name}`, { detail }));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Reader {
  constructor(server) {
    this.server = server;
    this.newest = null;
    this.busy = false;
    this.lean = null; // what the last answer leans to while the pen is down
  }

  // question: { ask: name of a server function, payload, inked: when its newest ink was made,
  // drawing: whether the pen is down }.
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
      this.lean = next.drawing ? answer.lean : null;
      tell("status", answer.error ? `error.${answer.error}` : null);
      tell("answer", answer.error ? { blank: true } : next.drawing ? leaning(answer) : answer);
      tell("painted", { inked: next.inked, asked, answered, painted: performance.now() });
    }
    this.busy = false;
  }

  // The answer, however long the server is away. Gradio's `server` gives undefined on a failure.
  async reach(question) {
    for (let wait = RETRY_FIRST_MS; ; wait = Math.min(2 * wait, RETRY_MOST_MS)) {
      const { ask, payload, drawing } = this.newest ?? question;
      const answer = await this.server[ask](drawing ? { ...payload, lean: this.lean } : payload);
      if (answer) return answer;
      tell("status", "status.lost");
      await pause(wait);
    }
  }
}

// While the pen is down the page says what it leans to: a half-drawn 7 is a fair 1.
function leaning(answer) {
  if (answer.blank) return answer;
  const digits = [...answer.digits];
  const read = digits[answer.followed];
  if (read.digit !== answer.lean.digit) {
    digits[answer.followed] = { ...read, digit: answer.lean.digit, perhaps: read.digit };
  }
  return { ...answer, digits, drawing: true };
}
