"""Accidents of training: kills, flipped bits, full and read-only disks. Nothing may be lost.

python benchmarks/accidents.py [--quick] [--kills N] [--flips N] [--seed N] [--data-dir FOLDER]

kills   train.py is killed (SIGKILL) at random moments of a tiny run into a folder with the
        committed weights. Then those weights or the run's load, and --resume ends with the weights
        of a run that nobody killed, the better ones kept as .previous, no part of a file left.
flips   a random bit of the weights, of their card, of a .resume or of a file of MNIST's is flipped:
        it is refused with a sentence, or, in the card, changes no weight.
disks   the folder is full after so many bytes, or read-only: what was there loads, one sentence
        says so, and with room again the run ends with the weights of the undisturbed one. As root
        on Linux a real file system of that size is mounted; else the size of a file is limited.

Everything happens in a temporary folder. Exits 1 if one accident ends otherwise.
"""

import contextlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from harness import ROOT, parser

from cnn.model import NETWORKS, WEIGHTS, WeightsError, load, split_safetensors
from cnn.training.checkpoint import CheckpointError, load_checkpoint
from cnn.training.mnist import FILES, DataError, default_dir, mnist

TINY = ["--limit", "200", "--batch-size", "100", "--epochs", "3"]
PAST_THE_END = 1.05  # of the undisturbed run's time: some kills come too late
MEGABYTES = 1, 2, 3, 4, 6, 8, 12  # of the full disks: the tiny run needs ten
SIZES = (
    100_000,
    300_000,
    420_000,
    1_000_000,
    2_000_000,
)  # bytes of a file, where none can be mounted
ROOM = 64  # megabytes that are enough


class Accidents:
    """What was tried, by kind, and what ended badly."""

    def __init__(self) -> None:
        self.tried: Counter[str] = Counter()
        self.bad: list[str] = []

    def note(self, kind: str, *problems: str | None) -> None:
        """One accident; a problem is a sentence, or None where there is none."""
        self.tried[kind] += 1
        found = [f"{kind}: {problem}" for problem in problems if problem]
        self.bad += found
        for sentence in found:
            print(sentence, flush=True)


class Runs:
    """Tiny runs of train.py, both networks, and the weights with which an undisturbed one ends."""

    def __init__(self, data_dir: Path, folder: Path) -> None:
        self.line = [sys.executable, ROOT / "train.py", "--data-dir", data_dir, *TINY]
        begun = time.perf_counter()
        code, said = self.run(folder)
        self.seconds = time.perf_counter() - begun
        if code:
            sys.exit(said)
        self.end = weights_in(folder)

    def start(self, out: Path, *flags: str, at_most: int | None = None) -> subprocess.Popen:
        """A run into the folder; at_most: bytes that a file may have."""
        limits = (at_most or resource.RLIM_INFINITY,) * 2
        return subprocess.Popen(
            [*self.line, "--out", out, *flags],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits),
        )

    def run(self, out: Path, *flags: str, at_most: int | None = None) -> tuple[int, str]:
        """A run to its end: its exit code, and what it said."""
        with self.start(out, *flags, at_most=at_most) as process:
            said = process.stdout.read()
        return process.returncode, said

    def go_on(self, out: Path) -> Iterator[str | None]:
        """Resume what was interrupted, or begin anew if nothing was; yields what went wrong."""
        code, said = self.run(out, "--resume")
        if code and "no interrupted run" in said:
            yield traceback_in(said)
            code, said = self.run(out)
        yield f"--resume failed: {said[-500:]}" if code else traceback_in(said)
        yield (
            None if weights_in(out) == self.end else f"other weights at the end: {weights_in(out)}"
        )
        left = [path.name for path in out.iterdir() if path.name.endswith((".part", ".resume"))]
        yield f"left over: {left}" if left else None


def prepared(folder: Path) -> Path:
    """The folder, with the committed weights in it, which read more than a tiny run's."""
    folder.mkdir(exist_ok=True)
    for name in NETWORKS:
        shutil.copy(WEIGHTS.with_name(f"{name}.safetensors"), folder)
    return folder


def weights_in(folder: Path) -> dict[str, str]:
    """The sha256 of each network's weights; a WeightsError's sentence where they do not load."""
    found = {}
    for name in NETWORKS:
        try:
            found[name] = load(folder / f"{name}.safetensors").card["sha256"]
        except WeightsError as error:
            found[name] = str(error)
    return found


def old_or_new(out: Path, runs: Runs) -> str | None:
    """None if each network is the committed one or the undisturbed run's."""
    old = weights_in(WEIGHTS.parent)
    found = weights_in(out)
    odd = [found[name] for name in NETWORKS if found[name] not in (old[name], runs.end[name])]
    return f"neither the old weights nor the new: {odd}" if odd else None


