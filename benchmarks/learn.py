"""Training in the browser: examples a second of one worker, beside textbook loops and PyTorch.

python benchmarks/learn.py [--quick]    needs Chromium and playwright

The article's ConvNet, from PyTorch's initial weights, learns from synthetic digits in batches of
BATCH: by the engine's Trainer in a worker of headless Chromium, by loops as a textbook has them in
the same worker (learn.js), and by PyTorch on one thread; all by SGD with momentum, without dropout.
They take turns, a few steps each, and each turn gives a ratio, so that a busy machine is busy for
all. Their first losses must be equal. The engine's Adam and Muon are timed beside them.

The engine multiplies by WebAssembly that it assembles itself (engine/training/products.js; all that
trains is 17 kB): 3,490 examples a second where this was written. Plain JavaScript, its loops cut in
whatever way, reached 2,120 there: 2 products a nanosecond, whereas the same loops in C, one product
at a time, made 5. Tried once on that machine and not taken: jax-js 0.1.25 (336 kB, 102 kB gzipped)
learned the same losses from 42 to 59 examples a second by its WebAssembly in one thread, and from
35 to 83 by WebGPU, where ours, in the same busy minutes, learned from 730 to 2,150. That WebGPU was
SwiftShader, Chromium's in software, for want of a GPU; WGSL written for conv2 alone made 0.2
products a nanosecond on it.

Then the exported page trains its own network, by its own buttons: learn_page.py.

Exits 1 if the median turn learns from fewer than TEXTBOOK times the examples of the textbook loops,
or fewer than PYTORCH times those of PyTorch, or if the page does not keep a bound of learn_page.py.
"""

import asyncio
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from browser import chromium_page, served
from harness import QUICK_SLACK, ROOT, hold, hold_at_most, parser
from learn_page import measure
from torch.nn import functional as F

from cnn.model import ConvNet, save
from cnn.page.html import BROWSER
from cnn.synthetic.generate import synthetic_digits

BATCH = 32
TEXTBOOK, PYTORCH = 8, 1 / 4  # times as many examples a second
RATE, MOMENTUM = 0.02, 0.9  # of SGD; learn.js has the same
COMPARED, EQUAL = 20, 1e-3  # the first steps' losses; how far these may be apart
STEPS = {"sgd": 20, "torch": 20, "textbook": 4, "adam": 20, "muon": 5}  # of a turn
WARM = 5  # turns until the browser has compiled what it will

OPEN = """async (given) => {
    const worker = new Worker("/learn.js", { type: "module" });
    window.asked = (given) => new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(given);
    });
    await asked({ command: "open", ...given });
}"""


class Torch:
    """PyTorch on one thread, with the same network and batches."""

    def __init__(self, network: ConvNet, digits: np.ndarray, labels: np.ndarray) -> None:
        torch.set_num_threads(1)
        network.set_dropout(0)
        self.network = network
        self.optimizer = torch.optim.SGD(network.parameters(), RATE, MOMENTUM)
        pairs = torch.from_numpy(digits)[:, None], torch.from_numpy(labels).long()
        self.batches = list(zip(*(each.split(BATCH) for each in pairs), strict=True))
        self.steps = 0

    def learn(self, steps: int) -> tuple[float, list[float]]:
        """The milliseconds of so many steps, and their losses."""
        began, losses = time.perf_counter(), []
        for _ in range(steps):
            digits, labels = self.batches[self.steps % len(self.batches)]
            self.steps += 1
            loss = F.nll_loss(self.network(digits), labels)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            losses.append(loss.item())
        return 1000 * (time.perf_counter() - began), losses


def main() -> None:
    quick = parser(__doc__, "five turns instead of thirty, one seed on the page").parse_args().quick
    turns = 5 if quick else 30
    digits, labels, _ = synthetic_digits(20 * BATCH, seed=0)
    digits = digits.astype(np.float32) / 255
    torch.manual_seed(0)
    network = ConvNet()
    rates: dict[str, list[float]] = {name: [] for name in STEPS}  # examples a second, of each turn
    losses: dict[str, list[float]] = {name: [] for name in STEPS}  # of each step
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as url,
        chromium_page() as page,
    ):
        save(network, Path(folder, "convnet.safetensors"), {})
        Path(folder, "digits").write_bytes(digits.tobytes())
        Path(folder, "engine").symlink_to(BROWSER / "engine")
        Path(folder, "learn.js").symlink_to(ROOT / "benchmarks" / "learn.js")
        page.goto(url)  # the list of its files: a page without scripts
        page.evaluate(OPEN, {"labels": labels.tolist(), "batch": BATCH})
        pytorch = Torch(network, digits, labels)
        for turn in range(WARM + turns):
            for name, steps in STEPS.items():
                if name == "torch":
                    ms, seen = pytorch.learn(steps)
                else:
                    asked = {"command": "learn", "name": name, "steps": steps}
                    ms, seen = page.evaluate("(given) => asked(given)", asked)
                losses[name] += seen
                if turn >= WARM:
                    rates[name].append(1000 * steps * BATCH / ms)
    for name, values in rates.items():
        print(f"{name:8} {np.median(values):6,.0f} examples a second (median of {turns} turns)")
    first = {name: np.array(some[:COMPARED]) for name, some in losses.items()}
    apart = max(np.abs(first["sgd"] - first[name]).max() for name in ("torch", "textbook"))
    print(f"the first {COMPARED} losses are at most {apart:.1e} apart")
    times = {
        name: np.median(np.divide(rates["sgd"], rates[name])) for name in ("textbook", "torch")
    }
    print(
        f"{np.median(rates['sgd']):,.0f} examples a second: {times['textbook']:.1f} times the "
        f"textbook loops, {times['torch']:.2f} times PyTorch on one thread"
    )
    bounds = asyncio.run(measure(quick))
    slack = QUICK_SLACK if quick else 1
    hold(
        (f"losses at most {EQUAL} apart", apart <= EQUAL),
        (f"at least {TEXTBOOK} times the textbook loops", times["textbook"] >= TEXTBOOK / slack),
        (f"at least {PYTORCH} times PyTorch", times["torch"] >= PYTORCH / slack),
    )
    hold_at_most(bounds, quick)


if __name__ == "__main__":
    main()
