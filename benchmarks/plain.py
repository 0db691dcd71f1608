"""The MLP and the ConvNet trained alike, by the plain recipe: what the network alone is worth.

python benchmarks/plain.py [--quick] [--data-dir FOLDER] [--out FILE]

Both learn from MNIST's 60,000 training digits as they are, for five epochs, in the loop that
everybody writes first (benchmarks/training.py): batches of 64, Adam at 0.001, and dropout at 0.5 in
the ConvNet, as the article has it. No jitter, no synthetic digits, no smoothed labels, no averaged
weights, no temperature. As many runs at a time as there are cores, one thread each, three seeds; no
setting and no epoch was chosen by the test digits. Prints the percent of MNIST's test digits that
the last weights read right. The lesson shows what this writes, unless --quick:
steps/mlp-or-cnn/plain.json.

Exits 1 unless the ConvNet reads more than the MLP with every seed, and both means are within
TOLERANCE of those that are claimed.
"""

import json
import os
import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import torch
from harness import ROOT, hold, parser
from training import plain

from cnn.files import write_files
from cnn.metrics import accuracy, log_probabilities
from cnn.model import NETWORKS
from cnn.training.mnist import DataError, mnist

EPOCHS = 5
SEEDS = 0, 1, 2
DROPOUT = 0.5  # of the ConvNet, as in the article; the MLP has no stage for it
CLAIMED, TOLERANCE = {"mlp": 97.3, "convnet": 98.8}, 0.3  # percent, points
OUT = ROOT / "cnn/page/browser/lesson/steps/mlp-or-cnn/plain.json"


def run(name: str, seed: int, epochs: int, data_dir: str | None) -> float:
    """Percent of MNIST's test digits read right after the last epoch."""
    torch.set_num_threads(1)
    for network in plain(seed, data_dir, NETWORKS[name], DROPOUT, epochs):
        trained = network
    digits, labels = mnist(train=False, data_dir=data_dir)
    return accuracy(log_probabilities(trained.eval(), digits), labels)


def main() -> None:
    flags = parser(__doc__, "one epoch, one seed: only whether the ConvNet reads more")
    flags.add_argument("--data-dir", help="holds MNIST/raw; default: MNIST_DIR, or data/")
    flags.add_argument("--out", type=Path, default=OUT, help="default: %(default)s")
    args = flags.parse_args()
    seeds, epochs = (SEEDS[:1], 1) if args.quick else (SEEDS, EPOCHS)
    try:
        mnist(train=True, data_dir=args.data_dir)
    except DataError as error:
        sys.exit(str(error))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        runs = {
            (name, seed): pool.submit(run, name, seed, epochs, args.data_dir)
            for seed in seeds
            for name in CLAIMED
        }
        for (name, seed), done in runs.items():
            print(f"seed {seed}  {name:8s} {done.result():6.2f} %", flush=True)
    right = {name: [round(runs[name, seed].result(), 2) for seed in seeds] for name in CLAIMED}
    means = {name: statistics.mean(percents) for name, percents in right.items()}
    if not args.quick:
        measured = {
            "command": "python benchmarks/plain.py",
            "epochs": epochs,
            "dropout": DROPOUT,
            "right": right,
        }
        write_files({args.out: (json.dumps(measured) + "\n").encode()})
    print(
        ", ".join(
            f"{name} {means[name]:.2f} % ({min(percents):.2f} to {max(percents):.2f})"
            for name, percents in right.items()
        )
    )
    above = all(c > m for c, m in zip(right["convnet"], right["mlp"], strict=True))
    near = {name: abs(means[name] - CLAIMED[name]) <= TOLERANCE for name in CLAIMED}
    hold(
        ("the ConvNet reads more with every seed", above),
        *((f"{name} {CLAIMED[name]} %", near[name] or args.quick) for name in CLAIMED),
    )


if __name__ == "__main__":
    main()
