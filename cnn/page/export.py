"""Write the page for a static host: no server of ours, and no request to any other host.

python -m cnn.page.export FOLDER [--url https://example.org/digits/] [--weights FILE]

The folder holds the page as index.html; its modules in a file, and those of the lesson, of the
bench with its worker, and of what saves and shares a drawing in others, which are fetched when
asked for; the styles likewise; the weights of the network, and the digits that one in training
learns from; and a README.md that makes it a static Space on Hugging Face. Whatever needs a server
is not shown.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cnn.model import WEIGHTS, WeightsError, load
from cnn.page.bundle import MODULE, STYLES, bundle
from cnn.page.html import PREVIEW, head, page_html

ROOT = Path(__file__).resolve().parents[2]
START = """import { mount } from "./browser/page.js";

mount(document.body, {});
"""
# Nothing but the files beside index.html may be loaded or asked; pictures are opened as data: and
# blob: URLs. Training makes its WebAssembly itself (engine/training/products.js), which
# wasm-unsafe-eval allows, and JavaScript made of text it does not.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'"
)
INDEX = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
{head}
<script type="module" src="start.js"></script>
</head>
<body>
<main>{page}</main>
</body>
</html>
"""
README = """---
{front_matter}
---

# Draw a digit, watch the network read it

This folder was written by `python -m cnn.page.export`: a page without a server. Any static host
can serve it as it is; to look at it here: `python -m http.server`. Its one module is made of all
the project's, bundled, without their comments.
"""
# Lines of README.md's front matter that say how a Gradio Space is run.
GRADIOS_LINES = re.compile(r"(sdk|sdk_version|python_version|app_file):")


class FolderError(Exception):
    """The folder cannot be written to; the message says why, and what to do."""


def export(folder: Path, url: str = "", weights: Path = WEIGHTS) -> int:
    """Write the page into `folder`, all of it or nothing, and return its size in bytes.

    url: where the page will be found, ending in a slash; preview cards need it for their picture,
    and saved pictures name it.
    weights: of the network that it shows. A former export is replaced; raises FolderError if
    anything else is there, and WeightsError for weights that cannot be used.
    """
    classes = load(weights).classes
    folder = folder.resolve()
    _check(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        _write(new, _texts(url, classes), weights)
        size = sum(path.stat().st_size for path in new.rglob("*") if path.is_file())
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    return size


def _check(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderError(f"{folder} is a file: name a folder")
    others = {path.name for path in folder.iterdir()} - set(_texts("", [])) - {"browser", "weights"}
    if others:
        raise FolderError(
            f"{folder} holds what no export writes ({', '.join(sorted(others)[:3])}): "
            "name a folder that is empty or does not exist"
        )


def _write(folder: Path, texts: dict[str, str], weights: Path) -> None:
    encoded = {path: text.encode() for path, text in texts.items()}
    for path, content in (bundle(weights) | encoded).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _texts(url: str, classes: Sequence[str]) -> dict[str, str]:
    """The files beside browser/ and weights/: {name: text}."""
    document = INDEX.format(
        policy=POLICY,
        head=head("", url + PREVIEW, styles=[STYLES], modules=[MODULE], url=url),
        page=page_html(classes),
    )
    return {
        "index.html": document,
        "start.js": START,
        "README.md": README.format(front_matter=_front_matter()),
        "LICENSE": (ROOT / "LICENSE").read_text(encoding="utf-8"),
    }


def _front_matter() -> str:
    """README.md's own front matter, turned into a static Space's."""
    _, text, _ = (ROOT / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    kept = [line for line in text.splitlines() if not GRADIOS_LINES.match(line)]
    lines = "\n".join([*kept, "sdk: static", "app_file: index.html"])
    return lines.replace(f"/cnn/page/{PREVIEW}", f"/{PREVIEW}")  # where the export has it


def main() -> None:
    """Parse the command line, write the page, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a new or empty folder, or a former export")
    parser.add_argument(
        "--url",
        default="",
        help="where the page will be found, for preview cards",
    )
    parser.add_argument(
        "--weights", type=Path, default=WEIGHTS, help="of the network to show; default: %(default)s"
    )
    args = parser.parse_args()
    url = args.url.rstrip("/") + "/" if args.url else ""
    try:
        size = export(args.folder, url, args.weights)
    except (FolderError, WeightsError, OSError) as error:
        sys.exit(str(error))
    print(f"{args.folder}: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
