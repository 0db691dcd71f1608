import gzip
import hashlib
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
import torch
from torchvision.datasets import MNIST

from cnn.training.mnist import FILES, DataError, default_dir, mnist


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


@pytest.fixture
def copied(mnist_dir, tmp_path):
    """A folder with MNIST's test digits, to be damaged; with links to the training digits."""
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for file in (mnist_dir / "MNIST" / "raw").glob("*-ubyte"):
        if file.name.startswith("t10k"):
            (raw / file.name).write_bytes(file.read_bytes())
        else:
            (raw / file.name).symlink_to(file)
    return tmp_path


def test_the_files_are_the_ones_that_torchvision_unpacks(mnist_dir):
    names = {name.removesuffix(".gz"): md5 for name, md5 in MNIST.resources}
    assert FILES.keys() == names.keys()
    for train in (True, False):
        digits, labels = mnist(train, mnist_dir)
        theirs = MNIST(mnist_dir, train)
        assert torch.equal(digits[:, 0], theirs.data)
        assert torch.equal(labels, theirs.targets)


def test_what_a_mirror_gives_is_unpacked_and_read(mnist_dir, tmp_path, monkeypatch, mirror):
    folder, address = mirror
    resources = []
    for name in FILES:
        packed = gzip.compress((mnist_dir / "MNIST" / "raw" / name).read_bytes(), 1)
        (folder / f"{name}.gz").write_bytes(packed)
        resources.append((f"{name}.gz", hashlib.md5(packed).hexdigest()))
    monkeypatch.setattr(MNIST, "mirrors", [address])
    monkeypatch.setattr(MNIST, "resources", resources)  # LeCun's gzip packed them otherwise
    digits, _ = mnist(train=False, data_dir=tmp_path / "data")
    assert torch.equal(digits, mnist(train=False, data_dir=mnist_dir)[0])


def shift_labels(content):
    return content[:8] + content[9:] + content[8:9]


def flip_a_bit(content):
    return content[:5000] + bytes([content[5000] ^ 4]) + content[5001:]


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("t10k-labels-idx1-ubyte", shift_labels),
        ("t10k-labels-idx1-ubyte", flip_a_bit),
        ("t10k-images-idx3-ubyte", flip_a_bit),
        ("t10k-images-idx3-ubyte", lambda content: content[:16]),
        ("t10k-images-idx3-ubyte", lambda content: content[:5000]),
        ("t10k-images-idx3-ubyte", lambda content: content + b"1"),
        ("t10k-images-idx3-ubyte", lambda content: b""),
    ],
    ids=["shifted", "label bit", "pixel bit", "header only", "cut", "a byte more", "empty"],
)
def test_a_file_that_is_not_mnists_is_named_with_a_remedy(copied, name, damage):
    path = copied / "MNIST" / "raw" / name
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(
        DataError, match=rf"{path} is not MNIST's: .*delete it.*--data-dir"
    ) as error:
        mnist(train=False, data_dir=copied)
    assert "\n" not in str(error.value)
    assert len(mnist(train=True, data_dir=copied)[0]) == 60_000


def test_a_folder_in_a_files_place_is_refused_in_a_sentence(copied):
    path = copied / "MNIST" / "raw" / "t10k-labels-idx1-ubyte"
    path.unlink()
    path.mkdir()
    with pytest.raises(DataError, match="is not MNIST's"):
        mnist(train=False, data_dir=copied)


def test_digits_of_before_torchvision_read_the_raw_files_are_not_taken(copied, monkeypatch, mirror):
    old = copied / "MNIST" / "processed"
    old.mkdir()
    for name in ("training.pt", "test.pt"):
        torch.save((torch.zeros(5, 28, 28), torch.zeros(5)), old / name)
    assert len(mnist(train=False, data_dir=copied)[0]) == 10_000
    monkeypatch.setattr(MNIST, "mirrors", [mirror[1]])  # which has nothing
    (copied / "MNIST" / "raw" / "t10k-images-idx3-ubyte").unlink()
    with pytest.raises(DataError, match="cannot read MNIST"):
        mnist(train=False, data_dir=copied)


def test_the_folder_is_the_one_that_mnist_dir_names(monkeypatch, tmp_path):
    monkeypatch.setenv("MNIST_DIR", str(tmp_path))
    assert default_dir() == tmp_path
    monkeypatch.setenv("MNIST_DIR", "")  # names no folder, for training and the page alike
    assert str(default_dir()) == "data"
    monkeypatch.delenv("MNIST_DIR")
    assert str(default_dir()) == "data"
