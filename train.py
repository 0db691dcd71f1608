"""Train on MNIST and synthetic digits; write weights, card and history. Minutes on two cores."""

import argparse
import math
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from cnn.files import write_files
from cnn.metrics import accuracy, confusion, log_probabilities
from cnn.model import NETWORKS, WEIGHTS, Network, WeightsError, describe, load, weights_files
from cnn.training import corrections
from cnn.training.card import make_card
from cnn.training.checkpoint import CheckpointError, resume_run, save_run
from cnn.training.corrections import CorrectionsError
from cnn.training.datasets import Datasets, prepare
from cnn.training.finetune import MAX_DROP, finetune
from cnn.training.held_out import held_out_scores, may_replace, regressions
from cnn.training.history import EPOCHS, STEPS, History
from cnn.training.mnist import DataError
from cnn.training.plots import plot_run
from cnn.training.trainer import DEFAULTS, DivergedError, Settings, Trainer, calibrate

HISTORY_OF = "convnet"  # the network whose training the page shows


def main() -> None:
    """Train each network, or with --extra fine-tune it; any failure ends in a sentence."""
    args = arguments()
    names = list(NETWORKS) if args.model == "all" else [args.model]
    device = pick_device(args.device)
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=args.out).close()  # says so now if nothing can be written there
        if args.resume:
            check_checkpoints(names, device, args)
        given = corrections.read(args.extra) if args.extra else None
        print("reading MNIST; drawing synthetic digits and non-digits ...", flush=True)
        datasets = prepare(args.data_dir, args.limit)
        if given:
            models = {name: trained(name, args.out / f"{name}.safetensors") for name in names}
            new = {n: correct(model, given, datasets, device, args) for n, model in models.items()}
            if not all(new.values()):
                sys.exit(f"train.py: {outcome(new)}")
        else:
            for name in names:
                train(settings_for(name, args), datasets, device, args)
            for name in names:
                checkpoint_of(name, args).unlink(missing_ok=True)
    except KeyboardInterrupt:
        sys.exit(f"train.py: stopped{how_to_go_on(names, device, args)}")
    except (DataError, DivergedError, CheckpointError, CorrectionsError, WeightsError) as error:
        sys.exit(f"train.py: {error}")
    except OSError as error:
        sys.exit(
            f"train.py: cannot write to {args.out} ({error.strerror or error}); make room there, "
            f"or name another folder with --out{how_to_go_on(names, device, args)}"
        )


def checkpoint_of(name: str, args: argparse.Namespace) -> Path:
    """Where this network's run is saved until the runs of all networks have finished."""
    return args.out / f"{name}.resume"


def check_checkpoints(names: list[str], device: str, args: argparse.Namespace) -> None:
    """Raise CheckpointError unless a run was interrupted and every interrupted one can be resumed.

    All are checked before the first is trained: otherwise the second could be refused an hour
    later.
    """
    paths = {name: checkpoint_of(name, args) for name in names}
    there = [name for name, path in paths.items() if path.exists()]
    for name in there or names[:1]:
        settings = settings_for(name, args)
        nothing = torch.zeros(0, 1, 28, 28), torch.zeros(0)
        trainer, history = Trainer(settings, *nothing, device), History(nothing, nothing)
        resume_run(paths[name], flags_of(settings, args), trainer, history)


def how_to_go_on(names: list[str], device: str, args: argparse.Namespace) -> str:
    """The end of a sentence about a run that was stopped; empty if it cannot be resumed."""
    try:
        if not args.extra:
            check_checkpoints(names, device, args)
            return "; to continue after the last whole epoch, add --resume to the same flags"
    except CheckpointError:
        pass
    return ""


def train(settings: Settings, datasets: Datasets, device: str, args: argparse.Namespace) -> None:
    """Train one network, save a checkpoint after each epoch, and write the weights of the last."""
    trainer = Trainer(settings, *datasets.train, device)
    history = History(datasets.scored, datasets.held_out)
    checkpoint = checkpoint_of(settings.model, args)
    flags, rows, weights = flags_of(settings, args), [], {}
    if args.resume and checkpoint.exists():
        rows = resume_run(checkpoint, flags, trainer, history)
        weights = deepcopy(trainer.ema.state_dict())
    print(f"{settings.model:8s} epoch    loss   mnist  synthetic  seconds   (held-out digits, %)")
    try:
        while trainer.epochs < settings.epochs:
            row = train_epoch(trainer, datasets, history)
            # In one statement: whenever Ctrl-C comes, the weights are those of the last row.
            rows, weights = [*rows, row], deepcopy(trainer.ema.state_dict())
            save_run(checkpoint, flags, trainer, history, rows)
    finally:  # a run that is stopped or fails leaves what it had after its last whole epoch
        if rows:
            write(settings, rows, weights, history, trainer.steps_per_epoch, datasets, args)


def flags_of(settings: Settings, args: argparse.Namespace) -> dict:
    """What a run must have in common with the one that it resumes; its card records it."""
    return asdict(settings) | {"limit": args.limit}


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
    """Write the weights after the last row's epoch, with card, history and chart.

    Existing weights that read more of the held-out digits right are not replaced if that epoch is
    not the last of the run, and not silently if it is.
    """
    epoch = rows[-1]["epoch"]
    path = args.out / f"{settings.model}.safetensors"
    if not may_replace(path, rows[-1], epoch == settings.epochs, datasets):
        return
    model = NETWORKS[settings.model]().eval()
    model.set_dropout(settings.dropout)
    model.load_state_dict(weights)
    facts = {
        "flags": flags_of(settings, args),
        "seed": settings.seed,
        "epoch": epoch,
        "seconds": round(sum(row["seconds"] for row in rows)),
    }
    step = epoch * steps_per_epoch
    shown = history.before(step) if settings.model == HISTORY_OF else None
    write_network(model, path, rows, datasets, facts, shown, (step, epoch))
    print(f"{path}: MNIST {model.card['mnist']:.2f} %, epoch {epoch} of {settings.epochs}")


