/**
 * The end of a scale, in two digits or as many as it has before the point.
 *
 * @param {number} value above 0
 */
export const rough = (value) => value < 100 ? value.toPrecision(2) : value.toFixed(0);

/**
 * The scale, or more where a value needs more: nothing is cut off.
 *
 * @param {Float32Array} values
 * @param {number} scale
 */
export function scaleFor(values, scale) {
  let most = scale;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}
