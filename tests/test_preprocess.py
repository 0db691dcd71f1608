import ast
import inspect

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from cnn import preprocess
from cnn.preprocess import PEN, SIDE, components, digit_from_image, digit_from_strokes
from cnn.strokes import CANVAS, drawings

PLACE = np.arange(28)


@pytest.fixture(scope="module")
def drawn():
    return drawings(120, seed=3)[0]


@pytest.fixture(scope="module")
def originals(mnist_test):
    return mnist_test[0][::50, 0].numpy()


def paint(strokes, pen=16, side=280, wide=2):
    """Black ink on white by a round pen, as Pillow draws it: uint8 (side, side)."""
    image = Image.new("L", (side * wide, side * wide), 255)
    draw, r = ImageDraw.Draw(image), pen * wide / 2
    for stroke in strokes:
        points = [tuple(p) for p in np.asarray(stroke, float) * wide]
        if len(points) > 1:
            draw.line(points, fill=0, width=round(2 * r))
        for x, y in points:
            draw.ellipse([x - r, y - r, x + r, y + r], fill=0)
    return np.asarray(image.resize((side, side), Image.Resampling.BOX))


def placed(strokes, size, centre=(0.5, 0.5), canvas=280):
    """The strokes with their longer side `size` of the canvas, around `centre`."""
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    scale = size * canvas / (high - low).max()
    middle = canvas * np.array(centre, np.float32)
    return [((s - (low + high) / 2) * scale + middle).astype(np.float32) for s in strokes]


def correlation(a, b):
    return 0.0 if a is None else np.corrcoef(a.ravel(), b.ravel())[0, 1]


def centre_of_mass(digit):
    return np.array([digit.sum(0) @ PLACE, digit.sum(1) @ PLACE]) / digit.sum()


def extent(digit):
    """How far apart the outermost places of half ink are, in px, along x and y."""
    sides = []
    for profile in digit.max(0), digit.max(1):
        fine = np.interp(np.arange(0, 27, 0.01), PLACE, profile)
        inked = np.flatnonzero(fine >= 0.5)
        sides.append((inked[-1] - inked[0]) * 0.01)
    return np.array(sides)


def pen_width(digits):
    """Area over half the edge's length, where the edge's length is the sum of the slopes."""
    y, x = np.gradient(np.pad(digits, ((0, 0), (1, 1), (1, 1))), axis=(1, 2))
    return 2 * digits.sum((1, 2)) / np.hypot(x, y).sum((1, 2))


def test_it_imports_neither_torch_nor_anything_of_ours():
    tree = ast.parse(inspect.getsource(preprocess))
    roots = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert roots == {"numpy", "PIL"}


@pytest.mark.parametrize("shift", [(17, -23), (-31.5, 8.25), (100, 0.125)])
def test_strokes_elsewhere_give_the_same_digit_bit_for_bit(drawn, shift):
    for strokes in drawn:
        here = [np.round(s * 8) / 8 for s in placed(strokes, 0.4)]
        there = [s + np.float32(shift) for s in here]
        assert np.array_equal(digit_from_strokes(there, 280), digit_from_strokes(here, 280))


def test_strokes_that_float32_rounds_otherwise_elsewhere_give_the_same_digit_too(drawn):
    differ = 0
    for strokes in drawn:
        here = placed(strokes, 0.4)
        there = [s + np.float32((0.37, 41.113)) for s in here]
        differ += not np.array_equal(digit_from_strokes(there, 280), digit_from_strokes(here, 280))
    assert differ <= 0.02 * len(drawn)  # where a point lies within float32's error of a step


@pytest.mark.parametrize("times", [0.25, 0.77, 1.3, 2.1])
def test_strokes_larger_or_smaller_give_the_same_digit_within_a_fiftieth(drawn, times):
    differ = 0
    for strokes in drawn:
        here = placed(strokes, 0.4)
        other = digit_from_strokes([s * np.float32(times) for s in here], 280)
        differ += np.abs(other - digit_from_strokes(here, 280)).max() > 0.02
    assert differ <= 0.02 * len(drawn)


