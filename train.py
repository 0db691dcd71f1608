"""MNIST and synthetic digits in; weights, their card and history out. Minutes on two cores."""

import argparse
import math
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from cnn.metrics import accuracy, confusion, log_probabilities
from cnn.model import NETWORKS, WEIGHTS, Network, WeightsError, load, save, write_files
from cnn.training import corrections
from cnn.training.card import make_card
from cnn.training.checkpoint import REMEDY, CheckpointError, load_checkpoint, save_checkpoint
from cnn.training.corrections import CorrectionsError
from cnn.training.datasets import Datasets, prepare
from cnn.training.finetune import MAX_DROP, finetune, held_out_scores
from cnn.training.history import EPOCHS, STEPS, History
from cnn.training.mnist import DataError
from cnn.training.plots import plot_run
from cnn.training.trainer import DEFAULTS, DivergedError, Settings, Trainer, calibrate

HISTORY_OF = "convnet"  # the network whose training the page shows


def main() -> None:
    """Train, or with --extra fine-tune, each network; what goes wrong ends in a sentence."""
    args = arguments()
    names = list(NETWORKS) if args.model == "all" else [args.model]
    checkpoints = [args.out / f"{name}.resume" for name in names]
    try:
        device = pick_device(args.device)
        args.out.mkdir(parents=True, exist_ok=True)
        if args.resume and not any(path.exists() for path in checkpoints):
            load_checkpoint(checkpoints[0], {})  # says that there is none
        given = corrections.read(args.extra) if args.extra else None
        print("reading MNIST; drawing synthetic digits and non-digits ...", flush=True)
        datasets = prepare(args.data_dir, args.limit)
        if given:
            models = {name: load(args.out / f"{name}.safetensors") for name in names}
            refused = [m for m in models.values() if not correct(m, given, datasets, device, args)]
            if refused:
                sys.exit("train.py: weights that would have read worse stay as they were")
        else:
            for name in names:
                train(settings_for(name, args), datasets, device, args)
            for path in checkpoints:
                path.unlink(missing_ok=True)
    except KeyboardInterrupt:
        if args.extra or not any(path.exists() for path in checkpoints):
            sys.exit("train.py: stopped")
        sys.exit("train.py: stopped; the same flags and --resume go on after the last whole epoch")
    except (DataError, DivergedError, CheckpointError, CorrectionsError, WeightsError) as error:
        sys.exit(f"train.py: {error}")
    except OSError as error:
        sys.exit(
            f"train.py: cannot write to {args.out} ({error.strerror}); make room there, or name "
            "another folder with --out"
        )


def train(settings: Settings, datasets: Datasets, device: str, args: argparse.Namespace) -> None:
    """Train one network, save a checkpoint after each epoch, and write the weights of the last."""
    flags = asdict(settings) | {"limit": args.limit}
    trainer = Trainer(settings, *datasets.train, device)
    history = History(datasets.scored, datasets.held_out)
    checkpoint = args.out / f"{settings.model}.resume"
    rows, weights = [], {}
    if args.resume and checkpoint.exists():
        rows = resume(checkpoint, flags, trainer, history)
        weights = deepcopy(trainer.ema.state_dict())
    print(f"{settings.model:8s} epoch    loss   mnist  synthetic  seconds   (held-out digits, %)")
    try:
        while trainer.epochs < settings.epochs:
            row = train_epoch(trainer, datasets, history)
            # Both at once: wherever Ctrl-C comes, the weights are those of the last row.
            rows, weights = [*rows, row], deepcopy(trainer.ema.state_dict())
            tensors = trainer.state() | {f"history.{k}": v for k, v in history.state().items()}
            notes = {"settings": flags, "rows": rows, "moments": history.moments}
            save_checkpoint(checkpoint, tensors, notes)
    finally:  # a run that is stopped or fails leaves what it had after its last whole epoch
        if rows:
            write(settings, rows, weights, history, trainer.steps_per_epoch, datasets, args)


def resume(path: Path, flags: dict, trainer: Trainer, history: History) -> list[dict]:
    """Set trainer and history to where the checkpoint at `path` is; returns the rows so far.

    Raises CheckpointError where the file does not fit.
    """
    tensors, notes = load_checkpoint(path, flags)
    try:
        history.load_state(_under("history.", tensors), notes["moments"])
        trainer.resume(tensors)
        return list(notes["rows"])
    except (KeyError, IndexError, TypeError, ValueError, RuntimeError) as error:
        raise CheckpointError(
            f"{path} is of another version or another device ({error!r}); {REMEDY}"
        ) from error


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The tensors whose names begin with the prefix, by the rest of their names."""
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def train_epoch(trainer: Trainer, datasets: Datasets, history: History) -> dict:
    """Train for one epoch under a progress bar, and add its moments to the history.

    Returns {"epoch", "loss": the mean over batches, "mnist", "synthetic": percent of the held-out
    digits read right, "seconds"}, and prints it.
    """
    begun, losses = time.perf_counter(), []
    name, epoch, steps = trainer.settings.model, trainer.epochs + 1, trainer.steps_per_epoch
    if epoch == 1:
        history.record(trainer.ema, 0, 0)
    with tqdm(trainer.epoch(), name, steps, leave=False, unit="batch", mininterval=0.5) as bar:
        for loss in bar:
            losses.append(loss)
            step = (epoch - 1) * steps + len(losses)
            if step in STEPS or (step == epoch * steps and epoch in EPOCHS):
                history.record(trainer.ema, step, step // steps)
    row = {"epoch": epoch, "loss": sum(losses) / len(losses)}
    row |= held_out_scores(trainer.ema, datasets)
    row["seconds"] = time.perf_counter() - begun
    print(
        f"{name:8s} {epoch:5d} {row['loss']:7.4f} {row['mnist']:7.2f} {row['synthetic']:10.2f} "
        f"{row['seconds']:8.1f}",
        flush=True,
    )
    return row


def write(
    settings: Settings,
    rows: list[dict],
    weights: dict[str, Tensor],
    history: History,
    steps_per_epoch: int,
    datasets: Datasets,
    args: argparse.Namespace,
) -> None:
    """Write the weights after the last row's epoch, calibrated, with card, history and chart."""
    model = NETWORKS[settings.model]().eval()
    model.set_dropout(settings.dropout)
    model.load_state_dict(weights)
    digits, labels = datasets.synthetic_held_out
    temperature = calibrate(model, log_probabilities(model, digits), labels)
    epoch = rows[-1]["epoch"]
    facts = {
        "flags": asdict(settings) | {"limit": args.limit},
        "seed": settings.seed,
        "epoch": epoch,
        "temperature": round(temperature, 3),
        "seconds": round(sum(row["seconds"] for row in rows)),
    }
    path = args.out / f"{settings.model}.safetensors"
    write_network(model, path, rows, datasets, facts)
    if settings.model == HISTORY_OF:
        history.write(
            path.with_suffix(".history.safetensors"), model, epoch * steps_per_epoch, epoch
        )
    print(f"{path}: MNIST {model.card['mnist']:.2f} %, epoch {epoch} of {settings.epochs}")


