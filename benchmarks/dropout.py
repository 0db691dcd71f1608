"""What dropout does: the ConvNet trained at several rates, each with several seeds.

python benchmarks/dropout.py [--quick] [--rates 0 0.1 0.25 0.5] [--seeds 0 1 2] [--epochs N]
                             [--out FOLDER]

Each run is the default training except for its rate and its seed, on one thread, as many at a time
as there are cores. Printed for each rate, as the median over seeds: the percent read right of MNIST
digits that it trained on, of those held out, of MNIST's test digits and of held-out synthetic ones.
Dropout is meant to close the gap between the first and the second. --out keeps every run's weights.
"""

import os
import statistics
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import torch
from harness import parser

from cnn.metrics import accuracy, log_probabilities
from cnn.model import save
from cnn.training.card import make_card
from cnn.training.datasets import Datasets, prepare
from cnn.training.trainer import DEFAULTS, Settings, Trainer, calibrate

SETS = "scored", "held_out", "test", "synthetic_held_out"


def run(settings: Settings, datasets: Datasets, out: Path | None) -> dict[str, float]:
    """Percent read right of each of SETS after the whole training."""
    torch.set_num_threads(1)
    trainer = Trainer(settings, *datasets.train)
    for _ in range(settings.epochs):
        for _ in trainer.epoch():
            pass
    model = trainer.ema.to(memory_format=torch.contiguous_format)
    right = {}
    for name in SETS:
        digits, labels = getattr(datasets, name)
        right[name] = accuracy(log_probabilities(model, digits), labels)
    if out:
        temperature = calibrate(model, *datasets.synthetic_held_out)
        facts = {"flags": vars(settings), "seed": settings.seed, "epoch": settings.epochs}
        facts["temperature"] = round(temperature, 3)
        name = f"dropout-{settings.dropout}-seed-{settings.seed}.safetensors"
        save(model, out / name, make_card(model, datasets, **facts))
    return right


def main() -> None:
    flags = parser(__doc__, "one epoch of 2,000 digits of each kind, one seed")
    flags.add_argument("--rates", type=float, nargs="+", default=[0, 0.1, 0.25, 0.5])
    flags.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    flags.add_argument("--epochs", type=int, default=DEFAULTS["convnet"]["epochs"])
    flags.add_argument("--out", type=Path, help="a folder for the weights of every run")
    flags.add_argument("--data-dir", help="holds MNIST/raw; default: MNIST_DIR, or data/")
    args = flags.parse_args()
    if args.quick:
        args.seeds, args.epochs = args.seeds[:1], 1
    datasets = prepare(args.data_dir, 2_000 if args.quick else 60_000)
    common = Settings("convnet", **DEFAULTS["convnet"] | {"epochs": args.epochs})
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        runs = {
            (rate, seed): pool.submit(
                run, replace(common, dropout=rate, seed=seed), datasets, args.out
            )
            for seed in args.seeds
            for rate in args.rates
        }
        for (rate, seed), done in runs.items():
            scores = "  ".join(f"{name} {done.result()[name]:6.2f}" for name in SETS)
            print(f"dropout {rate:4}  seed {seed}  {scores}", flush=True)
    print(f"\n{'dropout':>8s}" + "".join(f"{name:>20s}" for name in SETS))
    for rate in args.rates:
        of_rate = [runs[rate, seed].result() for seed in args.seeds]
        medians = [statistics.median(scores[name] for scores in of_rate) for name in SETS]
        print(f"{rate:8}" + "".join(f"{median:20.2f}" for median in medians))


if __name__ == "__main__":
    main()