def test_the_ink_is_20_px_along_its_longer_side_and_centred_on_pixel_14(drawn):
    for strokes in drawn:
        digit = digit_from_strokes(strokes, CANVAS)
        assert digit.dtype == np.float32
        assert digit.shape == (28, 28)
        assert digit.min() == 0
        assert digit.max() == 1
        assert np.abs(centre_of_mass(digit) - 14).max() < 0.25
        if not digit[[0, -1]].any() and not digit[:, [0, -1]].any():
            assert extent(digit).max() == pytest.approx(20, abs=0.75)


def test_the_ink_is_what_pillow_draws_with_a_round_pen(drawn):
    for strokes in drawn:
        digit = digit_from_strokes(strokes, CANVAS)
        large = placed(strokes, (SIDE - PEN) / 28, canvas=28 * 16)
        image = Image.fromarray(255 - paint(large, PEN * 16, 28 * 16, wide=1)).reduce(16)
        ink = np.asarray(image, np.float32) / 255
        x, y = centre_of_mass(ink) - 14
        moved = Image.fromarray(ink).transform(
            (28, 28), Image.Transform.AFFINE, (1, 0, x, 0, 1, y), Image.Resampling.BICUBIC
        )
        assert correlation(digit, np.asarray(moved)) > 0.98


def test_the_pen_is_as_wide_and_its_edge_as_soft_as_mnists(drawn, mnist_train):
    mnist = mnist_train[0][::20, 0].numpy() / np.float32(255)
    digits = np.stack([digit_from_strokes(s, CANVAS) for s in drawn])
    assert np.median(pen_width(digits)) == pytest.approx(np.median(pen_width(mnist)), rel=0.05)
    grey = [np.mean((d > 0.1) & (d < 0.9)) / np.mean(d > 0.1) for d in (digits, mnist)]
    assert grey[0] == pytest.approx(grey[1], rel=0.1)


def test_a_dot_stays_a_dot():
    dot = digit_from_strokes([[(140, 140)]], 280)
    assert extent(dot) == pytest.approx([PEN, PEN], abs=0.2)
    assert np.array_equal(digit_from_strokes([[(140, 140)] * 7], 280), dot)
    trembling = [(140, 140), (143, 141), (141, 142)]
    assert extent(digit_from_strokes([trembling], 280)).max() < 6


def test_a_digit_on_a_tenth_of_the_canvas_is_enlarged_wholly(drawn):
    for strokes in drawn[:20]:
        tiny, large = placed(strokes, 0.1, (0.2, 0.7)), placed(strokes, 0.8)
        assert np.abs(digit_from_strokes(tiny, 280) - digit_from_strokes(large, 280)).max() <= 0.02


def test_twenty_thousand_points_are_as_good_as_their_outline():
    turn = np.linspace(0, 2 * np.pi, 20_001)
    circle = np.stack([np.cos(turn), np.sin(turn)], 1) * 100 + 140
    few = digit_from_strokes([circle[::100]], 280)
    assert correlation(digit_from_strokes([circle], 280), few) > 0.995
    scribble = np.random.default_rng(0).uniform(0, 280, (20_000, 2))
    assert digit_from_strokes([scribble], 280)[6:22, 6:22].mean() > 0.9


def test_no_points_give_none():
    assert digit_from_strokes([], 280) is None
    assert digit_from_strokes([np.zeros((0, 2), np.float32)], 280) is None


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_coordinate_that_is_no_number_is_refused(bad):
    with pytest.raises(ValueError, match="finite"):
        digit_from_strokes([[(1, 2), (3, bad)]], 280)


@pytest.mark.parametrize("stroke", [[1, 2, 3], [[1, 2, 3]], [[[1, 2]]]])
def test_a_stroke_of_another_shape_is_refused(stroke):
    with pytest.raises(ValueError, match=r"\(N, 2\)"):
        digit_from_strokes([stroke], 280)


