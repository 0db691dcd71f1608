"""How long `python app.py` takes until the page answers, and how much memory it then holds.

python benchmarks/startup.py [--quick]    needs ps, as Linux and macOS have it

Beside it, an empty Gradio app, started in turn with ours. The memory is measured after the first
picture, and so includes what only pictures need. Exits 1 if the median start takes more than TIMES
as long as the empty app's, or MEMORY_TIMES the memory.
"""

import statistics
import subprocess
import time
import urllib.request
from collections.abc import Sequence

from harness import QUICK_SLACK, hold, parser
from server import free_port, start, stop
from visitor import picture_body

EMPTY = "-c", "import gradio\nwith gradio.Blocks() as demo:\n  pass\ndemo.launch()"
TIMES = 2.5
MEMORY_TIMES = 5.5  # resident; a busy machine does not change it, so --quick has the same bound


def started(program: Sequence[str], picture_at: str | None = None) -> tuple[float, float]:
    """Seconds until the program answers, and megabytes that it holds after a picture."""
    began, port = time.perf_counter(), free_port()
    process = start(port, program=program, GRADIO_ANALYTICS_ENABLED="False")
    seconds = time.perf_counter() - began
    if picture_at:
        url, headers = f"http://127.0.0.1:{port}{picture_at}", {"Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(url, picture_body(), headers)) as answer:
            answer.read()
    rss = subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True)
    stop(process)
    return seconds, int(rss.stdout) / 1024


def main() -> None:
    quick = parser(__doc__, "one start instead of five").parse_args().quick
    runs = 1 if quick else 5
    pairs = [(started(EMPTY), started(["app.py"], "/site/picture")) for _ in range(runs)]
    (empty_s, empty_mb), (s, mb) = (
        map(statistics.median, zip(*each, strict=True)) for each in zip(*pairs, strict=True)
    )
    print(f"an empty Gradio app: up in {empty_s:.1f} s, {empty_mb:.0f} MB")
    print(f"the page: up in {s:.1f} s, {mb:.0f} MB")
    print(f"{s / empty_s:.2f} times as long, {mb / empty_mb:.2f} times the memory")
    times = TIMES * (QUICK_SLACK if quick else 1)
    hold(
        (f"at most {times} times as long", s <= times * empty_s),
        (f"at most {MEMORY_TIMES} times the memory", mb <= MEMORY_TIMES * empty_mb),
    )


if __name__ == "__main__":
    main()
