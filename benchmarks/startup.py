"""How long `python app.py` takes until the page answers, and how much memory it then holds.

python benchmarks/startup.py [--quick]    needs ps, as Linux and macOS have it
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from server import free_port, start, stop


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one start instead of five")
    runs = 1 if parser.parse_args().quick else 5
    seconds, megabytes = [], []
    for _ in range(runs):
        began = time.perf_counter()
        process = start(free_port())
        seconds.append(time.perf_counter() - began)
        rss = subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True)
        megabytes.append(int(rss.stdout) / 1024)
        stop(process)
    print(
        f"page up in {statistics.median(seconds):.1f} s, {statistics.median(megabytes):.0f} MB "
        f"(median of {runs}; slowest {max(seconds):.1f} s, largest {max(megabytes):.0f} MB)"
    )


if __name__ == "__main__":
    main()
