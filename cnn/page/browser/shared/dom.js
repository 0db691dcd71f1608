/**
 * The first element inside `root` that the selector names.
 *
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} type
 * @returns {Kind}
 */
export function find(root, selector, type = /** @type {any} */ (HTMLElement)) {
  const found = root.querySelector(selector);
  if (found instanceof type) return found;
  throw new TypeError(
    `wanted a ${type.name} at "${selector}", found ${found?.tagName ?? "nothing"}`,
  );
}

/**
 * A new element with these properties.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 */
export function create(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
