/**
 * A new input of this type. (`create` cannot: an input's properties are too many for its types.)
 *
 * @param {string} type
 * @param {Record<string, string | number | boolean>} [properties]
 * @returns {HTMLInputElement}
 */
export function inputOf(type, properties = {}) {
  const element = document.createElement("input");
  Object.assign(element, { type, ...properties });
  return element;
}
