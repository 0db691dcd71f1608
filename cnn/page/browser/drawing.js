// What is on the pad, and its past and future. A drawing is never changed, only replaced, so undo is
// the drawing before.

import { remember, remembered } from "./memory.js";

export const CANVAS = 280; // the pad's side in the units of a stroke's points, whatever its size
const MOST_POINTS = 4000; // of a stroke; a digit has about a hundred
const KEY = "drawing";

const NOTHING = { strokes: [], picture: null };

// stroke: { points: [x, y, x, y, ...], width }; picture: a data URL, or null
export class Drawing {
  constructor() {
    this.now = this.restored();
    this.past = [];
    this.future = [];
  }

  replace(next) {
    this.past.push(this.now);
    this.future = [];
    this.set(next);
  }

  undo() {
    if (!this.past.length) return false;
    this.future.push(this.now);
    this.set(this.past.pop());
    return true;
  }

  // Undo for good: what was a tap and no stroke.
  takeBack() {
    this.undo();
    this.future.pop();
  }

  redo() {
    if (!this.future.length) return false;
    this.past.push(this.now);
    this.set(this.future.pop());
    return true;
  }

  // The stroke may still grow: its points are added to in place until the next replace.
  begin(stroke) {
    const { strokes } = this.now;
    this.replace({ strokes: [...strokes, stroke], picture: null });
  }

  clear() {
    if (!this.isEmpty) this.beginAnew();
  }

  beginAnew() {
    this.replace(NOTHING);
  }

  // Other strokes in place of these, still the same step.
  grow(strokes) {
    this.set({ strokes, picture: null });
  }

  show(picture) {
    this.replace({ strokes: [], picture });
  }

  // Take the strokes that pass within `reach` of (x, y); says whether any did.
  erase(x, y, reach) {
    const { strokes, picture } = this.now;
    const kept = strokes.filter((stroke) => distance(stroke.points, x, y) > reach);
    if (kept.length === strokes.length) return false;
    this.replace({ strokes: kept, picture });
    return true;
  }

  get isEmpty() {
    return !this.now.strokes.length && !this.now.picture;
  }

  // What the server is asked: [x, y, x, y, ...] for each stroke.
  question() {
    if (this.now.picture) return { ask: "look_at_picture", payload: { picture: this.now.picture } };
    const strokes = this.now.strokes.map(({ points }) => points);
    return { ask: "look", payload: { strokes, canvas: CANVAS } };
  }

  set(next) {
    this.now = next;
    this.keep();
  }

  // Gradio reloads the page when its server comes back; the drawing outlives that.
  keep() {
    remember(KEY, this.now, "sessionStorage");
  }

  restored() {
    const drawing = remembered(KEY, "sessionStorage");
    return Array.isArray(drawing?.strokes) ? drawing : NOTHING;
  }
}

// Add (x, y) to the points unless it is where the pen already was; says whether it did.
export function extend(points, x, y, nearest = 0.8) {
  const last = points.length - 2;
  if (last >= 0 && Math.hypot(x - points[last], y - points[last + 1]) < nearest) return false;
  points.push(Math.round(10 * x) / 10, Math.round(10 * y) / 10);
  if (points.length > 2 * MOST_POINTS) thin(points);
  return true;
}

// Drop every second point, so that a stroke may go on for ever.
function thin(points) {
  let kept = 2;
  for (let i = 4; i < points.length; i += 4) {
    points[kept++] = points[i];
    points[kept++] = points[i + 1];
  }
  points.length = kept;
}

function distance(points, x, y) {
  let nearest = Math.hypot(points[0] - x, points[1] - y);
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [ax, ay, bx, by] = points.slice(i, i + 4);
    const [dx, dy] = [bx - ax, by - ay];
    const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(ax + t * dx - x, ay + t * dy - y));
  }
  return nearest;
}
