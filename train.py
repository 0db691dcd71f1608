"""MNIST and pen digits in; weights, their card and a chart out. Minutes on two cores."""

import argparse
import math
import subprocess
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import torch
from torch import Tensor
from tqdm import tqdm

from cnn.chart import chart
from cnn.checkpoint import ResumeError, keep, take_up
from cnn.data import DataError
from cnn.evaluate import accuracy, confusion, log_odds
from cnn.examples import Examples, prepare
from cnn.model import (
    NETWORKS,
    WEIGHTS,
    Network,
    WeightsError,
    certainty,
    load,
    save,
    write_files,
)
from cnn.taught import TaughtError, read
from cnn.training import Diverged, Settings, Training, calibrate
from cnn.tuning import MAY_FALL, tune

KEPT = 0.985  # of the held-out pen digits are sure to be digits
CHANCE = 0.2  # points of the held-out digits, six of them, by which epochs differ without a reason
DEFAULTS = {  # by measurement, see benchmarks/README.md
    "convnet": {"epochs": 40, "lr": 0.03, "dropout": 0.0},
    "mlp": {"epochs": 8, "lr": 0.03, "dropout": 0.0},
}


def main() -> None:
    args = arguments()
    names = list(NETWORKS) if args.model == "all" else [args.model]
    try:
        device = pick_device(args.device)
        args.out.mkdir(parents=True, exist_ok=True)
        states = [args.out / f"{name}.resume" for name in names]
        if args.resume and not any(state.exists() for state in states):
            take_up(states[0], {})  # says that there is none
        taught = read(args.extra) if args.extra else None
        print("reading MNIST; drawing pen digits, and what is no digit ...", flush=True)
        examples = prepare(args.data_dir, args.limit)
        for name in names:
            if taught:
                teach(name, taught, examples, device, args)
            else:
                train(settings_for(name, args), examples, device, args)
        if not taught:
            for state in states:
                state.unlink(missing_ok=True)
    except KeyboardInterrupt:
        sys.exit("train.py: stopped; the same flags and --resume go on after the last whole epoch")
    except (DataError, Diverged, ResumeError, TaughtError, WeightsError) as error:
        sys.exit(f"train.py: {error}")
    except OSError as error:
        sys.exit(
            f"train.py: cannot write to {args.out} ({error.strerror}); make room there, or name "
            "another folder with --out"
        )


def train(settings: Settings, examples: dict, device: str, args: argparse.Namespace) -> None:
    """Train one network, keep its state after each epoch, and write the best of them."""
    flags = asdict(settings) | {"limit": args.limit}
    training = Training(settings, *examples["learn"], device)
    state = args.out / f"{settings.model}.resume"
    rows, best = [], {}
    if args.resume and state.exists():
        tensors, notes = take_up(state, flags)
        best = {k[5:]: tensors.pop(k) for k in list(tensors) if k.startswith("best.")}
        training.resume(tensors)
        rows = notes["rows"]
    print(f"{settings.model:8s} epoch    loss   mnist     pen  seconds   (held-out digits, %)")
    try:
        while training.epochs < settings.epochs:
            rows.append(learn(training, examples))
            if rows[-1] is best_of(rows):
                best = deepcopy(training.average.state_dict())
            tensors = training.state() | {f"best.{k}": v for k, v in best.items()}
            keep(state, tensors, {"settings": flags, "rows": rows})
    finally:  # a run that is stopped or fails leaves the best it had
        if best:
            write(settings, rows, best, examples, args)


def teach(name: str, taught: tuple, examples: dict, device: str, args: argparse.Namespace) -> None:
    """Fine-tune the weights in --out on corrections; keep them if MNIST did not fall."""
    path = args.out / f"{name}.safetensors"
    digits = torch.from_numpy(taught[0]).mul(255).round().byte().unsqueeze(1)
    model = load(path)
    tuned, right = tune(model, name, digits, torch.from_numpy(taught[1]), examples, device)
    for kind, (before, after) in right.items():
        print(f"{name}: {kind} {before:.2f} % read right before, {after:.2f} % after")
    before, after = right["mnist"]
    if after < before - MAY_FALL:
        sys.exit(f"train.py: MNIST fell by {before - after:.2f} points; {path} stays as it was")
    extra = {"extra": len(digits), "mnist": round(after, 2), "commit": commit(), "date": today()}
    extra["sure_from"] = sure_from(tuned, examples["pen"][0])
    save(tuned, path, model.card | extra)


