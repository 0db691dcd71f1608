"""What PyTorch and numpy give for networks and drawings, in files that both languages read.

drawings.json         {"canvas": side, "drawings": [strokes as flat lists], "odd": {name: strokes}}
digits.safetensors    "drawings" (N, 28, 28); an odd drawing's name (28, 28)
NETWORK.safetensors   weights, as the page loads them; the card holds the architecture
NETWORK.maps          a safetensors file: what every stage gives for DIGITS digits, by stage
cells.json            by network, CELLS values of every stage, each with its digit's number, how it
                      came about and what it depends on, as `explained` and `fields` have it
"""

import base64
import functools
import json
from pathlib import Path

import numpy as np
import torch
from explained import explained
from safetensors.numpy import save_file
from safetensors.torch import load_file
from safetensors.torch import save_file as save_tensors
from torch import nn
from ways import fields, open_maps

from cnn.activations import activations
from cnn.model import WEIGHTS, Network, describe, float_tensors, load
from cnn.preprocess import digit_from_strokes
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import CANVAS

DRAWINGS = 2000
DIGITS = 16  # that every network is given: drawn ones, noise and a blank
NETWORKS = (
    "convnet",
    "mlp",
    "rectangles",
    "strides",
    "whole",
    "activations",
)  # as `networks` has them
CELLS = 8  # of every stage: its first, its last and others
MAX_POINTS = 4000  # of one stroke on the pad; beyond, every second point is dropped


def unusual() -> dict[str, Network]:
    """Four networks that nobody trained, of every kind of stage, with odd sizes."""
    torch.manual_seed(0)
    networks = {
        "rectangles": Network(
            conv1=nn.Conv2d(1, 5, (5, 2), stride=(2, 1), padding=(3, 1)),  # (5, 15, 29)
            relu1=nn.ReLU(),
            pool1=nn.AvgPool2d((3, 2), stride=(2, 3), padding=(1, 0)),  # (5, 8, 10)
            conv2=nn.Conv2d(5, 13, (1, 7), stride=(3, 2), padding=(0, 3)),  # (13, 3, 5)
            pool2=nn.MaxPool2d((2, 3), stride=1, padding=(1, 1)),  # (13, 4, 5)
            flatten=nn.Flatten(),
            fc1=nn.Linear(260, 10),
            log_softmax=nn.LogSoftmax(dim=1),
        ),
        "strides": Network(
            pool1=nn.MaxPool2d(3, stride=2, padding=1),  # (1, 14, 14)
            conv1=nn.Conv2d(1, 17, 4, stride=3),  # (17, 4, 4)
            conv2=nn.Conv2d(17, 3, 1, stride=2, padding=2),  # (3, 4, 4)
            relu1=nn.ReLU(),
            pool2=nn.AvgPool2d(2, stride=1, padding=1),  # (3, 5, 5)
            flatten=nn.Flatten(),
            dropout=nn.Dropout(0.9),
            fc1=nn.Linear(75, 9),
            relu2=nn.ReLU(),
            fc2=nn.Linear(9, 10),
            log_softmax=nn.LogSoftmax(dim=1),
        ),
        "whole": Network(
            conv1=nn.Conv2d(1, 33, 28),  # (33, 1, 1): one kernel as large as the digit
            relu1=nn.ReLU(),
            conv2=nn.Conv2d(33, 9, 3, padding=1),  # (9, 1, 1)
            flatten=nn.Flatten(),
            fc1=nn.Linear(9, 10),
            log_softmax=nn.LogSoftmax(dim=1),
        ),
        "activations": Network(
            conv1=nn.Conv2d(1, 5, 5, stride=2),  # (5, 12, 12)
            norm1=nn.BatchNorm2d(5),
            tanh1=nn.Tanh(),
            conv2=nn.Conv2d(5, 12, 3),  # (12, 10, 10)
            norm2=nn.BatchNorm2d(12, eps=0.1),
            leaky2=nn.LeakyReLU(0.2),
            pool2=nn.AvgPool2d(2),  # (12, 5, 5)
            flatten=nn.Flatten(),
            fc1=nn.Linear(300, 10),
            tanh3=nn.Tanh(),
            fc2=nn.Linear(10, 10),
            log_softmax=nn.LogSoftmax(dim=1),
        ),
    }
    for norm in networks["activations"].modules():
        if isinstance(norm, nn.BatchNorm2d):
            for tensor in norm.weight, norm.bias, norm.running_mean, norm.running_var:
                nn.init.uniform_(tensor, 0.5, 2)
    return {name: network.eval() for name, network in networks.items()}


def networks() -> dict[str, Network]:
    """The committed networks and the unusual ones, by name."""
    committed = {name: load(WEIGHTS.with_stem(name)) for name in ("convnet", "mlp")}
    return committed | unusual()


