"""The page's HTML, its head, and where its files lie: the same for every host.

The parts of the page are folders of `browser/`: PART/PART.html, brought to life by PART/PART.js.
The modules find the weights beside their own folder: weights/ beside browser/.
"""

import html
import json
from collections.abc import Sequence
from pathlib import Path

from cnn.model import CLASSES

TITLE = "Draw a digit, watch the network read it"
DESCRIPTION = (
    "Draw a digit: while your pen moves, a small convolutional network reads it in your browser, "
    "and every feature map of every layer lights up."
)
BROWSER = Path(__file__).resolve().parent / "browser"
NETWORK = "network.safetensors"  # in weights/: the one that the page shows
ICON = BROWSER / "icon.png"  # 192 x 192
PARTS = "masthead", "pad", "answer", "network", "lesson", "train"
LAZY = "lesson", "share", "train"  # folders of `browser/` that are fetched when asked for
# What the preview card of a link shows: a picture of the page, 1200 x 630 as such cards are.
PREVIEW = "browser/preview.png"


def page_html(classes: Sequence[str] = CLASSES) -> str:
    """The page: what stands between <body> and </body>.

    classes: those of the network that it will fetch, so that there is room for them from the start.
    """
    parts = [
        f'<div class="part {part}-part">{_read(BROWSER / part / f"{part}.html")}</div>'
        for part in PARTS
    ]
    names = html.escape(json.dumps(list(classes), ensure_ascii=False))
    for sign in "$`{}\\":  # which Gradio's templates would take for their own
        names = names.replace(sign, f"&#{ord(sign)};")
    return f'<div class="page">{"".join(parts).replace("CLASSES", names)}</div>'


def files_of(kind: str) -> list[str]:
    """The page's files of this kind in `browser/`: first what all parts share, then by path.

    Those in LAZY are not among them: the page opens without those.
    """
    paths = [path.relative_to(BROWSER) for path in BROWSER.rglob(f"*.{kind}")]
    first = [path for path in paths if path.parts[0] not in LAZY]
    return [path.as_posix() for path in sorted(first, key=lambda p: ("shared" not in p.parts, p))]


def head(site: str, preview: str, styles: list[str], modules: list[str], url: str = "") -> str:
    """What the page has between <head> and </head>, but for charset and viewport.

    site: the address of the folder that holds browser/ and weights/, "" or ending in a slash;
    preview: where the preview card's picture is, an absolute URL where one is known; styles,
    modules: all of them as paths within browser/, to be fetched together, not one after another;
    url: where the page will be found, if that is known.
    """
    links = [
        f'<link rel="icon" type="image/svg+xml" href="{site}browser/icon.svg">',
        f'<link rel="apple-touch-icon" href="{site}browser/icon.png">',
        *(f'<link rel="stylesheet" href="{site}browser/{path}">' for path in styles),
        *(f'<link rel="modulepreload" href="{site}browser/{path}">' for path in modules),
        f'<link rel="preload" as="fetch" crossorigin href="{site}weights/{NETWORK}">',
    ]
    return "\n".join([f"<title>{html.escape(TITLE)}</title>", *_card(preview, url), *links])


def _card(preview: str, url: str) -> list[str]:
    """The <meta> tags that search engines and chat programs show of a link."""
    card = {
        "og:type": "website",
        "og:title": TITLE,
        "og:description": DESCRIPTION,
        "og:image": preview,
    } | ({"og:url": url} if url else {})
    said = {"description": DESCRIPTION, "twitter:card": "summary_large_image"}
    return [
        *(f'<meta name="{name}" content="{html.escape(text)}">' for name, text in said.items()),
        *(f'<meta property="{name}" content="{html.escape(text)}">' for name, text in card.items()),
    ]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
