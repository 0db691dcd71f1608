"""The engine's groups of strokes are Python's."""

import numpy as np
from engine_fixture import odd_drawings
from grouped import group_strokes

from cnn.preprocess.strokes import flatten
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import CANVAS

GROUPED = """async (drawn) => {
  const { groupStrokes } = await import("/engine/segment.js");
  const asPair = ({ strokes, mark }) => [strokes, mark];
  return drawn.map((strokes) => groupStrokes(strokes, 280).map(asPair));
}"""


def number(rng, drawn):
    """Drawings side by side at any distance, with marks and specks between them."""
    strokes, x = [], 5.0
    for drawing in drawn:
        points = np.concatenate(drawing)
        size = rng.uniform(30, 60)
        scale = size / max(np.ptp(points[:, 1]), 1)
        strokes += [(s - points.min(0)) * scale + [x, 150 - size] for s in drawing]
        x = np.concatenate(strokes)[:, 0].max() + rng.uniform(-0.1, 0.3) * size
        if rng.random() < 0.5:
            width, height = rng.choice([2, 4, 9, 25], 2)
            line = rng.random((rng.integers(1, 5), 2)) * [width, height]
            strokes.append(line + np.array([x, rng.choice([95, 120, 145])]))
            x += width + rng.uniform(0, 10)
    order = rng.permutation(len(strokes)) if rng.random() < 0.2 else range(len(strokes))
    return [strokes[i] for i in order]


def test_the_groups_of_numbers_and_of_odd_drawings_are_pythons(engine):
    rng = np.random.default_rng(5)
    drawn, _, _ = drawings(1200, seed=80)
    numbers = [number(rng, drawn[i : i + 3]) for i in range(0, len(drawn), 3)]
    flat = [[flatten(s) for s in strokes] for strokes in [*numbers, *odd_drawings().values()]]
    expected = [
        [list(group) for group in group_strokes([np.reshape(s, (-1, 2)) for s in strokes], CANVAS)]
        for strokes in flat
    ]
    marks = {mark for groups in expected for _, mark in groups}
    assert marks == {None, ".", ",", "-"}
    assert engine.evaluate(GROUPED, flat) == expected


def test_nothing_drawn_is_no_group(engine):
    assert engine.evaluate(GROUPED, [[], [[]], [[], [3, 4], []]]) == [[], [], [[[1], None]]]