@functools.cache
def odd_drawings() -> dict[str, list[np.ndarray]]:
    """Drawings that are hard to get right: strokes float32 (N, 2), by name."""
    rng = np.random.default_rng(0)
    walk = np.cumsum(rng.normal(0, 3, (100_000, 2)), axis=0)
    scribble = CANVAS - np.abs(walk % (2 * CANVAS) - CANVAS)  # thrown back from the borders
    line = np.linspace((40, 200), (240, 60), 41)
    ring = 140 + 90 * np.array([(np.cos(t), np.sin(t)) for t in np.linspace(0, 7, 200)])
    half = 140.8  # px: at this extent a step of the grid is 1 px, and half a pixel is a tie
    ties = np.array([(0, 0), (half, 0.5), (1.5, 2.5), (3.5, 4.5), (20.5, 71.5), (99.5, 100.5)])
    odd = {
        "a dot": [[(140, 140)]],
        "a dot in the corner": [[(0, 0)]],
        "two dots": [[(90, 140)], [(190, 140)]],
        "a thousand dots": [[point] for point in rng.uniform(0, CANVAS, (1000, 2))],
        "one tiny stroke": [[(10, 10), (10.1, 10), (10.1, 10.2)]],
        "a point drawn again and again": [[(50, 60)] * 30],
        "repeated points": [np.repeat(line, 3, axis=0)],
        "collinear points": [line],
        "there and back": [np.concatenate([line, line[::-1], line])],
        "an upright line": [[(140, 20), (140, 260)]],
        "a level line of many points": [np.stack([np.arange(20, 261), np.full(241, 99)], 1)],
        "a ring": [ring],
        "a ring whose end touches its start": [np.concatenate([ring, ring[:1]])],
        "strokes that end where the next begins": [ring[:70], ring[69:140], ring[139:]],
        "a stroke without points among others": [ring[:50], np.zeros((0, 2)), line],
        "ties of rounding": [ties],
        "ties of rounding, turned": [half - ties[:, ::-1]],
        "a scribble": [thinned(scribble)],
        "five scribbles": [thinned(part) for part in np.split(scribble, 5)],
        "outside the canvas": [[(-900, -50), (1200, 3000), (7, 7)]],
    }
    odd = {name: [np.array(s, float).reshape(-1, 2) for s in drawn] for name, drawn in odd.items()}
    return odd


def thinned(stroke: np.ndarray) -> np.ndarray:
    """(N, 2) -> what the pad keeps of it: tenths of a pixel, at most MAX_POINTS points."""
    kept: list[tuple[float, float]] = []
    for point in stroke.round(1).tolist():
        kept.append(point)
        if len(kept) > MAX_POINTS:
            kept = kept[::2]
    return np.array(kept)


def network_digits(drawn: np.ndarray) -> torch.Tensor:
    """Digits float32 (N, 28, 28) -> what the networks are given, (DIGITS, 1, 28, 28)."""
    noise = np.random.default_rng(1).random((3, 28, 28), np.float32)
    blank = np.zeros((1, 28, 28), np.float32)
    some = np.concatenate([noise, blank, drawn[: DIGITS - 4]])
    return torch.from_numpy(some)[:, None]


def write_fixture(folder: Path) -> None:
    """Write all files into the folder."""
    drawn, _, _ = drawings(DRAWINGS, seed=20)
    odd = odd_drawings()
    written = {
        "canvas": CANVAS,
        "drawings": [_flat(strokes) for strokes in drawn],
        "odd": {name: _flat(strokes) for name, strokes in odd.items()},
    }
    (folder / "drawings.json").write_text(json.dumps(written), encoding="utf-8")
    digits = {name: digit_from_strokes(strokes, CANVAS) for name, strokes in odd.items()}
    digits["drawings"] = np.stack([digit_from_strokes(strokes, CANVAS) for strokes in drawn])
    save_file(digits, folder / "digits.safetensors")
    cells = {}
    for name, network in networks().items():
        card = {"card": json.dumps({"architecture": describe(network), "classes": network.classes})}
        save_tensors(float_tensors(network), folder / f"{name}.safetensors", card)
        maps = activations(network, network_digits(digits["drawings"]))
        maps = {stage: values.contiguous().clone() for stage, values in maps.items()}
        save_tensors(maps, folder / f"{name}.maps")
        cells[name] = _cells(network, maps)
    (folder / "cells.json").write_text(json.dumps(cells), encoding="utf-8")


def _cells(network: Network, maps: dict[str, torch.Tensor]) -> list[dict]:
    """Values of every stage, explained; maps: what the stages give for DIGITS digits."""
    rng = np.random.default_rng(2)
    cells, opened = [], open_maps(network)
    for stage, values in enumerate(maps.values()):
        size = values[0].numel()
        for index in [0, size - 1, *rng.choice(size, CELLS - 2, replace=False).tolist()]:
            digit = int(rng.integers(DIGITS))
            ones = [all_of[digit : digit + 1] for all_of in maps.values()]
            width = values.shape[-1]
            rows = values.shape[-2] if values.dim() == 4 else 1
            at = {"digit": digit, "stage": stage, "index": index}
            at |= {"row": index // width % rows, "column": index % width}
            how = {"explained": explained(network, ones, stage, index)}
            cells.append(at | how | {"field": fields(opened, stage, index)})
    return cells


def torchs_maps(folder: Path, name: str) -> list[torch.Tensor]:
    """What every stage of a network gives for the fixture's digits, in order."""
    maps = load_file(folder / f"{name}.maps")
    return [maps["input"], *(maps[stage] for stage, _ in networks()[name].stages())]


def floats(text: str, *shape: int) -> np.ndarray:
    """float32 that came from the browser in base64."""
    return np.frombuffer(base64.b64decode(text), "<f4").reshape(shape or -1)


def _flat(strokes: list[np.ndarray]) -> list[list[float]]:
    return [np.asarray(stroke, float).ravel().tolist() for stroke in strokes]
