// How large a map is that a window makes.

/**
 * A window of F x F that moves in steps of S over a picture in a frame of zeros, P wide.
 *
 * @typedef {{ F: number, S: number, P: number }} Geometry
 */

/**
 * Output size along one side: floor((W - F + 2P) / S) + 1, as torch.nn.Conv2d has it.
 *
 * @param {number} W the picture's side
 * @param {Geometry} geometry
 * @returns {number} 0 where the window is larger than the framed picture
 */
export const sizeOf = (W, { F, S, P }) => Math.max(0, Math.floor((W - F + 2 * P) / S) + 1);

/**
 * How many cells at the far edge of the framed picture no window ever reaches.
 *
 * @param {number} W
 * @param {Geometry} geometry that makes an output
 */
export const unreadOf = (W, { F, S, P }) => (W - F + 2 * P) % S;

/**
 * The mean under the window at each place: a picture that can be told again.
 *
 * @param {ArrayLike<number>} pixels height x width
 * @param {{ width: number, height: number }} size
 * @param {Geometry} geometry
 */
export function meansOf(pixels, { width, height }, geometry) {
  const { F, S, P } = geometry;
  const [wide, high] = [sizeOf(width, geometry), sizeOf(height, geometry)];
  return Float32Array.from({ length: wide * high }, (_, i) => {
    const [top, left] = [Math.floor(i / wide) * S - P, i % wide * S - P];
    let sum = 0;
    for (let row = Math.max(0, top); row < Math.min(height, top + F); row++) {
      for (let column = Math.max(0, left); column < Math.min(width, left + F); column++) {
        sum += pixels[row * width + column];
      }
    }
    return sum / (F * F);
  });
}

/**
 * The picture in its frame of zeros.
 *
 * @param {ArrayLike<number>} pixels height x width
 * @param {{ width: number, height: number }} size
 * @param {number} P
 */
export function framed(pixels, { width, height }, P) {
  const across = width + 2 * P;
  const out = new Float32Array(across * (height + 2 * P));
  for (let i = 0; i < width * height; i++) {
    out[(Math.floor(i / width) + P) * across + i % width + P] = pixels[i];
  }
  return out;
}
