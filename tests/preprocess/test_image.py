"""Images of ink on paper give what their strokes give, whatever the paper, the light, the pen."""

import numpy as np
import pytest
from helpers import correlation, paint, placed
from PIL import Image, ImageFilter

from cnn.preprocess import digit_from_image, digit_from_strokes
from cnn.preprocess.sheet import find_sheet


@pytest.fixture(scope="module")
def originals(mnist_test):
    return mnist_test[0][::50, 0].numpy()


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


CLEAN_PAPERS = {
    "dark on light": lambda grey: grey,
    "light on dark": lambda grey: 255 - grey,
    "RGB": lambda grey: np.dstack([grey] * 3),
    "opaque RGBA": lambda grey: np.dstack([grey] * 3 + [np.full_like(grey, 255)]),
    "black on transparent paper": lambda grey: on_glass(grey, (0, 0, 0)),
    "white on transparent paper": lambda grey: on_glass(grey, (255, 255, 255)),
    "yellow on blue": lambda grey: in_colours(grey, (250, 220, 40), (30, 40, 160)),
    "red on as light a green": lambda grey: in_colours(grey, (200, 60, 60), (60, 130, 60)),
}
PAPERS = {
    **CLEAN_PAPERS,
    "grey paper with noise": lambda grey: noisy(on_paper(grey), 20),
    "grey paper with much noise": lambda grey: noisy(on_paper(grey), 40),
    "a faint pencil": lambda grey: noisy(on_paper(grey, 150, 200), 6),
    "dust": lambda grey: np.where(RNG.random(grey.shape) < 0.02, 0, grey).astype(np.uint8),
    "light from the left": lambda grey: noisy(lit_from_the_left(on_paper(grey)), 8),
    "a hand's shadow": lambda grey: noisy(under_a_hand(on_paper(grey)), 8),
    "ruled paper": lambda grey: ruled(grey).astype(np.uint8),
    "a photograph": lambda grey: noisy(under_a_hand(lit_from_the_left(ruled(on_paper(grey)))), 6),
}


INKED = (0.3, (0.3, 0.6), 6), (0.55, (0.5, 0.5), 14), (0.8, (0.5, 0.5), 22)  # size, centre, pen


@pytest.fixture(scope="module")
def inked(drawn):
    """Drawings of three sizes as images, black on white, and the digits of their strokes."""
    pairs = []
    for i, strokes in enumerate(drawn):
        size, centre, pen = INKED[i % len(INKED)]
        strokes = placed(strokes, size, centre)
        pairs.append((paint(strokes, pen), digit_from_strokes(strokes, 280)))
    return pairs


@pytest.mark.parametrize("paper", PAPERS)
def test_an_image_gives_what_its_strokes_give_on(paper, inked):
    some = inked[::4] if paper in CLEAN_PAPERS else inked[::2]  # of all three sizes
    found = [correlation(digit_from_image(PAPERS[paper](image)), digit) for image, digit in some]
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


@pytest.mark.parametrize("turn", [0, 4, 17, -30])
@pytest.mark.parametrize("desk", [15, 70])
def test_a_sheet_on_a_dark_desk_is_read(turn, desk, drawn):
    for strokes in drawn[:8]:
        strokes = placed(strokes, 0.5)
        sheet = Image.fromarray(paint(strokes, 8))
        turned = np.asarray(sheet.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255))
        photograph = Image.new("L", (640, 480), desk)
        photograph.paste(
            Image.fromarray(on_paper(np.asarray(sheet), 40, 200).astype(np.uint8)).rotate(
                turn, Image.Resampling.BICUBIC, expand=True
            ),
            (150, 40),
            Image.new("L", sheet.size, 255).rotate(turn, expand=True),
        )
        found = digit_from_image(noisy(np.asarray(photograph).astype(float), 5))
        assert correlation(found, digit_from_image(turned)) > 0.9


def test_a_light_digit_on_a_dark_ground_is_no_sheet(originals):
    for original in originals:
        enlarged = Image.fromarray(original).resize((280, 280), Image.Resampling.BICUBIC)
        assert find_sheet(np.asarray(enlarged)) is None
        assert find_sheet(original) is None


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
