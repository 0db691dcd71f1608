// Watches the page for live.py: how long each update takes, and what each frame shows.
//
// Every painting on a canvas gets the next number. When a frame begins, all that was painted before
// is shown with it: if the pad has new ink, every map has to be newer than that ink by then, and
// the page's newest answer has to be about it and to stand there. (What a page would paint later
// in the same frame, in a callback of its own, counts as missing: never too good.)
(() => {
  const pad = document.querySelector(".pad canvas");
  const maps = [...document.querySelectorAll("[data-map]")]
    .map((map) => map.querySelector("canvas"))
    .filter(Boolean); // a stage of bars has none

  const updates = []; // { inked, began, painted } in ms of performance.now(), waited in ms, stroke
  const frames = []; // of each with new ink: { whole, inked, handed }
  const numbers = new Map(); // of each canvas: the number of its newest painting
  let count = 0;
  let answer = null; // the newest: its number, what it shows, when the ink was made that it reads
  let event = null; // the newest of the pointer
  let waited = 0; // ms, the longest of its events
  let stroke = 0; // how many were begun
  let timed = 0; // the number of the ink whose update is timed already
  let framed = 0; // and of the ink that a frame has shown already

  for (const name of ["stroke", "putImageData"]) {
    const paint = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...rest) {
      paint.apply(this, rest);
      numbers.set(this.canvas, ++count);
    };
  }
  const inkNumber = () => numbers.get(pad) ?? 0;

  /** How long an event waited until the page was free to take it. */
  const wait = ({ timeStamp }) => waited = Math.max(waited, performance.now() - timeStamp);
  // The browser holds a move back until the next frame, even if the page is idle; this event,
  // which tells of the same move, it does not.
  addEventListener("pointerrawupdate", wait, { capture: true });
  addEventListener("pointerdown", wait, { capture: true });
  for (const type of ["pointerdown", "pointermove"]) {
    addEventListener(type, ({ timeStamp }) => {
      if (type === "pointerdown") stroke++;
      event = { inked: timeStamp, waited, began: performance.now(), stroke };
      waited = 0;
      // Before the page's own callbacks. A frame that is always asked for would take the place of
      // the one that an event brings about.
      requestAnimationFrame(frameBegins);
    }, { capture: true });
  }

  document.addEventListener("cnn:answer", ({ detail }) => {
    answer = { number: ++count, shown: detail.digits.map(({ shown }) => shown).join("") };
  });
  document.addEventListener("cnn:painted", ({ detail }) => {
    if (answer) answer.inked = detail.inked;
    if (!event || inkNumber() <= timed) return; // no new ink: the pen was lifted, or rests
    timed = inkNumber();
    updates.push({ ...event, painted: performance.now() });
  });

  const isWhole = (ink) =>
    maps.every((map) => numbers.get(map) > ink) &&
    answer?.number > ink && answer.inked === event.inked &&
    [...document.querySelectorAll(".verdict .digit")].map((digit) => digit.textContent)
        .join("") === answer.shown;

  const { port1, port2 } = new MessageChannel(); // runs once the frame is handed over
  port1.onmessage = () => frames.at(-1) && (frames.at(-1).handed ??= performance.now());
  function frameBegins() {
    if (inkNumber() <= framed) return;
    framed = inkNumber();
    frames.push({ whole: isWhole(framed), inked: event.inked, handed: null });
    port2.postMessage(null);
  }

  globalThis.live = {
    maps: maps.length,
    inkWaits: !pad.getContext("2d").getContextAttributes().desynchronized,
    /** All that was seen since it was asked before. */
    take: () => ({ updates: updates.splice(0), frames: frames.splice(0) }),
  };
})();
