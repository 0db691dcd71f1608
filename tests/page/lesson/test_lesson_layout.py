"""What belongs together stands level in a step, and the rest apart, in each language."""

import itertools
import re

import pytest
from steps_page import PHONE
from test_words import LANGUAGES

SIZES = [(1280, 720), (1440, 900), PHONE]
EVERYWHERE = list(itertools.product(LANGUAGES, SIZES))
BOXES = """(elements) => elements.map((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [left, top, right, bottom];
})"""
# the same of the text in each, which may stick out of its element
TEXTS = """(elements) => elements.map((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const { left, top, right, bottom } = range.getBoundingClientRect();
    return [left, top, right, bottom];
})"""


def boxes(visit, selector: str, what: str = BOXES) -> list[list[float]]:
    """Where all of these are: [left, top, right, bottom], px of the window."""
    return visit.exhibit.locator(selector).evaluate_all(what)


def gaps(row: list[list[float]]) -> list[float]:
    """Between neighbours that stand beside each other, px."""
    return [after[0] - before[2] for before, after in itertools.pairwise(row)]


def test_the_brackets_under_the_readings_end_where_their_columns_end(open_step):
    for language, size in EVERYWHERE:
        visit = open_step("history", locale=language, size=size)
        middles = [(left + right) / 2 for left, _, right, _ in boxes(visit, ".readings li")]
        half = (middles[1] - middles[0]) / 2
        begin = 0
        for (left, _, right, _), spans in zip(boxes(visit, ".axis span"), (7, 6, 1), strict=True):
            own = middles[begin : begin + spans]
            inset = [left - (own[0] - half), own[-1] + half - right]
            assert inset == pytest.approx([3, 3], abs=1), (language, size)
            begin += spans
        assert begin == len(middles)
        if size != PHONE:  # there a name takes two lines
            assert min(gaps(boxes(visit, ".axis span", TEXTS))) > 2, (language, size)


def test_pictures_that_are_compared_stand_level(open_step):
    for language, size in EVERYWHERE:
        visit = open_step("relu", locale=language, size=size)
        visit.options().first.click()
        two, one, rectified = boxes(visit, ".in-a-row .figure:not(.of-kernel) .grid")
        assert one[1::2] == pytest.approx(rectified[1::2], abs=0.5), (language, size)
        if size != PHONE:  # there they take two rows
            assert one[1::2] == pytest.approx(two[1::2], abs=0.5), (language, size)


@pytest.mark.parametrize(
    ("step", "grid"), [("convolution", ".of-map .grid"), ("channels", ".total .grid")]
)
def test_a_map_stays_where_it_is_while_its_caption_names_other_cells(open_step, step, grid):
    for language, size in EVERYWHERE:
        visit = open_step(step, locale=language, size=size)
        visit.exhibit.locator(grid).click(position={"x": 2, "y": 2})
        [first] = boxes(visit, grid)
        _, _, width, height = (box := visit.exhibit.locator(grid).bounding_box()).values()
        visit.page.mouse.move(box["x"] + width - 2, box["y"] + height - 2)
        assert boxes(visit, grid) == [first], (language, size)


def test_numbers_stay_inside_the_frames_of_their_cells(open_step):
    cells = ".numbers.hues:not(.editor) td"
    for size in SIZES:
        visit = open_step("convolution", size=size)
        shadow = visit.exhibit.locator(cells).first.evaluate("(e) => getComputedStyle(e).boxShadow")
        frame = float(re.search(r"([\d.]+)px inset", shadow)[1])
        for text, cell in zip(boxes(visit, cells, TEXTS), boxes(visit, cells), strict=True):
            assert min(text[0] - cell[0], cell[2] - text[2]) > frame + 0.5, size


def test_kernels_and_figures_stand_apart(open_step):
    for language, size in EVERYWHERE:
        visit = open_step("parts", locale=language, size=size)
        kernels = boxes(visit, ".patterns canvas")
        assert min(below[1] - above[3] for above, below in itertools.pairwise(kernels)) >= 5
        visit = open_step("flatten", locale=language, size=size)
        visit.options().first.click()
        for row in range(3):
            texts = boxes(visit, f".tables figure:last-child tr >> nth={row} >> td, th", TEXTS)
            assert min(gaps(texts)) > 8, (language, size)


def test_no_line_breaks_in_a_size_or_a_setting(open_step):
    for language, step in itertools.product(LANGUAGES, ["size", "relu"]):
        visit = open_step(step, locale=language, size=SIZES[0])
        visit.options().first.click()
        text = visit.page.locator(".lesson .body").inner_text()
        assert re.search(r"\d\u00a0×\u00a0\d", text)
        assert re.findall(r"\d ×\s\d|\d\s× \d|\b[FSP] =|[FSP]\s= ", text) == [], language
