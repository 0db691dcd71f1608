// What can be on the pad. A drawing is never changed, only replaced, so undo is the drawing before.

/**
 * @typedef {object} Stroke
 * @property {number[]} points x, y, x, y, ... in [0, CANVAS]
 * @property {number} width of the ink
 */

/**
 * @typedef {object} Drawing
 * @property {Stroke[]} strokes
 * @property {string | null} picture a data URL
 */

export const CANVAS = 280; // the pad's side in the units of a stroke's points, whatever its size
export const MOST_POINTS = 4000; // of a stroke; a digit has about a hundred
export const MOST_PICTURE = 700_000; // characters of a data URL, below what the server takes

const MOST_STROKES = 1000; // that are restored: five times what the server takes
const WIDEST = CANVAS; // ink

/** @type {Drawing} */
export const NOTHING = Object.freeze({ strokes: [], picture: null });

/** @param {Drawing} drawing */
export const isEmpty = ({ strokes, picture }) => !strokes.length && !picture;

/**
 * Whether this is a drawing that the pad could have made: another page on the same address may have
 * put anything into the storage that it comes from.
 *
 * @param {any} value
 * @returns {value is Drawing}
 */
export function isDrawing(value) {
  const { strokes, picture } = value ?? {};
  return Array.isArray(strokes) && strokes.length <= MOST_STROKES && strokes.every(isStroke) &&
    (picture === null || isPicture(picture));
}

/** @param {any} value */
function isStroke(value) {
  const { points, width } = value ?? {};
  return isWithin(width, WIDEST) && Array.isArray(points) &&
    points.length >= 2 && points.length % 2 === 0 && points.length <= 2 * MOST_POINTS &&
    points.every((at) => isWithin(at, CANVAS));
}

/** @param {unknown} value @param {number} most */
const isWithin = (value, most) => typeof value === "number" && value >= 0 && value <= most;

/** @param {unknown} value */
const isPicture = (value) =>
  typeof value === "string" && value.startsWith("data:image/") && value.length <= MOST_PICTURE;