def learn(training: Training, examples: dict[str, Examples]) -> dict:
    """One epoch under a progress bar; its row."""
    begun, losses = time.perf_counter(), []
    name, epoch = training.settings.model, training.epochs + 1
    with tqdm(
        training.epoch(), name, training.steps_per_epoch, leave=False, unit="batch", mininterval=0.5
    ) as bar:
        losses.extend(bar)
    row = {"epoch": epoch, "loss": sum(losses) / len(losses)}
    for kind in ("mnist", "pen"):
        digits, labels = examples[kind]
        row[kind] = accuracy(log_odds(training.average, digits), labels)
    row["seconds"] = time.perf_counter() - begun
    print(
        f"{name:8s} {epoch:5d} {row['loss']:7.4f} {row['mnist']:7.2f} {row['pen']:7.2f} "
        f"{row['seconds']:8.1f}",
        flush=True,
    )
    return row


def best_of(rows: list[dict]) -> dict:
    """The last epoch that reads as many of the held-out digits as any, give or take CHANCE."""
    most = max(row["mnist"] + row["pen"] for row in rows)
    return [row for row in rows if row["mnist"] + row["pen"] >= most - CHANCE][-1]


def write(
    settings: Settings, rows: list[dict], best: dict, examples: dict, args: argparse.Namespace
) -> None:
    """The best weights, calibrated, with their card and chart."""
    model = NETWORKS[settings.model]().eval()
    model.load_state_dict(best)
    pen, labels = examples["pen"]
    temperature = calibrate(model, log_odds(model, pen), labels)
    odds, labels = log_odds(model, examples["test"][0]), examples["test"][1]
    row, right = best_of(rows), round(accuracy(odds, labels), 2)
    path = args.out / f"{settings.model}.safetensors"
    card = {
        "date": today(),
        "commit": commit(),
        "command": " ".join(["python", "train.py", *sys.argv[1:]]),
        "flags": asdict(settings) | {"limit": args.limit},
        "seed": settings.seed,
        "torch": torch.__version__,
        "mnist": right,
        "pen": round(row["pen"], 2),
        "epoch": row["epoch"],
        "temperature": round(temperature, 3),
        "sure_from": sure_from(model, pen),
        "seconds": round(sum(row["seconds"] for row in rows)),
    }
    save(model, path, card)
    title = f"{settings.model}: {right:.2f} % of MNIST's test digits read right"
    write_files({path.with_suffix(".png"): chart(rows, confusion(odds, labels), title)})
    print(f"{path}: MNIST {right:.2f} %, after epoch {row['epoch']} of {settings.epochs}")


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def sure_from(model: Network, pen: Tensor) -> float:
    """The certainty that KEPT of the pen digits reach: with less the page says "not sure"."""
    return round(certainty(log_odds(model, pen)).quantile(1 - KEPT).item(), 4)


def commit() -> str:
    """The commit of this code; " (changed)" if it was since, "unknown" without git."""

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", "-C", Path(__file__).parent, *words], capture_output=True, text=True, check=True
        ).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!weights")
        return git("rev-parse", "HEAD") + (" (changed)" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def pick_device(name: str) -> str:
    """The device by its name, or the best that is there."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if name == "auto":
        return next((device for device in there if there[device]), "cpu")
    if not there.get(name, True):
        sys.exit(f"train.py: no {name} here; take --device cpu")
    return name


def settings_for(name: str, args: argparse.Namespace) -> Settings:
    given = {k: getattr(args, k) for k in ("epochs", "lr", "dropout")}
    chosen = DEFAULTS[name] | {k: v for k, v in given.items() if v is not None}
    return Settings(name, batch_size=args.batch_size, seed=args.seed, **chosen)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--model", choices=[*NETWORKS, "all"], default="all", help="default: %(default)s")
    add("--epochs", type=between(int, 1, 10_000), help=f"default: {default('epochs')}")
    add("--batch-size", type=between(int, 1, 8192), default=256, help="default: %(default)s")
    add("--lr", type=between(float, 1e-6, 10), help=f"peak of the cycle; default: {default('lr')}")
    add(
        "--dropout",
        type=between(float, 0, 0.95),
        help=f"of the ConvNet; default: {default('dropout')}; the article's is 0.5",
    )
    add("--seed", type=between(int, 0, 2**63 - 1), default=0, help="default: %(default)s")
    add("--device", choices=["auto", "cpu", "cuda", "mps"], default="auto")
    add("--data-dir", help="holds MNIST/raw; default: MNIST_DIR, or data/")
    add("--out", type=Path, default=WEIGHTS.parent, help="a folder; default: %(default)s")
    add(
        "--limit",
        type=between(int, 100, 10**9),
        default=60_000,
        help="learn from so many MNIST digits, pen digits and others at most, to try things out",
    )
    add("--extra", type=Path, metavar="FILE", help="corrections from the page: fine-tune on them")
    add("--resume", action="store_true", help="go on with the run that was interrupted in --out")
    return parser.parse_args()


def default(flag: str) -> str:
    return ", ".join(f"{values[flag]} ({name})" for name, values in DEFAULTS.items())


def between(kind: type, low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {low} to {high}")
        return value

    return parse


if __name__ == "__main__":
    main()