def correct(
    model: Network,
    given: tuple[np.ndarray, np.ndarray],
    datasets: Datasets,
    device: str,
    args: argparse.Namespace,
) -> bool:
    """Fine-tune the model, loaded from --out, on corrections, as `corrections.read` gives them.

    The new weights replace the old, unless they read over MAX_DROP points less of the held-out
    digits; says whether they did.
    """
    begun = time.perf_counter()
    name = model.card["model"]
    path = args.out / f"{name}.safetensors"
    digits = torch.from_numpy(given[0]).mul(255).round().byte().unsqueeze(1)
    labels = torch.from_numpy(given[1])
    tuned, settings, rows, temperature = finetune(model, (digits, labels), datasets, device)
    before, after = held_out_scores(model, datasets), held_out_scores(tuned, datasets)
    for scores, network in ((before, model), (after, tuned)):
        scores["corrections"] = accuracy(log_probabilities(network, digits), labels)
    for kind in ("corrections", "mnist", "synthetic"):
        print(f"{name}: {kind} {before[kind]:.2f} % read right before, {after[kind]:.2f} % after")
    for kind in ("mnist", "synthetic"):
        if after[kind] < before[kind] - MAX_DROP:
            drop = before[kind] - after[kind]
            print(f"{name}: {kind} fell by {drop:.2f} points; {path} stays as it was")
            return False
    facts = {
        "flags": asdict(settings) | {"limit": args.limit},
        "seed": settings.seed,
        "epoch": settings.epochs,
        "temperature": round(temperature, 3),
        "seconds": round(time.perf_counter() - begun),
        "corrections": len(digits),
        "finetuned_from": model.card["sha256"],
    }
    write_network(tuned, path, rows, datasets, facts)
    return True


def write_network(
    model: Network, path: Path, rows: list[dict], datasets: Datasets, facts: dict
) -> None:
    """Write the weights with their card, and the chart beside them; sets `model.card`."""
    save(model, path, make_card(model, datasets, **facts))
    model.card = load(path).card
    digits, labels = datasets.test
    title = f"{model.card['model']}: {model.card['mnist']:.2f} % of MNIST's test digits read right"
    chart = plot_run(rows, confusion(log_probabilities(model, digits), labels), title)
    write_files({path.with_suffix(".png"): chart})


def pick_device(name: str) -> str:
    """The device of that name; for "auto" a GPU where there is one. Exits where it is missing."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if name == "auto":
        return next((device for device in there if there[device]), "cpu")
    if not there.get(name, True):
        sys.exit(f"train.py: no {name} here; take --device cpu")
    return name


def settings_for(name: str, args: argparse.Namespace) -> Settings:
    """The network's defaults, replaced by the flags that were given."""
    given = {k: getattr(args, k) for k in ("epochs", "lr", "dropout")}
    chosen = DEFAULTS.get(name, {}) | {k: v for k, v in given.items() if v is not None}
    return Settings(name, batch_size=args.batch_size, seed=args.seed, **chosen)


def arguments() -> argparse.Namespace:
    """The command line; exits with a sentence where a flag is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--model", choices=[*NETWORKS, "all"], default="all", help="default: %(default)s")
    add("--epochs", type=between(int, 1, 10_000), help=f"default: {default('epochs')}")
    add(
        "--batch-size",
        type=between(int, 1, 8192),
        default=Settings.batch_size,
        help="default: %(default)s",
    )
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
        help="train on so many MNIST digits, synthetic ones and non-digits at most, to try it out",
    )
    add("--extra", type=Path, metavar="FILE", help="corrections from the page: fine-tune on them")
    add("--resume", action="store_true", help="go on with the run that was interrupted in --out")
    return parser.parse_args()


def default(flag: str) -> str:
    """The flag's default for each network, as --help says it."""
    return ", ".join(f"{values[flag]} ({name})" for name, values in DEFAULTS.items())


def between(kind: type[int] | type[float], low: float, high: float) -> Callable[[str], float]:
    """A type for argparse: a number of this kind from low to high."""

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
