"""The drawings that the page offers to begin with, and colours its maps by.

python -m cnn.synthetic.examples > cnn/page/browser/shared/examples.json
"""

import json

from cnn.preprocess.strokes import flatten
from cnn.synthetic.handwriting import neat
from cnn.synthetic.styles import STYLES

SMALL, CORNER = 0.3, (0.18, 0.21)  # of the canvas: the size of a digit in a corner, and where
THIN = 0.8  # of the canvas: the height of a 1


def examples() -> list[dict]:
    """Neatly drawn digits: dicts of "name", "digit", "strokes" in pixels of a 280 px canvas."""
    first = {style.digit: style.path for style in reversed(STYLES)}
    drawn = [{"name": str(d), "digit": d, "strokes": neat(first[d])} for d in range(10)]
    drawn.append({"name": "small 7", "digit": 7, "strokes": neat(first[7], SMALL, CORNER)})
    drawn.append({"name": "thin 1", "digit": 1, "strokes": neat(first[1], THIN)})
    return drawn


def as_json() -> str:
    """The examples as the browser reads them, a line for each, their strokes flat."""
    flat = [
        {"name": each["name"], "strokes": [_short(flatten(stroke)) for stroke in each["strokes"]]}
        for each in examples()
    ]
    return "[\n" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in flat) + "\n]"


def _short(numbers: list[float]) -> list[float]:
    """The same numbers, 140.0 as 140: shorter, since they are fetched with the page."""
    return [int(number) if number == int(number) else number for number in numbers]


if __name__ == "__main__":
    print(as_json())
