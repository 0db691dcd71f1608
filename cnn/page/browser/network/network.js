// Every layer of the network as a card of maps, painted anew with every answer.

/** @import { Layer } from "./layers.js" */

import { create, find } from "../shared/dom.js";
import { setText, translate } from "../shared/i18n.js";
import { store } from "../shared/store.js";
import { mapsCard, outputsCard } from "./card.js";
import { blocksOf, placed, titleOf } from "./layers.js";
import { Zoom } from "./zoom.js";

/**
 * @param {HTMLElement} element
 * @param {{ layers: Layer[] }} props layers: in the order in which an answer carries their maps
 */
export function mount(element, { layers }) {
  const network = placed(layers);
  const outputs = network[network.length - 1];
  const nothing = new Float32Array(outputs.start + outputs.size);
  const zoom = new Zoom();

  const cards = network.map((layer) => ({
    layer,
    ...(layer === outputs ? outputsCard(layer) : mapsCard(layer, zoom)),
  }));
  const body = find(element, ".blocks");
  blocksOf(network).forEach((block, i) => {
    const title = create("h3");
    const { key, values } = titleOf(block, i + 1);
    setText(title, key, values);
    const row = create("div", { className: "cards" });
    row.append(...cards.filter(({ layer }) => block.includes(layer)).map((card) => card.element));
    const section = create("section", { className: "block" });
    section.append(title, row);
    body.append(section);
  });
  body.append(zoom.panel);

  function paint() {
    const { blank, maps } = store.get("answer");
    const values = blank ? nothing : maps;
    for (const { layer: { start, size }, paint } of cards) {
      paint(values.subarray(start, start + size));
    }
    zoom.paint(values);
  }

  translate(element);
  store.subscribe("answer", paint);
  store.subscribe("theme", paint);
}
