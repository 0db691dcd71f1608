"""What the server reads in pictures is what the network reads in them."""

import base64
import io

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from cnn.model import load
from cnn.page.errors import Refusal
from cnn.page.predictor import MAX_DIGITS, Predictor
from cnn.preprocess import digit_from_image


@pytest.fixture(scope="module")
def predictor():
    return Predictor(load())


def ones(count: int, width: int = 900, height: int = 300) -> np.ndarray:
    """uint8 (height, width, 3): as many upright lines as there is room for, side by side."""
    image = Image.new("RGB", (width, height), "white")
    for i in range(count):
        x = (i + 0.5) * width / count
        ImageDraw.Draw(image).line([(x, 0.2 * height), (x, 0.8 * height)], "black", 12)
    return np.asarray(image)


def seven() -> np.ndarray:
    image = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(image).line([(90, 60), (210, 60), (140, 240)], "black", 20)
    return np.asarray(image)


def url_of(image: np.ndarray) -> str:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def test_a_picture_of_one_digit_is_read_as_the_network_reads_it(predictor):
    (digit,) = predictor.read(seven())
    assert digit["digit"] == 7
    assert digit["confident"]
    with torch.no_grad():
        log_probs = predictor.model(torch.from_numpy(digit_from_image(seven()))[None, None])
    np.testing.assert_allclose(digit["probs"], log_probs[0].exp(), rtol=1e-4, atol=1e-7)


def test_a_picture_taken_apart_gives_the_digits_that_the_network_would_see(predictor):
    answer = predictor.split_picture({"picture": url_of(seven())})
    (digit,) = answer["digits"]
    seen = np.frombuffer(base64.b64decode(digit), "<f4").reshape(28, 28)
    np.testing.assert_array_equal(seen, digit_from_image(seven()))
    assert answer["marks"] == [None]
    (box,) = answer["boxes"]
    assert box == pytest.approx([80 / 300, 50 / 300, 220 / 300, 250 / 300], abs=0.05)


def test_a_number_is_read_from_left_to_right(predictor):
    number = np.concatenate([ones(1, 300), seven()], axis=1)
    assert [digit["digit"] for digit in predictor.read(number)] == [1, 7]
    lefts = [digit["box"][0] for digit in predictor.read(number)]
    assert lefts == sorted(lefts)


def test_a_point_between_digits_is_a_mark_and_no_digit(predictor):
    number = np.concatenate([ones(1, 300), np.full((300, 60, 3), 255, np.uint8), seven()], axis=1)
    image = Image.fromarray(number)
    ImageDraw.Draw(image).ellipse([270, 215, 300, 245], "black")
    read = predictor.read(np.asarray(image))
    assert [part.get("mark", part.get("digit")) for part in read] == [1, ".", 7]
    assert predictor.split_picture({"picture": url_of(np.asarray(image))})["marks"] == [
        None,
        ".",
        None,
    ]


def test_nine_digits_are_too_many_to_predict_and_the_browser_is_told_of_one_more(predictor):
    assert len(predictor.read(ones(MAX_DIGITS))) == MAX_DIGITS
    with pytest.raises(Refusal, match="At most 8"):
        predictor.read(ones(MAX_DIGITS + 1))
    answer = predictor.split_picture({"picture": url_of(ones(MAX_DIGITS + 4))})
    assert len(answer["digits"]) == MAX_DIGITS + 1


def test_paper_alone_has_no_digit_and_nonsense_is_an_error_with_a_name(predictor):
    paper = np.full((100, 100, 3), 255, np.uint8)
    assert predictor.read(paper) == []
    assert predictor.split_picture({"picture": url_of(paper)}) == {
        "digits": [],
        "marks": [],
        "boxes": [],
    }
    assert predictor.split_picture({"picture": "nonsense"}) == {"error": "bad_picture"}
    assert predictor.split_picture(7) == {"error": "bad_request"}
