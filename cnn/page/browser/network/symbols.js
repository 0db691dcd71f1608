// A small drawing for each kind of stage.

/** @type {Record<string, string>} paths in a square of 16 */
const PATHS = {
  Normalize: "M2 13h12M3 13c3 0 3-10 5-10s2 10 5 10",
  Conv2d: "M2 2h12v12H2zM2 6h8v8M6 2v0M10 6v8",
  ReLU: "M2 13h6l6-10",
  MaxPool2d: "M2 2h12v12H2zM8 2v12M2 8h12",
  AvgPool2d: "M2 2h12v12H2zM8 2v12M2 8h12",
  Flatten: "M2 3h5v5H2zM10 3h4M10 8h4M2 13h12",
  Dropout:
    "M3 3h.01M8 3h.01M13 3h.01M3 8h.01M13 8h.01m-6.5-1.5 3 3m0-3-3 3M3 13h.01M8 13h.01M13 13h.01",
  Linear: "M3 3l10 3M3 3l10 7M3 8l10-2M3 8l10 2M3 13l10-7M3 13l10-3",
  LogSoftmax: "M2 14V9M6 14v-3M10 14V3M14 14v-2",
};

/**
 * The symbol as an element that a screen reader passes over.
 *
 * @param {string} kind
 */
export function symbolOf(kind) {
  return svg(PATHS[kind] ?? "M4 4h8v8H4z", "symbol");
}

/**
 * The way the data flows.
 *
 * @param {boolean} turns whether it comes from the row above
 */
export const arrow = (turns) =>
  turns
    ? svg("M4 2v7h9M10 6l3 3-3 3", "arrow turns")
    : svg("M2 8h12M10.5 4.5 14 8l-3.5 3.5", "arrow");

/** @param {string} path @param {string} name of its class */
function svg(path, name) {
  const NAMESPACE = "http://www.w3.org/2000/svg";
  const element = document.createElementNS(NAMESPACE, "svg");
  element.setAttribute("viewBox", "0 0 16 16");
  element.setAttribute("class", name);
  element.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(NAMESPACE, "path");
  line.setAttribute("d", path);
  element.append(line);
  return element;
}