def kept_in(out: Path) -> str | None:
    """None if the better weights are kept beside what a finished tiny run wrote."""
    for name in NETWORKS:
        previous, old = (
            out / f"{name}.previous.safetensors",
            WEIGHTS.with_name(f"{name}.safetensors"),
        )
        if not previous.exists() or previous.read_bytes() != old.read_bytes():
            return f"{previous.name} is not what was there before"
    return None


def traceback_in(said: str) -> str | None:
    return f"a traceback: {said[-500:]}" if "Traceback" in said else None


def kill(accidents: Accidents, runs: Runs, folder: Path, rng: random.Random, count: int) -> None:
    """Kill runs at random moments, spread over the whole run."""
    for i in range(count):
        out = prepared(folder / f"kill{i}")
        moment = (i + rng.random()) / count * PAST_THE_END * runs.seconds
        with runs.start(out) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(moment)
            process.send_signal(signal.SIGKILL)
            said = process.stdout.read()
        after = old_or_new(out, runs)
        accidents.note("kills", traceback_in(said), after, *runs.go_on(out), kept_in(out))
        shutil.rmtree(out)


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
    accidents.note("flips in .resume", None if refused else f"train.py took it up: {said[-500:]}")

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
    return None if harmless() else "taken up without a word"


def interrupted(runs: Runs, out: Path) -> Path:
    """The .resume of a run that was killed after an epoch, in a folder of its own."""
    checkpoint = prepared(out) / "convnet.resume"
    with runs.start(out) as process:
        while not checkpoint.exists() and process.poll() is None:
            time.sleep(0.01)
        process.kill()
    return checkpoint


def mount(folder: Path, *words: str) -> bool:
    """Mount with these words; whether that was possible."""
    with contextlib.suppress(OSError):
        return not subprocess.run(["mount", *words, folder], capture_output=True).returncode
    return False


def disturb_disks(accidents: Accidents, runs: Runs, folder: Path, quick: bool) -> None:
    """Runs on disks that are too small by more or less, and on a read-only one."""
    folder.mkdir()
    if not mount(folder, "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs"):
        print("no file system can be mounted here: the size of a file is limited instead")
        for i, size in enumerate(SIZES[::3] if quick else SIZES):
            out = prepared(folder / f"full{i}")
            too_full(accidents, runs, out, at_most=size)
        return
    try:
        for i, size in enumerate(MEGABYTES[::3] if quick else MEGABYTES):
            out = prepared(folder / f"full{i}")
            mount(folder, "-o", f"remount,size={size}m")
            too_full(accidents, runs, out, lambda: mount(folder, "-o", f"remount,size={ROOM}m"))
            shutil.rmtree(out)
        out = prepared(folder / "read-only")
        mount(folder, "-o", "remount,ro")
        code, said = runs.run(out)
        right = code == 1 and re.search(r"cannot write to .*[Rr]ead-only", said)
        accidents.note(
            "read-only disks",
            None if right else f"exit {code}: {said[-500:]}",
            traceback_in(said),
            old_or_new(out, runs),
        )
    finally:
        subprocess.run(["umount", folder], check=True)


def too_full(
    accidents: Accidents,
    runs: Runs,
    out: Path,
    make_room: Callable[[], object] = lambda: None,
    at_most: int | None = None,
) -> None:
    """A run that the disk is too small for, or perhaps not; then there is room, and it goes on."""
    code, said = runs.run(out, at_most=at_most)
    after = old_or_new(out, runs)
    right = code == 0 or (code == 1 and "make room there" in said)
    make_room()
    wrong = None if right else f"exit {code}: {said[-500:]}"
    again = runs.go_on(out) if code else ()
    accidents.note("full disks", wrong, traceback_in(said), after, *again, kept_in(out))


def main() -> None:
    flags = parser(__doc__, "4 kills, 20 flips of each kind, 3 full disks")
    flags.add_argument("--kills", type=int, default=50)
    flags.add_argument("--flips", type=int, default=300, help="of each kind; of MNIST's a tenth")
    flags.add_argument("--seed", type=int, default=0, help="of moments and bits")
    flags.add_argument("--data-dir", type=Path, default=default_dir(), help="holds MNIST/raw")
    args = flags.parse_args()
    kills, flips = (4, 20) if args.quick else (args.kills, args.flips)
    accidents, rng = Accidents(), random.Random(args.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        runs = Runs(args.data_dir.resolve(), prepared(folder / "undisturbed"))
        print(f"an undisturbed run takes {runs.seconds:.1f} s", flush=True)
        flip_bits(accidents, runs, folder, args.data_dir, rng, flips)
        disturb_disks(accidents, runs, folder / "disk", args.quick)
        kill(accidents, runs, folder, rng, kills)
    for kind, count in accidents.tried.items():
        bad = sum(sentence.startswith(f"{kind}:") for sentence in accidents.bad)
        print(f"{kind:18s} {count:5d} tried, {bad} ended badly")
    print(f"{accidents.tried.total()} accidents, {len(accidents.bad)} losses")
    if accidents.bad:
        sys.exit(1)


if __name__ == "__main__":
    main()
