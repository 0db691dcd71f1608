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

/**
 * Make a text the only content of the element. It is the same node that changes, and only where the
 * text does: a new one would be looked for by every :has() in the styles, and laid out anew.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
export function showText(element, text) {
  const { firstChild } = element;
  if (!(firstChild instanceof Text) || firstChild !== element.lastChild) element.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}
