import gzip
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
import torch
from torchvision.datasets import MNIST

from cnn.training.mnist import DataError, default_dir, mnist


@pytest.fixture
def mirror(tmp_path):
    """A folder, and the address at which it is served."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_mnist_is_whole(mnist_train, mnist_test):
    for (digits, labels), count in ((mnist_train, 60_000), (mnist_test, 10_000)):
        assert digits.shape == (count, 1, 28, 28)
        assert digits.dtype == torch.uint8
        assert labels.shape == (count,)
        assert labels.bincount().numel() == 10
    # The counts that LeCun's page gives for a zero and a one among the training labels.
    assert mnist_train[1].bincount()[:2].tolist() == [5923, 6742]


def test_without_files_or_network_one_sentence_says_where_to_put_them(
    tmp_path, monkeypatch, mirror
):
    monkeypatch.setattr(MNIST, "mirrors", [mirror[1]])  # which has nothing
    with pytest.raises(DataError, match=r"MNIST.raw.*--data-dir or MNIST_DIR") as error:
        mnist(train=True, data_dir=tmp_path)
    assert "\n" not in str(error.value)


def test_a_mirrors_file_with_another_checksum_is_refused(tmp_path, monkeypatch, mirror):
    folder, address = mirror
    for name, _ in MNIST.resources:
        (folder / name).write_bytes(gzip.compress(b"no MNIST"))
    monkeypatch.setattr(MNIST, "mirrors", [address])
    with pytest.raises(DataError, match="--data-dir"):
        mnist(train=True, data_dir=tmp_path / "data")


def test_a_truncated_file_is_named(tmp_path, mnist_dir):
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for file in (mnist_dir / "MNIST" / "raw").glob("*-ubyte"):
        (raw / file.name).write_bytes(file.read_bytes()[:5000])
    with pytest.raises(DataError, match="cannot read MNIST in"):
        mnist(train=False, data_dir=tmp_path)


def test_the_folder_is_the_one_that_mnist_dir_names(monkeypatch, tmp_path):
    monkeypatch.setenv("MNIST_DIR", str(tmp_path))
    assert default_dir() == tmp_path
    monkeypatch.setenv("MNIST_DIR", "")  # names no folder, for training and the page alike
    assert str(default_dir()) == "data"
    monkeypatch.delenv("MNIST_DIR")
    assert str(default_dir()) == "data"