def redrawn(original, rng):
    """An MNIST digit enlarged, somewhere on a black canvas."""
    side = int(rng.integers(60, 260))
    canvas = Image.new("L", (280, 280))
    corner = tuple(rng.integers(0, 281 - side, 2).tolist())
    canvas.paste(Image.fromarray(original).resize((side, side), Image.Resampling.BICUBIC), corner)
    return np.asarray(canvas)


def test_mnist_digits_redrawn_on_a_canvas_come_back(originals):
    rng = np.random.default_rng(0)
    found = [correlation(digit_from_image(redrawn(o, rng)), o) for o in originals]
    assert np.median(found) > 0.95
    assert np.quantile(found, 0.05) > 0.85


def test_mnist_digits_come_back_from_their_own_28_pixels(originals):
    found = [correlation(digit_from_image(o), o) for o in originals]
    assert np.median(found) > 0.95


RNG = np.random.default_rng(0)
Y, X = np.mgrid[:280, :280] / 280


def noisy(grey, deviation):
    return np.clip(grey + RNG.normal(0, deviation, grey.shape), 0, 255).astype(np.uint8)


def on_paper(grey, ink=60, paper=205):
    return ink + (paper - ink) * (grey / 255)


def lit_from_the_left(grey):
    return grey * (0.95 - 0.5 * X)


def under_a_hand(grey):
    shadow = Image.fromarray(np.uint8(255 * (X + 0.6 * Y > 0.8)))
    return grey * (1 - 0.4 * np.asarray(shadow.filter(ImageFilter.GaussianBlur(3))) / 255)


def ruled(grey):
    lines = np.minimum(grey, 190)
    return np.where((Y * 280 + X * 8) % 28 < 2, lines, grey)


def in_colours(grey, ink, paper):
    share = grey[..., None] / 255
    return np.uint8(share * np.array(paper) + (1 - share) * np.array(ink))


def on_glass(grey, ink):
    return np.dstack([np.full((280, 280, 3), ink, np.uint8), 255 - grey])


