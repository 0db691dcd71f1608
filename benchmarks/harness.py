"""What all benchmarks share: the project on the path, --quick, a line of figures, the exit."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # for cnn, and for tests/server.py

QUICK_SLACK = 3  # a --quick run may miss a bound by this factor: it only looks for breakage


def parser(docstring: str, quick: str | None = None) -> argparse.ArgumentParser:
    """A parser that says the docstring's first line; quick: the help of --quick, if it has one."""
    parser = argparse.ArgumentParser(description=docstring.splitlines()[0])
    if quick:
        parser.add_argument("--quick", action="store_true", help=quick)
    return parser


def picture_parser(docstring: str, name: str) -> argparse.ArgumentParser:
    """A parser of a command that makes one of the README's pictures; see `page_options`."""
    flags = parser(docstring)
    flags.add_argument("out", nargs="?", type=Path, default=ROOT / "benchmarks/pictures" / name)
    flags.add_argument("--width", type=int, default=1440)
    flags.add_argument("--height", type=int, default=900)
    flags.add_argument("--scheme", choices=["light", "dark"], default="light")
    flags.add_argument("--locale", default="en-US")
    flags.add_argument("--seed", type=int, default=8, help="which synthetic digit")
    return flags


def page_options(args: argparse.Namespace) -> dict:
    """Options of playwright's new_page, as the flags of `picture_parser` say."""
    size = {"width": args.width, "height": args.height}
    return {"viewport": size, "color_scheme": args.scheme, "locale": args.locale}


def percentiles(values: Iterable[float], unit: str = "ms") -> str:
    """The line "p50 ... p95 ... p99 ..." of the values."""
    p50, p95, p99 = np.percentile(list(values), [50, 95, 99])
    return f"p50 {p50:6.2f}  p95 {p95:6.2f}  p99 {p99:6.2f} {unit}"


def hold(*claims: tuple[str, bool]) -> None:
    """Exit 1 and name the claims that do not hold; each is a sentence and whether it does."""
    broken = [claim for claim, holds in claims if not holds]
    if broken:
        sys.exit("does not hold: " + "; ".join(broken))


def hold_at_most(bounds: dict[str, tuple[float, float]], quick: bool) -> None:
    """Exit 1 where a value is above its bound: {what it is: (value, bound)}."""
    slack = QUICK_SLACK if quick else 1
    hold(
        *(
            (f"{what} at most {slack * bound:g}", value <= slack * bound)
            for what, (value, bound) in bounds.items()
        )
    )
