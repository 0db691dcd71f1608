/** @type {Record<string, [right: number, down: number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Moves by dragging, and by the arrow keys, in whole pixels of a picture that is `side` of them wide.
 *
 * @param {HTMLElement} element the picture
 * @param {object} options
 * @param {number} options.side px
 * @param {() => { right: number, down: number }} options.where it is now, px
 * @param {(right: number, down: number) => void} options.onMove
 */
export function draggable(element, { side, where, onMove }) {
  /** @type {{ x: number, y: number, right: number, down: number } | null} where a drag began */
  let from = null;

  element.tabIndex = 0;
  element.role = "application";
  element.classList.add("draggable");
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is selected
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, ...where() };
  });
  element.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!from) return;
    const cell = element.clientWidth / side;
    const right = from.right + Math.round((clientX - from.x) / cell);
    const down = from.down + Math.round((clientY - from.y) / cell);
    onMove(right, down);
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    element.addEventListener(end, () => from = null);
  }
  element.addEventListener("keydown", (event) => {
    const by = ARROWS[event.key];
    if (!by) return;
    event.preventDefault();
    const { right, down } = where();
    onMove(right + by[0], down + by[1]);
  });
}
