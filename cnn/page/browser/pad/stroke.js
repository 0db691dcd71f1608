// The points of a stroke: x, y, x, y, ...

import { MOST_POINTS } from "../shared/drawing.js";

const NEAREST = 0.8; // to the point before, in the drawing's units: what is nearer adds nothing

/**
 * Add (x, y) to the points unless it is where the pen already was.
 *
 * @param {number[]} points
 * @param {number} x
 * @param {number} y
 * @returns {boolean} whether it was added
 */
export function extend(points, x, y) {
  const last = points.length - 2;
  if (last >= 0 && Math.hypot(x - points[last], y - points[last + 1]) < NEAREST) return false;
  points.push(Math.round(10 * x) / 10, Math.round(10 * y) / 10);
  if (points.length > 2 * MOST_POINTS) thin(points);
  return true;
}

/**
 * Drop every second point, so that a stroke may go on for ever.
 *
 * @param {number[]} points
 */
function thin(points) {
  let kept = 2;
  for (let i = 4; i < points.length; i += 4) {
    points[kept++] = points[i];
    points[kept++] = points[i + 1];
  }
  points.length = kept;
}

/**
 * From (x, y) to the nearest place on the line through the points.
 *
 * @param {number[]} points
 * @param {number} x
 * @param {number} y
 */
export function distance(points, x, y) {
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
