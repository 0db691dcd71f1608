// A layer as a card: what it does, and the maps or the bars that it gives.

/**
 * @import { Placed } from "./layers.js"
 * @import { Zoom } from "./zoom.js"
 */

import { Pixels } from "../shared/colors.js";
import { create, find } from "../shared/dom.js";
import { setLabel, setText } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { kernelCanvas } from "./kernel.js";
import { hasMaps, isPositive, wordsOf } from "./layers.js";
import { decimal, rough } from "./numbers.js";

const NEURONS_ACROSS = 16;

/**
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {(values: Float32Array) => void} paint called with the layer's values
 */

/**
 * One map as it is laid out; a layer without maps is laid out as one.
 *
 * @typedef {object} MapPlace
 * @property {Placed} layer
 * @property {number} index which map, counted from 0
 * @property {number} width
 * @property {number} height
 */

/**
 * @param {Placed} layer
 * @param {Zoom} zoom
 * @returns {Card}
 */
export function mapsCard(layer, zoom) {
  const element = cardOf(layer, false);
  const [count, height, width] = hasMaps(layer)
    ? layer.shape
    : [1, Math.ceil(layer.size / NEURONS_ACROSS), NEURONS_ACROSS];
  const tiles = Array.from(
    { length: count },
    (_, index) => mapTile({ layer, index, width, height }, zoom),
  );
  find(element, ".maps").append(...tiles.map(({ tile }) => tile));
  setEnds(element, `≥ ${rough(layer.scale)}`, `≤ −${rough(layer.scale)}`);
  const area = layer.size / count;
  return {
    element,
    paint: (values) =>
      tiles.forEach(({ paint }, map) => paint(values.subarray(map * area, (map + 1) * area))),
  };
}

/**
 * @param {MapPlace} place
 * @param {Zoom} zoom
 */
function mapTile(place, zoom) {
  const { layer, index, width, height } = place;
  const tile = create("button", { type: "button", className: "map" });
  tile.dataset.layer = layer.name;
  tile.dataset.map = `${index + 1}`;
  const values = { layer: layer.name, map: index + 1, n: layer.size };
  setLabel(tile, hasMaps(layer) ? "map.label" : "map.neurons", values);
  const pixels = new Pixels(width, height);
  tile.append(pixels.canvas);
  const kernel = layer.kernels && kernelCanvas(layer.kernels, index);
  if (kernel) {
    tile.append(kernel.canvas);
    store.subscribe("theme", kernel.paint); // no answer changes it
  }
  zoom.attach(tile, place);
  return {
    tile,
    /** @param {Float32Array} map */
    paint: (map) => pixels.paint(map, layer.scale),
  };
}

/**
 * The card of the last layer: a bar for each logit. The bars are as long as the largest needs: none
 * is cut off.
 *
 * @param {Placed} layer
 * @returns {Card}
 */
export function outputsCard(layer) {
  const element = cardOf(layer, true);
  const list = create("ol", { className: "bars outputs", start: 0 });
  find(element, ".maps").replaceWith(list);
  const rows = Array.from({ length: layer.size }, (_, digit) => {
    const bar = create("i");
    const value = create("span", { className: "value" });
    const track = create("span", { className: "bar" });
    const row = create("li");
    track.append(bar);
    row.append(create("b", { textContent: `${digit}` }), track, value);
    list.append(row);
    return { bar, value };
  });
  return {
    element,
    paint(logits) {
      const scale = logits.reduce((most, logit) => Math.max(most, Math.abs(logit)), layer.scale);
      setEnds(element, rough(scale), `−${rough(scale)}`);
      rows.forEach(({ bar, value }, digit) => {
        const share = logits[digit] / scale;
        bar.style.transform = `scaleX(${share / 2})`; // half the track is on either side of zero
        bar.classList.toggle("below", share < 0);
        value.textContent = decimal(logits[digit], 1);
      });
    },
  };
}

/**
 * @param {Placed} layer
 * @param {boolean} isOutputs
 */
function cardOf(layer, isOutputs) {
  const card = create("article", { className: "card panel" });
  card.classList.toggle("vector", !hasMaps(layer));
  card.classList.toggle("single-channel", layer.in_channels === 1);
  card.classList.toggle("logits", isOutputs);
  card.innerHTML = `
    <header><h4></h4><code></code><span class="shape"></span></header>
    <p></p>
    <div class="maps"></div>
    <footer class="legend"><span class="low"></span><span>0</span><span class="high"></span><i></i></footer>`;
  const { title, sentence, values } = wordsOf(layer, isOutputs);
  if (title) setText(find(card, "h4"), title, values);
  else find(card, "h4").textContent = layer.kind;
  setText(find(card, "p"), sentence, values);
  find(card, "code").textContent = layer.name;
  find(card, ".shape").textContent = layer.shape.join(" × ");
  if (isPositive(layer)) {
    find(card, ".legend").classList.add("positive");
    find(card, ".low").remove();
  }
  return card;
}

/**
 * Write what the ends of the legend stand for.
 *
 * @param {HTMLElement} card
 * @param {string} high
 * @param {string} low
 */
function setEnds(card, high, low) {
  find(card, ".high").textContent = high;
  const lowEnd = card.querySelector(".low"); // a layer without negative values has none
  if (lowEnd) lowEnd.textContent = low;
}
