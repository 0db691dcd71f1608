"""How long `python app.py` takes until the page answers, and how much memory it then holds.

python benchmarks/startup.py [--quick]    needs ps, as Linux and macOS have it

Exits 1 if the median start takes more than SECONDS or MEGABYTES.
"""

import statistics
import subprocess
import time

from harness import QUICK_SLACK, hold, parser
from server import free_port, start, stop

SECONDS = 6
MEGABYTES = 700  # resident; a busy machine does not change it, so --quick holds it as it is


def started() -> tuple[float, float]:
    """Seconds until the page answers, and megabytes that it then holds."""
    began = time.perf_counter()
    process = start(free_port())
    seconds = time.perf_counter() - began
    rss = subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True)
    stop(process)
    return seconds, int(rss.stdout) / 1024


def main() -> None:
    quick = parser(__doc__, "one start instead of five").parse_args().quick
    runs = 1 if quick else 5
    seconds, megabytes = zip(*(started() for _ in range(runs)), strict=True)
    s, mb = statistics.median(seconds), statistics.median(megabytes)
    print(
        f"page up in {s:.1f} s, {mb:.0f} MB "
        f"(median of {runs}; slowest {max(seconds):.1f} s, largest {max(megabytes):.0f} MB)"
    )
    most = SECONDS * (QUICK_SLACK if quick else 1)
    hold((f"at most {most} s", s <= most), (f"at most {MEGABYTES} MB", mb <= MEGABYTES))


if __name__ == "__main__":
    main()
