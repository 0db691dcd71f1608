// Every layer of the network as a card of maps, painted anew with every answer.

import { bytesOf, Pixels } from "./colors.js";
import { kernelCanvas } from "./kernel.js";
import { onAnswer } from "./reader.js";
import { translate } from "./words.js";
import { Zoom } from "./zoom.js";

const BLOCKS = [["conv1", "relu1", "pool1"], ["conv2", "relu2", "pool2"], ["fc1", "relu3", "fc2"]];
const NEURONS_ACROSS = 16;

// layers: [{ name, shape, scale, kernels? }] in the order of the bytes that an answer carries
export function mount(element, { layers }) {
  const size = layers.reduce((sum, { shape }) => sum + count(shape), 0);
  const nothing = new Uint8Array(size);
  let bytes = nothing;
  let start = 0;
  const cards = {};
  const painters = [];
  const zoom = new Zoom(() => bytes);

  for (const layer of layers) {
    const { card, paint } = layer.name === "fc2" ? outputsCard(layer) : mapsCard(layer, zoom, start);
    const from = start;
    painters.push(() => paint(bytes, from));
    cards[layer.name] = card;
    start += count(layer.shape);
  }
  const body = element.querySelector(".blocks");
  BLOCKS.forEach((names, i) => {
    const block = document.createElement("section");
    block.className = "block";
    block.innerHTML = `<h3 data-word="block${i + 1}"></h3><div class="cards"></div>`;
    block.lastElementChild.append(...names.map((name) => cards[name]));
    body.append(block);
  });
  body.append(zoom.panel);

  function paint() {
    painters.forEach((painter) => painter());
    zoom.paint();
  }
  document.addEventListener("cnn:theme", () => {
    element.querySelectorAll("canvas.kernel").forEach((canvas) => canvas.repaint());
    paint();
  });
  document.addEventListener("cnn:language", () => zoom.describe());
  translate(element);
  onAnswer(({ blank, maps }) => {
    bytes = blank ? nothing : bytesOf(maps);
    paint();
  });
}

const count = (shape) => shape.reduce((product, n) => product * n, 1);

function cardOf({ name, shape, scale }) {
  const card = document.createElement("article");
  card.className = `card ${name}`;
  const positive = /relu|pool/.test(name);
  card.innerHTML = `
    <header><h4 data-word="${name}"></h4><code>${name}</code><span class="shape">${shape.join(" × ")}</span></header>
    <p data-word="${name}.words"></p>
    <div class="maps"></div>
    <footer class="legend ${positive ? "positive" : ""}">
      ${positive ? "" : `<span>−${scale.toPrecision(2)}</span>`}<span>0</span><span>${scale.toPrecision(2)}</span>
      <i></i>
    </footer>`;
  return card;
}

function mapsCard(layer, zoom, start) {
  const card = cardOf(layer);
  const [maps, height, width] =
    layer.shape.length === 3 ? layer.shape : [1, layer.shape[0] / NEURONS_ACROSS, NEURONS_ACROSS];
  const grid = card.querySelector(".maps");
  const pixels = Array.from({ length: maps }, (_, map) => {
    const tile = document.createElement("button");
    tile.type = "button";
    tile.className = "map";
    tile.dataset.wordLabel = maps === 1 ? "neurons.name" : "map.label";
    tile.dataset.layer = layer.name;
    tile.dataset.map = map + 1;
    const canvas = new Pixels(width, height);
    tile.append(canvas.canvas);
    if (layer.kernels) tile.append(kernelCanvas(layer.kernels, map));
    zoom.attach(tile, { layer, map, width, height, start: start + map * width * height });
    grid.append(tile);
    return canvas;
  });
  const area = width * height;
  const paint = (bytes, from) => pixels.forEach((p, map) => p.paint(bytes, from + map * area));
  return { card, paint };
}

function outputsCard(layer) {
  const card = cardOf(layer);
  const list = document.createElement("ol");
  list.className = "outputs";
  list.start = 0;
  card.querySelector(".maps").replaceWith(list);
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const row = document.createElement("li");
    row.innerHTML = `<b>${digit}</b><span class="score"><i></i></span><span class="value"></span>`;
    list.append(row);
    return { bar: row.querySelector("i"), value: row.querySelector(".value") };
  });
  const paint = (bytes, from) => {
    rows.forEach(({ bar, value }, digit) => {
      const share = ((bytes[from + digit] << 24) >> 24) / 127; // signed again
      bar.style.transform = `scaleX(${share / 2})`;
      bar.classList.toggle("below", share < 0);
      value.textContent = (share * layer.scale).toFixed(1);
    });
  };
  return { card, paint };
}
