"""The step on learning reads the file of a run, or says why it cannot."""

import numpy as np
import pytest
from history_run import FILE
from playwright.sync_api import expect

from cnn.model import load
from cnn.page.bundle import HISTORY

STEP = "history"
ASKED = f"**/{HISTORY}"  # what the page asks for
SETTLED = "({ settledAt }, readings) => settledAt(readings)"
CHOICES = "({ choicesOf }, [count, right]) => choicesOf(count, right)"
READ = """async ({ readHistory }) => {
    const response = await fetch("./weights/history.safetensors");
    const { sha256, moments } = readHistory(await response.arrayBuffer());
    return { sha256, moments: moments.map(({ tensors, ...score }) => ({
        ...score,
        sums: Object.fromEntries([...tensors].map(([name, { shape, data }]) => [
            name,
            [shape, data.reduce((sum, v) => sum + v, 0), data.reduce((sum, v) => sum + v * v, 0)],
        ])),
    })) };
}"""


def test_the_file_is_read_as_safetensors_reads_it(open_step, note, snapshots):
    found = open_step(STEP, drawn=False).pure("learning/moments.js", READ)
    assert found["sha256"] == note["sha256"] == load().card["sha256"]
    for moment, expected, tensors in zip(found["moments"], note["moments"], snapshots, strict=True):
        sums = moment.pop("sums")
        assert moment == expected
        assert sums.keys() == tensors.keys()
        for name, tensor in tensors.items():
            shape, total, squares = sums[name]
            assert shape == [*tensor.shape]
            assert total == pytest.approx(tensor.double().sum().item(), abs=1e-6)
            assert squares == pytest.approx(tensor.double().square().sum().item(), rel=1e-9)


@pytest.mark.parametrize(
    ("digits", "at"), [([3, 3, 3], 0), ([7, 3, 1, 3, 3], 3), ([3, 3, 5], 2), ([4], 0)]
)
def test_it_has_settled_where_no_later_moment_reads_otherwise(open_step, digits, at):
    given = np.eye(10)[digits].tolist()
    assert open_step(STEP, drawn=False).pure("learning/moments.js", SETTLED, given) == at


def test_the_choices_differ_and_have_the_right_one(open_step):
    visit = open_step(STEP, drawn=False)
    for count in (2, 3, 4, 13):
        for right in range(count):
            choices = visit.pure("learning/moments.js", CHOICES, [count, right])
            assert choices == sorted(set(choices))
            assert right in choices
            assert 2 <= len(choices) <= 4


def test_a_run_of_other_weights_is_not_passed_off_as_theirs(open_step, note):
    other = FILE.read_bytes().replace(note["sha256"].encode(), b"0" * 64)
    visit = open_step(
        STEP,
        drawn=False,
        prepare=lambda context: context.route(ASKED, lambda route: route.fulfill(body=other)),
    )
    expect(visit.exhibit.get_by_text("belongs to other weights than this page's")).to_be_visible()
    expect(visit.exhibit.locator(".moment")).to_have_count(0)


@pytest.mark.parametrize("reply", [{"status": 404}, {"body": b"no safetensors file"}])
def test_without_the_run_it_says_so_and_a_retry_brings_it(open_step, reply):
    visit = open_step(
        STEP,
        drawn=False,
        prepare=lambda context: context.route(ASKED, lambda route: route.fulfill(**reply)),
    )
    expect(visit.exhibit.get_by_text("The run could not be loaded.")).to_be_visible()
    visit.context.unroute(ASKED)
    visit.button("Try again")
    expect(visit.exhibit.locator(".moment:visible")).to_have_count(1)
