"""Which module may import which, read from the code itself: the layers of the architecture."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BROWSER = ROOT / "cnn" / "page" / "browser"
MAX_LINES = 500

# A layer (here: layer), and what of the project it may import besides itself.
MAY_IMPORT = {
    "cnn.constants": set(),
    "cnn.preprocess": {"cnn.constants"},
    "cnn.files": set(),
    "cnn.card": set(),
    "cnn.model": {"cnn.files", "cnn.card"},
    "cnn.activations": set(),
    "cnn.metrics": {"cnn.model"},
    "cnn.shifts": {"cnn.files", "cnn.metrics", "cnn.model"},
    "cnn.synthetic": {"cnn.constants", "cnn.preprocess"},
    "cnn.training": {
        *("cnn.preprocess", "cnn.files", "cnn.model", "cnn.metrics", "cnn.synthetic"),
    },
    "cnn.evaluate": {
        *("cnn.preprocess", "cnn.model", "cnn.activations", "cnn.metrics"),
        *("cnn.shifts", "cnn.synthetic", "cnn.training"),
        "cnn.page.digits",  # what a network that was trained on the page was measured on
    },
    "cnn.page": {
        *("cnn.constants", "cnn.preprocess", "cnn.model"),
        "cnn.training.corrections",  # the file of corrections, which training reads
        # The file of digits to learn from in the browser, which a command makes.
        *("cnn.files", "cnn.synthetic", "cnn.training.mnist"),
    },
}
# Which other packages a layer may import; a layer that is not listed may import any but gradio.
ONLY = {"cnn.preprocess": {"numpy", "PIL", "scipy"}, "cnn.synthetic": {"numpy", "PIL"}}


def layer_of(module: str) -> str:
    """cnn.training.card -> cnn.training."""
    return ".".join(module.split(".")[:2])


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted((ROOT / "cnn").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports_of(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it, as dotted names."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                names.add(module if module in MODULES else node.module)
    return names


def test_every_layer_is_known():
    layers = {layer_of(module) for module in MODULES} - {"cnn"}
    assert layers == MAY_IMPORT.keys()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_layer_may(module):
    layer = layer_of(module)
    for name in imports_of(MODULES[module]):
        if name.split(".")[0] == "cnn":
            allowed = {layer} | MAY_IMPORT.get(layer, set())
            assert name in allowed or layer_of(name) in allowed, f"{module} imports {name}"
        elif layer in ONLY:
            allowed = ONLY[layer] | sys.stdlib_module_names
            assert name.split(".")[0] in allowed, f"{module} imports {name}"


def test_only_the_page_knows_gradio_and_it_never_knows_torchvision():
    for module, path in MODULES.items():
        roots = {name.split(".")[0] for name in imports_of(path)}
        assert "gradio" not in roots or layer_of(module) == "cnn.page", module
        assert "torchvision" not in roots or module == "cnn.training.mnist", module


def test_no_import_goes_in_a_circle():
    arrows = {m: {n for n in imports_of(p) if n in MODULES and n != m} for m, p in MODULES.items()}
    done: set[str] = set()

    def visit(module: str, road: tuple[str, ...]) -> None:
        assert module not in road, " -> ".join([*road[road.index(module) :], module])
        if module in done:
            return
        for other in arrows[module]:
            if other != ".".join(module.split(".")[:-1]):  # a package is not above its modules
                visit(other, (*road, module))
        done.add(module)

    for module in MODULES:
        visit(module, ())


def test_nothing_but_train_py_and_app_py_stands_above_the_package():
    for path in MODULES.values():
        assert not {"app", "train"} & {name.split(".")[0] for name in imports_of(path)}, path


BELOW = {  # a folder of the browser's modules, and which others it may import; parts: no other part
    "engine": set(),
    "shared": {"engine", "words"},
    "share": {"engine", "shared", "words"},  # the link and the picture of a drawing
    "pad": {"engine", "shared", "share", "words"},
    "lesson": {"engine", "shared", "train", "words"},  # what the bench's session is, for its types
}
ABOVE = {"page.js"}  # it brings the parts to life


@pytest.mark.parametrize(
    "path", sorted(BROWSER.rglob("*.js")), ids=lambda path: path.relative_to(BROWSER).as_posix()
)
def test_a_part_of_the_page_imports_itself_what_all_share_and_the_engine(path):
    part = path.relative_to(BROWSER).parts[0]
    text = path.read_text(encoding="utf-8")
    specifiers = re.findall(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""", text)
    for specifier in specifiers:
        assert specifier.startswith("."), f"{path} imports {specifier}"
        other = (path.parent / specifier).resolve()
        assert other.is_file(), f"{path} imports {specifier}"
        allowed = {part} | BELOW.get(part, {"engine", "shared", "words"})
        if part not in ABOVE:
            assert other.relative_to(BROWSER).parts[0] in allowed, f"{path} imports {specifier}"


def test_no_file_of_the_browsers_code_is_longer_than_is_read_at_a_sitting():
    files = [path for path in BROWSER.rglob("*") if path.suffix in {".js", ".css", ".html"}]
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {path: count for path, count in lines.items() if count > MAX_LINES} == {}