def trained(name: str, path: Path) -> Network:
    """The network at `path`; WeightsError if it cannot be trained on as the one of that name."""
    model, ours = load(path), NETWORKS[name]()
    ours.set_dropout(model.dropout_rate)  # the one thing in which they may differ
    if describe(model) != describe(ours) or model.classes != ours.classes:
        raise WeightsError(f"{path} is not a {name} network; name another folder with --out")
    return model


def correct(
    model: Network,
    given: tuple[np.ndarray, np.ndarray],
    datasets: Datasets,
    device: str,
    args: argparse.Namespace,
) -> bool:
    """Fine-tune the model, loaded from --out, on corrections, as `corrections.read` gives them.

    The new weights replace the old, unless their accuracy on the held-out digits is lower by more
    than MAX_DROP points. Returns whether they did.
    """
    begun = time.perf_counter()
    name = model.card["model"]
    path = args.out / f"{name}.safetensors"
    digits = torch.from_numpy(given[0]).mul(255).round().byte().unsqueeze(1)
    labels = torch.from_numpy(given[1])
    tuned = finetune(model, (digits, labels), datasets, device)
    before, after = held_out_scores(model, datasets), held_out_scores(tuned.model, datasets)
    for scores, network in ((before, model), (after, tuned.model)):
        scores["corrections"] = accuracy(log_probabilities(network, digits), labels)
    for kind in ("corrections", "mnist", "synthetic"):
        print(f"{name}: {kind} {before[kind]:.2f} % read right before, {after[kind]:.2f} % after")
    for kind, points in regressions(before, after, MAX_DROP).items():
        print(f"{name}: {kind} fell by {points:.2f} points; {path} stays as it was")
        return False
    facts = {
        "flags": flags_of(tuned.settings, args),
        "seed": tuned.settings.seed,
        "epoch": tuned.settings.epochs,
        "seconds": round(time.perf_counter() - begun),
        "corrections": len(digits),
        "finetuned_from": model.card["sha256"],
    }
    history = History(datasets.scored, datasets.held_out)
    if history.read(history_at(path), model.card["sha256"]):
        last = history.moments[-1]
        moment = last["step"] + tuned.steps, last["epoch"] + tuned.settings.epochs
        write_network(tuned.model, path, tuned.rows, datasets, facts, history, moment)
    else:
        write_network(tuned.model, path, tuned.rows, datasets, facts)
    return True


def outcome(new: dict[str, bool]) -> str:
    """What fine-tuning did if not every network got better; new: {network: was it replaced?}."""
    better, worse = (", ".join(n for n in new if new[n] is is_new) for is_new in (True, False))
    in_place = f"{better}: the new weights are in place; " if better else ""
    return f"{in_place}{worse}: the new weights would read worse, so the old ones stay"


def write_network(
    model: Network,
    path: Path,
    rows: list[dict],
    datasets: Datasets,
    facts: dict,
    history: History | None = None,
    moment: tuple[int, int] = (0, 0),
) -> None:
    """Calibrate the network; write it with its card, and the chart beside it, all together.

    The history, if there is one, is written too: it ends with the network at this moment (step,
    epoch), before and after it is calibrated. Sets `model.card`.
    """
    if history:
        history.record(model, *moment)
    temperature = calibrate(model, *datasets.synthetic_held_out)
    if history:
        history.record(model, *moment, temperature)
    facts = facts | {"temperature": round(temperature, 3)}
    files = weights_files(model, path, make_card(model, datasets, **facts))
    digits, labels = datasets.test
    title = f"{model.card['model']}: {model.card['mnist']:.2f} % of MNIST's test digits read right"
    chart = plot_run(rows, confusion(log_probabilities(model, digits), labels), title)
    files[path.with_suffix(".png")] = chart
    if history:
        files[history_at(path)] = history.content(model.card)
    write_files(files)


def history_at(path: Path) -> Path:
    """Where the history of the weights at `path` is."""
    return path.with_suffix(".history.safetensors")


def pick_device(name: str) -> str:
    """The device of that name; for "auto" a GPU where there is one. Exits where it is missing."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if name == "auto":
        return next((device for device in there if there[device]), "cpu")
    if not there.get(name, True):
        sys.exit(f"train.py: there is no {name} device here; use --device cpu")
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
    add(
        "--lr",
        type=between(float, 1e-6, 10),
        help=f"peak of the learning-rate cycle; default: {default('lr')}",
    )
    add(
        "--dropout",
        type=between(float, 0, 0.95),
        help=f"the ConvNet's rate; default: {default('dropout')}; the article's is 0.5",
    )
    add("--seed", type=between(int, 0, 2**63 - 1), default=0, help="default: %(default)s")
    add("--device", choices=["auto", "cpu", "cuda", "mps"], default="auto")
    add("--data-dir", help="holds MNIST/raw; default: MNIST_DIR, or data/")
    add("--out", type=Path, default=WEIGHTS.parent, help="a folder; default: %(default)s")
    add(
        "--limit",
        type=between(int, 100, 10**9),
        default=60_000,
        help="train on at most this many MNIST digits, synthetic ones and non-digits, as a trial",
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
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # `kill` stops it as Ctrl-C does
    main()
