"""Accidents of training: kills, flipped bits, full and read-only disks. Nothing may be lost.

python benchmarks/accidents.py [--quick] [--kills N] [--flips N] [--seed N] [--data-dir FOLDER]

kills   train.py is killed (SIGKILL) at random moments of a tiny run into a folder with the
        committed weights. Then either those weights or the run's load, and --resume ends with the
        weights of an undisturbed run, the better ones kept as .previous, and no part files left.
flips   a random bit of the weights, of their card, of a .resume or of one of MNIST's files is
        flipped: the file is refused with a sentence or, if it is the card's, no weight changes.
disks   the folder is full after a number of bytes, or read-only: what was there still loads, one
        sentence says so, and once there is room again the run ends with the weights of the
        undisturbed one. As root on Linux a real file system of that size is mounted; otherwise the
        size of a file is limited.

Everything happens in a temporary folder. Exits 1 if any accident ends differently.
"""

import contextlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from flipped_bits import flip_bits
from harness import parser
from small_disks import disturb_disks
from tiny_runs import Accidents, Runs, kept_in, old_or_new, prepared, traceback_in

from cnn.training.mnist import default_dir

PAST_THE_END = 1.05  # of the undisturbed run's time: some kills come too late


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


def main() -> None:
    flags = parser(__doc__, "4 kills, 20 flips of each kind, 3 full disks")
    flags.add_argument("--kills", type=int, default=50)
    flags.add_argument("--flips", type=int, default=300, help="of each kind; in MNIST a tenth")
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
