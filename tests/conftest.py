"""What tests need from outside: MNIST, Chromium. Without it a test is skipped, or fails in CI."""

import functools
import os
import shutil
from pathlib import Path

import pytest

# Before PyTorch is imported, here and in what tests start: what they compute is small, and other
# tests and the page's server run beside it, which threads that wait for each other would starve.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# The first is the same browser without a window around the page: a visit takes half the time.
CHROMIUMS = ["chromium-headless-shell", "chromium", "chromium-browser"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--data-dir", help="the folder that holds MNIST/raw")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Training runs first: a file's tests stay together, and at the end none should be long."""
    items.sort(key=lambda item: "page" in item.path.parts)


@pytest.fixture(scope="session")
def mnist_dir(pytestconfig: pytest.Config) -> Path:
    """The folder with MNIST/raw: as named, data/ or ../shared/data; in CI it is downloaded."""
    root = pytestconfig.rootpath
    named = pytestconfig.getoption("--data-dir") or os.environ.get("MNIST_DIR")
    for folder in [Path(named)] if named else [root / "data", root.parent / "shared" / "data"]:
        if (folder / "MNIST" / "raw" / "t10k-images-idx3-ubyte").exists():
            return folder.resolve()
    if os.environ.get("CI"):
        from cnn.training.mnist import mnist

        folder = Path(named or root / "data")
        mnist(train=False, data_dir=folder)
        return folder
    pytest.skip("no MNIST here; run train.py once, or name its folder: --data-dir or MNIST_DIR")


@pytest.fixture
def command(mnist_dir, tmp_path):
    """The flags of a quick run of train.py into tmp_path / out; flags that are added hold."""
    from train_run import quick_flags

    return functools.partial(quick_flags, mnist_dir, tmp_path / "out")


@pytest.fixture(scope="session")
def mnist_test(mnist_dir):
    """MNIST's test digits, uint8 (10000, 1, 28, 28), and labels (10000,)."""
    from cnn.training.mnist import mnist

    return mnist(train=False, data_dir=mnist_dir)


@pytest.fixture(scope="session")
def mnist_train(mnist_dir):
    """MNIST's training digits, uint8 (60000, 1, 28, 28), and labels (60000,)."""
    from cnn.training.mnist import mnist

    return mnist(train=True, data_dir=mnist_dir)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        sentence = "no chromium on PATH; run: apt-get install chromium-headless-shell"
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    return path


@pytest.fixture(scope="session")
def nginx():
    """`running_nginx`, where nginx is."""
    from nginx import MISSING, find_nginx, running_nginx

    if find_nginx() is None:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    return running_nginx


@pytest.fixture(scope="session")
def server():
    """The real page's server, in a process of its own; language models may ask it too."""
    from own_server import running_server

    with running_server(GRADIO_MCP_SERVER="True") as server:
        yield server


@pytest.fixture(scope="session")
def page_url(server) -> str:
    """Its URL."""
    return f"http://127.0.0.1:{server.port}/"
