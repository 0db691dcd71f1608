"""The digits that a network in the browser learns from, in one file: some of MNIST's, and ours.

python -m cnn.page.digits [--data-dir FOLDER] writes weights/digits.bin and, beside it, digits.txt,
which says whose digits they are and under which licences they are passed on.

The file, unpacked by gzip: a line of JSON, {"mnist": ..., "synthetic": ..., "held_out": ...}, how
many digits there are of each kind, in this order; a byte for the label of each digit; 4 bits for
each pixel, ink 15, row by row, the left of two pixels in the upper half of a byte. The digits of a
kind go 0, 1, ..., 9, 0, 1, ...: the first n of them hold each digit equally often.
"""

import argparse
import gzip
import json
import sys
import zlib
from pathlib import Path

import numpy as np
from torch import Tensor

from cnn.files import write_files
from cnn.model import CLASSES, WEIGHTS
from cnn.synthetic.generate import synthetic_digits
from cnn.training.mnist import DataError, mnist

FILE = WEIGHTS.with_name("digits.bin")
# Learning from all of them alike, with Muon for the convolutions and with averaged weights, the
# ConvNet reads after 38,400 digits, with this many synthetic ones, of MNIST's test set, and of what
# people drew on a screen, by strokes and by pictures,
#     0    98.63, 94.41 and 93.79 %
# 1,250    98.65, 96.89 and 96.51 %
# 2,500    98.56, 97.83 and 97.31 %
# 5,000    98.31, 98.14 and 97.20 %
# (medians of 3 seeds). So the number was chosen by these sets.
COUNTS = {"mnist": 5_000, "synthetic": 2_500, "held_out": 1_000}
SPARE = 1.2  # of the synthetic digits that are needed are drawn, to have enough of each digit
SEED = 0
STEP = 17  # 255 / 15
MAX_BYTES = 1_000_000

Examples = tuple[np.ndarray, np.ndarray]  # digits uint8 (N, 28, 28), ink 255; labels uint8 (N,)

ATTRIBUTION = """\
digits.bin holds {mnist:,} digits of MNIST's training set and {held_out:,} of its test set, and
{synthetic:,} synthetic pen digits, drawn by this project's generator.

The digits of MNIST
  Copyright (c) Yann LeCun and Corinna Cortes. MNIST, by them and Christopher J. C. Burges, was made
  from NIST's Special Databases 1 and 3.
  MNIST is passed on under two licences, and so are these digits of it; take the one you like:
  - Creative Commons Attribution-ShareAlike 3.0, https://creativecommons.org/licenses/by-sa/3.0/
    as in Keras, https://keras.io/api/datasets/mnist/
  - MIT, https://opensource.org/license/mit
    as on Hugging Face, https://huggingface.co/datasets/ylecun/mnist
  Changed: chosen at random, each digit equally often; another order; ink rounded to 4 bits.

The synthetic digits
  Copyright (c) The authors of Draw a digit. MIT, https://opensource.org/license/mit

Made by: python -m cnn.page.digits
"""


def pack(kinds: dict[str, Examples]) -> bytes:
    """The file of these digits; kinds: by the names that COUNTS has. The same bytes each time."""
    # Of 5,000 digits of MNIST this makes 473 kB; a byte a pixel, 495; PNG's predictions from the
    # pixels around, 572 and more. Lossless WebP makes 453, but a browser that hides whose it is
    # gives its pixels back, through a canvas, with noise.
    return gzip.compress(unpacked(kinds), mtime=0)


def unpacked(kinds: dict[str, Examples]) -> bytes:
    """The same before it is compressed."""
    counts = {kind: len(labels) for kind, (_, labels) in kinds.items()}
    labels = np.concatenate([labels for _, labels in kinds.values()]).astype(np.uint8)
    digits = np.concatenate([digits for digits, _ in kinds.values()])
    pixels = np.round(digits.reshape(-1) / STEP).astype(np.uint8)
    pairs = pixels[::2] << 4 | pixels[1::2]
    return f"{json.dumps(counts)}\n".encode() + labels.tobytes() + pairs.tobytes()


def held_out(path: Path = FILE) -> Examples:
    """The file's digits that no network in the browser learns from; DataError if it has none."""
    try:
        head, packed = gzip.decompress(path.read_bytes()).split(b"\n", 1)
        counts = json.loads(head)
        count, area = counts["held_out"], 28 * 28
        labels = np.frombuffer(packed, np.uint8, count, sum(counts.values()) - count)
        pairs = np.frombuffer(packed, np.uint8)[-count * area // 2 :]
        pixels = STEP * np.stack([pairs >> 4, pairs & 15], axis=1)
        return pixels.reshape(count, 28, 28), labels
    except (OSError, EOFError, zlib.error, ValueError, KeyError) as error:
        raise DataError(f"no digits at {path} ({error}); run: python -m cnn.page.digits") from error


def choose(examples: Examples, count: int, seed: int) -> Examples:
    """`count` of them, a multiple of ten, at random, in the order 0, 1, ..., 9, 0, 1, ..."""
    digits, labels = examples
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    each = count // len(CLASSES)
    rows = [shuffled[labels[shuffled] == digit][:each] for digit in range(len(CLASSES))]
    chosen = np.stack(rows, axis=1).reshape(-1)
    return digits[chosen], labels[chosen]


def kinds(data_dir: str | Path | None, counts: dict[str, int]) -> dict[str, Examples]:
    """The digits of the file, by kind. Raises DataError where MNIST cannot be read."""
    train, test = (_examples(mnist(is_train, data_dir)) for is_train in (True, False))
    drawn, labels, _ = synthetic_digits(round(SPARE * counts["synthetic"]), SEED)
    sources = {"mnist": train, "synthetic": (drawn, labels), "held_out": test}
    return {kind: choose(sources[kind], count, SEED) for kind, count in counts.items()}


def _examples(tensors: tuple[Tensor, Tensor]) -> Examples:
    digits, labels = tensors
    return digits[:, 0].numpy(), labels.numpy()


def main() -> None:
    """Write both files; exits with a sentence where that fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data-dir", help="holds MNIST/raw; default: MNIST_DIR, or data/")
    args = parser.parse_args()
    try:
        content = pack(kinds(args.data_dir, COUNTS))
        if len(content) > MAX_BYTES:
            sys.exit(f"{len(content):,} bytes, not at most {MAX_BYTES:,}: take fewer digits")
        about = ATTRIBUTION.format(**COUNTS)
        write_files({FILE: content, FILE.with_suffix(".txt"): about.encode()})
    except (DataError, OSError) as error:
        sys.exit(str(error))
    print(f"{FILE}: {len(content) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
