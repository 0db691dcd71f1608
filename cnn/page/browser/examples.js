// The examples: thumbnails that draw themselves on the pad when they are clicked.

import { Ink } from "./ink.js";

const REPLAY_MS = 700; // how long an example takes to draw itself
const THUMBNAIL_PEN = 18;

export class Examples {
  // place: the element for the thumbnails; examples: [{ name, strokes: [[x, y, x, y, ...], ...] }]
  constructor(place, examples, pen) {
    this.pen = pen;
    this.onplay = null; // called with a function that plays the example through a callback
    this.thumbnails = examples.map(({ name, strokes }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "example";
      button.dataset.wordLabel = /^\d$/.test(name) ? "examples.digit" : `examples.${name}`;
      button.dataset.name = name;
      button.append(document.createElement("canvas"));
      button.addEventListener("click", () => this.onplay((draw) => this.play(strokes, draw)));
      return { button, strokes, ink: new Ink(button.firstChild) };
    });
    place.prepend(...this.thumbnails.map(({ button }) => button));
  }

  paint() {
    for (const { ink, strokes } of this.thumbnails) {
      ink.fit();
      ink.clear();
      strokes.forEach((points) => ink.stroke({ points, width: THUMBNAIL_PEN }));
    }
  }

  // Give `draw` the strokes so far and whether they are all, a frame at a time, until it gives false.
  play(strokes, draw) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const total = strokes.reduce((sum, points) => sum + points.length / 2, 0);
    const began = performance.now();
    const frame = (now) => {
      const share = still ? 1 : Math.min(1, Math.max(0, now - began) / REPLAY_MS);
      let left = Math.max(1, Math.round(share * total));
      const grown = [];
      for (const points of strokes) {
        if (left > 0) grown.push({ points: points.slice(0, 2 * left), width: this.pen });
        left -= points.length / 2;
      }
      if (draw(grown, share === 1) && share < 1) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }
}
