/**
 * Numbers as they travel: little-endian float32 in base64.
 *
 * @param {string} base64
 * @returns {Float32Array}
 */
export function floatsOf(base64) {
  return new Float32Array(bytesOf(base64).buffer); // every machine with a browser is little-endian
}

/** @param {string} base64 */
function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