PAPERS = {
    "dark on light": lambda grey: grey,
    "light on dark": lambda grey: 255 - grey,
    "RGB": lambda grey: np.dstack([grey] * 3),
    "opaque RGBA": lambda grey: np.dstack([grey] * 3 + [np.full_like(grey, 255)]),
    "black on transparent paper": lambda grey: on_glass(grey, (0, 0, 0)),
    "white on transparent paper": lambda grey: on_glass(grey, (255, 255, 255)),
    "yellow on blue": lambda grey: in_colours(grey, (250, 220, 40), (30, 40, 160)),
    "red on as light a green": lambda grey: in_colours(grey, (200, 60, 60), (60, 130, 60)),
    "grey paper with noise": lambda grey: noisy(on_paper(grey), 20),
    "grey paper with much noise": lambda grey: noisy(on_paper(grey), 40),
    "a faint pencil": lambda grey: noisy(on_paper(grey, 150, 200), 6),
    "dust": lambda grey: np.where(RNG.random(grey.shape) < 0.02, 0, grey).astype(np.uint8),
    "light from the left": lambda grey: noisy(lit_from_the_left(on_paper(grey)), 8),
    "a hand's shadow": lambda grey: noisy(under_a_hand(on_paper(grey)), 8),
    "ruled paper": lambda grey: ruled(grey).astype(np.uint8),
    "a photograph": lambda grey: noisy(under_a_hand(lit_from_the_left(ruled(on_paper(grey)))), 6),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_an_image_gives_what_its_strokes_give_on(paper, drawn):
    found = []
    for i, strokes in enumerate(drawn):
        size, centre, pen = [(0.3, (0.3, 0.6), 6), (0.55, (0.5, 0.5), 14), (0.8, (0.5, 0.5), 22)][
            i % 3
        ]
        strokes = placed(strokes, size, centre)
        digit = digit_from_image(PAPERS[paper](paint(strokes, pen)))
        found.append(correlation(digit, digit_from_strokes(strokes, 280)))
    assert np.median(found) > 0.95
    assert np.quantile(found, 0.05) > 0.85


@pytest.mark.parametrize(("pen", "least"), [(1, 0.9), (2, 0.93), (5, 0.95), (12, 0.95), (28, 0.95)])
def test_an_image_gives_the_same_digit_whatever_the_pen(pen, least, drawn):
    found = []
    for strokes in drawn:
        strokes = placed(strokes, 0.75)
        digit = digit_from_image(paint(strokes, pen))
        found.append(correlation(digit, digit_from_strokes(strokes, 280)))
    assert np.median(found) > least


@pytest.mark.parametrize("side", [140, 280])
def test_a_small_digit_in_a_large_photograph_is_looked_at_closely(side, drawn):
    for strokes in drawn[:6]:
        strokes = placed(strokes, 0.7, canvas=side)
        photograph = np.full((2400, 3200), 200.0)
        ink = paint(strokes, side / 28, side)
        photograph[900 : 900 + side, 1300 : 1300 + side] = on_paper(ink, 50, 200)
        digit = digit_from_image(noisy(photograph, 6))
        assert correlation(digit, digit_from_strokes(strokes, side)) > 0.9


BLANKS = {
    "white": np.full((280, 280, 3), 255, np.uint8),
    "black": np.zeros((50, 60), np.uint8),
    "one pixel": np.full((1, 1), 9, np.uint8),
    "one row": np.full((1, 300), 9, np.uint8),
    "transparent": np.zeros((280, 280, 4), np.uint8),
    "grey with noise": noisy(np.full((280, 280), 200.0), 20),
    "grey with a trace of noise": noisy(np.full((280, 280), 200.0), 0.5),
    "nothing but noise": RNG.integers(0, 256, (280, 280, 3), np.uint8),
    "nothing but black and white noise": RNG.integers(0, 2, (280, 280), np.uint8) * 255,
    "28 px of noise": RNG.integers(0, 256, (28, 28), np.uint8),
    "a large photograph of nothing": noisy(np.full((1500, 2000, 3), 200.0), 20),
    "light from the left": noisy(lit_from_the_left(np.full((280, 280), 220.0)), 5),
    "dust": np.where(RNG.random((280, 280)) < 0.01, 0, 220).astype(np.uint8),
}


@pytest.mark.parametrize("blank", BLANKS)
def test_paper_alone_gives_none(blank):
    assert digit_from_image(BLANKS[blank]) is None


def test_a_spot_on_the_paper_does_not_fill_the_frame():
    for pen in 8, 20, 60:
        assert extent(digit_from_image(paint([[(140, 140)]], pen))).max() < 5


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((28, 28), np.float32),
        np.zeros((28, 28, 2), np.uint8),
        np.zeros((1, 28, 28, 3), np.uint8),
        np.zeros(28, np.uint8),
        np.zeros((0, 28), np.uint8),
        [[0, 255]],
    ],
)
def test_what_is_no_image_is_refused_and_told_what_is_wanted(image):
    with pytest.raises(ValueError, match=r"uint8 array \(H, W\)"):
        digit_from_image(image)


def test_components_are_what_a_flood_fill_reaches():
    rng = np.random.default_rng(0)
    for share in 0.05, 0.3, 0.4, 0.6:
        mask = rng.random((23, 31)) < share
        labels, count = components(mask)
        assert np.array_equal(labels > 0, mask)
        flooded = np.zeros_like(labels)
        for place in np.argwhere(mask):
            if flooded[tuple(place)]:
                continue
            todo, name = [tuple(place)], flooded.max() + 1
            while todo:
                y, x = todo.pop()
                if 0 <= y < 23 and 0 <= x < 31 and mask[y, x] and not flooded[y, x]:
                    flooded[y, x] = name
                    todo += [(y + i, x + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        assert count == flooded.max()
        assert (
            len(np.unique(np.stack([labels, flooded]).reshape(2, -1), axis=1).T)
            == count + (~mask).any()
        )
