"""The page's files as every host sends them: one file of modules, one of styles, the weights."""

import functools
import hashlib
import json
import mimetypes
import re
from collections.abc import Sequence
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cnn.model import WEIGHTS
from cnn.page.html import BROWSER, NETWORK, files_of

STYLES, MODULE = "page.css", "page.js"  # in browser/
SERVER = "shared/server.js"  # in browser/: how the page asks a server; other hosts have none
# What is fetched with the lesson, with what shares a drawing and with the bench.
LAZY_STYLES = "lesson/lesson.css", "share/share.css", "train/train.css"
WORKER = "train/worker.js"  # a module that runs by itself: it shares nothing with the page's
# In weights/: of the project's own networks, and what one learns from in the browser.
LAZY_WEIGHTS = "mlp.safetensors", "shifts.json", "digits.bin", "digits.txt"
HISTORY = "history.safetensors"
PICTURES = ".svg", ".png"
WORDS = "words"  # in browser/: a folder for each language, of which the page fetches one

# The Windows registry may list .js as text/plain, and browsers do not run such a module.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/octet-stream", ".safetensors")


def weights_files(weights: Path = WEIGHTS) -> dict[str, Path]:
    """{name within weights/: file}: the network that the page shows, and what the lesson fetches.

    The page asks for the same names, whatever the network is called. For a network without a
    history, the lesson says that the history that is here belongs to another network.
    """
    histories = (path.with_suffix(f".{HISTORY}") for path in (weights, WEIGHTS))
    later = {name: WEIGHTS.with_name(name) for name in LAZY_WEIGHTS}
    return {NETWORK: weights, HISTORY: next(filter(Path.exists, histories))} | later


@functools.cache
def bundle(weights: Path = WEIGHTS) -> dict[str, bytes]:
    """{path: content} of all files but the document, which lies beside browser/ and weights/.

    weights: of the network that the page shows.
    """
    sheets = [(BROWSER / path).read_text(encoding="utf-8") for path in files_of("css")]
    texts = bundled(BROWSER / MODULE) | {STYLES: compact_styles("\n".join(sheets))}
    texts |= {path: bundled_styles(BROWSER / path) for path in LAZY_STYLES}
    texts[WORKER] = bundled(BROWSER / WORKER)[Path(WORKER).name]
    texts |= {
        path.relative_to(BROWSER).as_posix(): _small(path)
        for path in sorted((BROWSER / WORDS).rglob("*.json"))
    }
    pictures = [path for path in sorted(BROWSER.iterdir()) if path.suffix in PICTURES]
    return (
        {f"browser/{path}": text.encode() for path, text in texts.items()}
        | {f"browser/{path.name}": path.read_bytes() for path in pictures}
        | {f"weights/{name}": path.read_bytes() for name, path in weights_files(weights).items()}
    )


def route(weights: Path = WEIGHTS) -> Route:
    """What the page's server sends besides Gradio: browser/ and weights/, under site/.

    A Route, since a Mount finds nothing behind a proxy that strips the path's prefix.
    """
    files = bundle(weights) | {f"browser/{SERVER}": (BROWSER / SERVER).read_bytes()}
    etags = {path: f'"{hashlib.sha256(body).hexdigest()[:32]}"' for path, body in files.items()}

    async def send(request: Request) -> Response:
        path = request.path_params["path"]
        if path not in files:
            raise HTTPException(404)
        # Browsers ask each time whether theirs is still the newest (304 if so), so that files of
        # two versions never run together.
        headers = {"cache-control": "no-cache", "etag": etags[path]}
        return Response(files[path], 200, headers, mimetypes.guess_type(path)[0])

    return Route("/site/{path:path}", send)


# The page's modules as one file, without comments. Compared with the 61 modules as they are, each
# named by modulepreload (nginx, Chromium, medians of nine), the pad takes ink after 215 ms instead
# of 374 over HTTP/1.1, and after 758 instead of 2,803 with a round trip of 150 ms; over HTTP/2
# after 226 instead of 432, and after 746 instead of 1,048.
# What the page fetches later, by `import("./FOLDER/MAIN.js")` in its main module, becomes a file of
# its own, which imports from the first what both need.
# It understands modules as this project writes them: named imports by relative path, or imports of
# a whole JSON file; exports declared with their name and never reassigned; no circular imports;
# multi-line strings in which indentation does not matter, as in HTML.

IMPORT = re.compile(
    r'^import (?:(\{[^}]*\}|\w+) from )?"(\.[^"]+)"(?: with \{ type: "json" \})?;[^\n]*\n',
    re.MULTILINE,
)
EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
LAZY_IMPORT = re.compile(r'\bimport\("(\.[^"]+)"\)')
OTHER = re.compile(r"^(?:import|export)\b[^\n]*|\bimport\(", re.MULTILINE)
INDENTATION = re.compile(r"^ +", re.MULTILINE)
CSS_IMPORT = re.compile(r'^@import "(\.[^"]+)";\n', re.MULTILINE)
BLANK_LINES = re.compile(r"\n{2,}")
# Comments on lines of their own: a quarter of the modules. A comment after code on the same line
# stays where a slash or a quote stands before it, but for a division and a plain string, so that no
# string or pattern is ever mistaken for a comment.
COMMENTS = re.compile(r"^[ \t]*(//[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)\n", re.DOTALL | re.MULTILINE)

