const TALL = 16; // values above each other, at most, where a stage has no maps

/**
 * How all values of a stage are laid out as one picture, about twice as wide as high: its maps
 * beside and below each other.
 *
 * @param {number[]} shape of the stage
 * @returns {{ width: number, height: number, from: number[] }} from: for each pixel, row by row,
 *   the index of its value
 */
export function mosaicOf(shape) {
  const [count, high, wide] = shape.length === 3 ? shape : [1, ...sidesOf(shape[0])];
  const across = Math.min(count, Math.ceil(Math.sqrt(2 * count)));
  const width = across * wide;
  const height = Math.ceil(count / across) * high;
  const from = Array.from({ length: width * height }, (_, pixel) => {
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    const map = Math.floor(y / high) * across + Math.floor(x / wide);
    return (map * high + y % high) * wide + x % wide;
  });
  return { width, height, from };
}

/** @param {number} size @returns {[height: number, width: number]} */
function sidesOf(size) {
  const height = Math.min(TALL, Math.max(1, Math.floor(Math.sqrt(size / 2))));
  return [height, Math.ceil(size / height)];
}
