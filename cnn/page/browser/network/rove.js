const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Make the elements one stop of the Tab key, between which the arrow keys move the focus.
 *
 * @param {HTMLElement[]} elements
 * @param {number} first which of them the Tab key comes to at first
 */
export function rove(elements, first) {
  elements.forEach((element, i) => {
    element.tabIndex = i === first ? 0 : -1;
    element.addEventListener("focus", () => {
      for (const other of elements) other.tabIndex = other === element ? 0 : -1;
    });
    element.addEventListener("keydown", (event) => {
      const next = elements[nextOf(event.key, i, elements)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  });
}

/**
 * @param {string} key
 * @param {number} i which has the focus
 * @param {HTMLElement[]} elements
 */
function nextOf(key, i, elements) {
  if (key === "ArrowRight" || key === "ArrowLeft") return i + STEPS[key];
  if (key === "Home") return 0;
  if (key === "End") return elements.length - 1;
  if (key !== "ArrowUp" && key !== "ArrowDown") return -1;
  const down = key === "ArrowDown";
  return nearest(elements, i, down);
}

/**
 * The nearest one in the next row, up or down; -1 for none.
 *
 * @param {HTMLElement[]} elements
 * @param {number} from
 * @param {boolean} down
 */
function nearest(elements, from, down) {
  const boxes = elements.map((element) => element.getBoundingClientRect());
  const here = boxes[from];
  /** @param {DOMRect} box */
  const far = (box) => {
    const rows = down ? box.top - here.bottom : here.top - box.bottom;
    return rows < -1 ? Infinity : 2 * rows + Math.abs(box.left - here.left);
  };
  const distances = boxes.map(far);
  const least = Math.min(...distances);
  return least === Infinity ? -1 : distances.indexOf(least);
}
