/**
 * Follow a pointer that presses on an element, and moves over it while it presses. Who uses it offers
 * the same by keyboard.
 *
 * @param {HTMLElement} element
 * @param {(x: number) => void} onPlace in px of the page's view
 */
export function sweep(element, onPlace) {
  element.classList.add("swept");
  element.addEventListener("pointerdown", ({ pointerId, clientX }) => {
    element.setPointerCapture(pointerId);
    onPlace(clientX);
  });
  element.addEventListener("pointermove", ({ pointerId, clientX }) => {
    if (element.hasPointerCapture(pointerId)) onPlace(clientX);
  });
}