CAST = re.compile(r"/\*\* @type \{[^*\n]*\} \*/ ?")
REMARK = re.compile(r"^((?:[^\n\"'`/]| / |\"[^\n\"/\\]*\")+?)[ \t]+//[^\n]*$", re.MULTILINE)
# In styles, which have no string with one of these: what stands around them.
AROUND = re.compile(r"\s*([{};,])\s*|(?<=[\w-]):\s+(?=[^{}]*[;}])")


class BundleError(ValueError):
    """A module is written in a way that cannot be bundled; the message names it."""


def bundled(main: Path) -> dict[str, str]:
    """`main` and all that it imports as one module, and one module for each import it makes later.

    {path beside `main`: text}, `main` first. Each module becomes a function that runs once, after
    those that it imports, and returns its exports. Each text must be put where its main module
    is, since import.meta.url is that module's. Raises BundleError.
    """
    main = main.resolve()
    done: dict[Path, list[str]] = {}
    texts: list[str] = []
    later = LAZY_IMPORT.findall(main.read_text(encoding="utf-8"))
    _add(main, done, texts, (), later)
    first = dict(done)
    files = {main.name: ""}
    shared: set[Path] = set()
    for name in later:
        path = (main.parent / name).resolve()
        text, used = _bundled_lazily(path, main, dict(first))
        files[path.relative_to(main.parent).as_posix()] = text
        shared |= used
    exports = [f"export const {{ {', '.join(done[main])} }} = {_name(main, done)};\n"]
    if shared:
        exports.append(f"export {{ {', '.join(sorted(_name(path, done) for path in shared))} }};\n")
    files[main.name] = "".join([*texts, *exports])
    return files


def _bundled_lazily(path: Path, main: Path, done: dict[Path, list[str]]) -> tuple[str, set[Path]]:
    """The text of a module fetched later, and the modules of the first file (`done`) it needs."""
    first = set(done)
    texts: list[str] = []
    _add(path, done, texts, ())
    text = "".join(texts)
    named = set(re.findall(r"\bmodule\d+\b", text))
    used = {each for each in first if _name(each, done) in named}
    names = ", ".join(sorted(_name(each, done) for each in used))
    back = "../" * (len(path.relative_to(main.parent).parts) - 1) or "./"
    imports = f'import {{ {names} }} from "{back}{main.name}";\n' if used else ""
    return (
        f"{imports}{text}export const {{ {', '.join(done[path])} }} = {_name(path, done)};\n",
        used,
    )


def bundled_styles(main: Path) -> str:
    """The CSS file and all that it imports as one, in their order, compact."""
    text = main.read_text(encoding="utf-8")
    return compact_styles(
        CSS_IMPORT.sub(lambda found: bundled_styles(main.parent / found[1]), text)
    )


def compact_styles(text: str) -> str:
    """CSS without comments and white space that means nothing."""
    return AROUND.sub(lambda found: found[1] or ":", compact(text)).replace(";}", "}").strip()


def compact(text: str) -> str:
    """A module or CSS without indentation, blank lines, and nearly all comments."""
    told = REMARK.sub(r"\1", CAST.sub("", COMMENTS.sub("", text)))
    return INDENTATION.sub("", BLANK_LINES.sub("\n", told).removeprefix("\n"))


def _add(
    path: Path,
    done: dict[Path, list[str]],
    texts: list[str],
    road: tuple[Path, ...],
    later: Sequence[str] = (),
) -> None:
    """Append the module at `path` to `texts`, after all that it imports; done: path -> exports.

    later: what this module itself may fetch later; those that it imports may not.
    """
    if path in done:
        return
    if path in road:
        raise BundleError(f"{path} imports itself: {' -> '.join(each.name for each in road)}")
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        done[path] = []
        texts.append(f"const {_name(path, done)} = {_small(path)};\n")
        return
    for found in IMPORT.finditer(text):
        _add((path.parent / found[2]).resolve(), done, texts, (*road, path))
    body = IMPORT.sub(lambda found: _constant(found, path, done), compact(text))
    exports = [found[2] for found in EXPORT.finditer(body)]
    body = EXPORT.sub(r"\1", body)
    told = LAZY_IMPORT.sub(lambda found: "" if found[1] in later else found[0], body)
    if other := OTHER.search(told):
        raise BundleError(f"{path}: {other[0]}")
    done[path] = exports
    texts.append(
        f"const {_name(path, done)} = (() => {{\n{body}return {{ {', '.join(exports)} }};\n}})();\n"
    )


def _small(path: Path) -> str:
    """The JSON file without white space."""
    value = json.loads(path.read_text(encoding="utf-8"))
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _constant(found: re.Match, path: Path, done: dict[Path, list[str]]) -> str:
    """An import as a constant: of the module's exports, or of the JSON file's value."""
    names = found[1]
    if names is None:
        return ""
    module = _name((path.parent / found[2]).resolve(), done)
    return f"const {names.replace(' as ', ': ')} = {module};\n"


def _name(path: Path, done: dict[Path, list[str]]) -> str:
    """What the bundle calls the one at `path`."""
    return f"module{list(done).index(path)}"
