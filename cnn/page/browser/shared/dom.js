/**
 * The first element inside `root` that matches the selector.
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
 * Make a text the only content of the element. The text node stays the same and changes only when
 * the text does: for a new node the browser would check every :has() in the styles and lay it out
 * again.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
export function showText(element, text) {
  const { firstChild } = element;
  if (!(firstChild instanceof Text) || firstChild !== element.lastChild) element.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}

/**
 * Wait for a file of styles, fetched once; without it what it is for would flash unstyled.
 *
 * @param {URL} url
 */
export async function needStyles({ href }) {
  if (Array.from(document.styleSheets).some((sheet) => sheet.href === href)) return;
  const link = create("link", { rel: "stylesheet", href });
  document.head.append(link);
  await new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done); // plain, but readable
  });
}
