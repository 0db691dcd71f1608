"""The page's modules as one file, without comments: a static server sends one sooner than seventy.

Understands modules as this project writes them: named imports of files beside, or of a whole JSON
file; exports declared with their name and never set again; no circle of imports.
"""

import json
import re
from pathlib import Path

IMPORT = re.compile(
    r'^import (?:(\{[^}]*\}|\w+) from )?"(\.[^"]+)"(?: with \{ type: "json" \})?;[^\n]*\n',
    re.MULTILINE,
)
EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
OTHER = re.compile(r"^(?:import|export)\b[^\n]*|\bimport\(", re.MULTILINE)
# Comments that have their lines to themselves: a quarter of the modules. What stands behind code
# stays, so that no string or pattern is ever taken for a comment.
COMMENTS = re.compile(r"^[ \t]*(//[^\n]*|/\*.*?\*/[ \t]*)\n", re.DOTALL | re.MULTILINE)


class JoinError(ValueError):
    """A module is written in a way that cannot be joined; the message names it."""


def joined(main: Path) -> str:
    """The module `main` and all that it imports as one module, which exports what `main` does.

    Each becomes a function that runs once, after those that it imports, and gives its exports. It
    is to lie where `main` lies, since import.meta.url is its own. Raises JoinError.
    """
    done: dict[Path, list[str]] = {}
    texts: list[str] = []
    main = main.resolve()
    _join(main, done, texts, ())
    exports = f"export const {{ {', '.join(done[main])} }} = {_name(main, done)};\n"
    return "".join([*texts, exports])


def without_comments(text: str) -> str:
    """JavaScript or CSS without the comments that have their lines to themselves."""
    return COMMENTS.sub("", text)


def _join(path: Path, done: dict[Path, list[str]], texts: list[str], road: tuple) -> None:
    """Append the module at `path` to `texts`, after all that it imports; done: path -> exports."""
    if path in done:
        return
    if path in road:
        raise JoinError(f"{path} imports itself: {' -> '.join(each.name for each in road)}")
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        done[path] = []
        small = json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)
        texts.append(f"const {_name(path, done)} = {small};\n")
        return
    for found in IMPORT.finditer(text):
        _join((path.parent / found[2]).resolve(), done, texts, (*road, path))
    body = IMPORT.sub(lambda found: _constant(found, path, done), without_comments(text))
    exports = [found[2] for found in EXPORT.finditer(body)]
    body = EXPORT.sub(r"\1", body)
    if other := OTHER.search(body):
        raise JoinError(f"{path}: {other[0]}")
    done[path] = exports
    texts.append(
        f"// {path.name}\n"
        f"const {_name(path, done)} = (() => {{\n{body}return {{ {', '.join(exports)} }};\n}})();\n"
    )


def _constant(found: re.Match, path: Path, done: dict[Path, list[str]]) -> str:
    """An import as a constant: of the module's exports, or of the JSON file's value."""
    names = found[1]
    if names is None:
        return ""
    module = _name((path.parent / found[2]).resolve(), done)
    return f"const {names.replace(' as ', ': ')} = {module};\n"


def _name(path: Path, done: dict[Path, list[str]]) -> str:
    """What the joined module calls the one at `path`."""
    return f"module{list(done).index(path)}"
