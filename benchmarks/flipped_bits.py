"""A file is read with one bit flipped: it is refused with a sentence, or the flip does no harm."""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from tiny_runs import Accidents, Runs, prepared

from cnn.model import WEIGHTS, WeightsError, load, split_safetensors
from cnn.training.checkpoint import CheckpointError, load_checkpoint
from cnn.training.mnist import FILES, DataError, mnist


def flip(content: bytes, rng: random.Random, within: range) -> bytes:
    """The content with one bit flipped, in a byte of the range."""
    flipped = bytearray(content)
    flipped[rng.choice(within)] ^= 1 << rng.randrange(8)
    return bytes(flipped)


def flip_bits(
    accidents: Accidents, runs: Runs, folder: Path, data_dir: Path, rng: random.Random, count: int
) -> None:
    """Flip bits in every kind of file that is read, and read it."""
    weights, old = folder / "convnet.safetensors", WEIGHTS.read_bytes()
    header = len(old) - len(split_safetensors(old)[1])
    known = load(WEIGHTS).state_dict()

    def same_weights() -> bool:
        """Whether it loads, with the committed weights: a bit of the card need not matter."""
        found = load(weights).state_dict()
        return all(found[name].equal(tensor) for name, tensor in known.items())

    for kind, within, harmless in (
        ("flips in weights", range(header, len(old)), lambda: False),
        ("flips in a card", range(header), same_weights),
    ):
        for _ in range(count):
            weights.write_bytes(flip(old, rng, within))
            accidents.note(kind, refusal(lambda: load(weights), WeightsError, harmless))

    checkpoint = interrupted(runs, folder / "flips")
    whole = checkpoint.read_bytes()
    for _ in range(count):
        checkpoint.write_bytes(flip(whole, rng, range(len(whole))))
        accidents.note(
            "flips in .resume", refusal(lambda: load_checkpoint(checkpoint, {}), CheckpointError)
        )
    code, said = runs.run(checkpoint.parent, "--resume")  # with the last of them, as a user would
    refused = code == 1 and re.search("convnet.resume is damaged.*--resume", said)
    accidents.note("flips in .resume", None if refused else f"train.py used it: {said[-500:]}")

    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name in FILES:
        (raw / name).symlink_to((data_dir / "MNIST" / "raw" / name).resolve())
    for i in range(max(len(FILES), count // 10)):
        path = raw / [*FILES][i % len(FILES)]
        right = path.resolve()
        path.unlink()
        content = right.read_bytes()
        path.write_bytes(flip(content, rng, range(len(content))))
        train = path.name.startswith("train")
        accidents.note("flips in MNIST", refusal(lambda t=train: mnist(t, folder), DataError))
        path.unlink()
        path.symlink_to(right)


def refusal(
    read: Callable, error: type[Exception], harmless: Callable[[], bool] = lambda: False
) -> str | None:
    """None if it is refused with one sentence, or harmless; else what happened."""
    try:
        read()
    except error as refused:
        return None if "\n" not in str(refused) else f"more than a sentence: {refused}"
    except Exception as other:
        return f"{other!r} instead of a sentence"
    return None if harmless() else "loaded without complaint"


def interrupted(runs: Runs, out: Path) -> Path:
    """The .resume of a run that was killed after an epoch, in a folder of its own."""
    checkpoint = prepared(out) / "convnet.resume"
    with runs.start(out) as process:
        while not checkpoint.exists() and process.poll() is None:
            time.sleep(0.01)
        process.kill()
    return checkpoint
