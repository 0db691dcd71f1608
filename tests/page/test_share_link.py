"""What a link holds: strokes within the pad, short enough, or it is refused."""

import base64
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

LINK = "import('/cnn/page/browser/share/link.js')"


def encoded(v, strokes: list[list[float]], width: int = 16) -> str | None:
    strokes = [{"points": points, "width": width} for points in strokes]
    return v.page.evaluate(f"async (strokes) => (await {LINK}).encodeStrokes(strokes)", strokes)


def decoded(v, text: str):
    return v.page.evaluate(f"async (text) => (await {LINK}).decodeStrokes(text)", text)


def scribble(seed: int, strokes: int, points: int) -> list[list[float]]:
    """Strokes as a hand makes them: steps of a few units."""
    rng = np.random.default_rng(seed)
    walks = 140 + rng.normal(0, 3, (strokes, points, 2)).cumsum(1)
    return walks.clip(0, 280).round(1).reshape(strokes, -1).tolist()


def test_no_link_but_a_true_one_is_taken(visit_pad):
    v = visit_pad()
    text = encoded(v, scribble(1, 3, 40))
    assert decoded(v, text) is not None
    rng = np.random.default_rng(2)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    taken = 0
    for _ in range(300):
        kind, at = rng.integers(4), int(rng.integers(1, len(text) - 1))
        other = letters[rng.integers(64)]
        changed = [
            text[:at],  # cut off
            text[:at] + other + text[at + 1 :],  # mistyped
            text[:at] + text[at + 1 :],  # one is missing
            text + other,
        ][kind]
        strokes = decoded(v, changed) if changed != text else None
        if strokes is not None:
            taken += 1  # the check sum is one byte: one in 256 passes it
            points = np.concatenate([stroke["points"] for stroke in strokes])
            assert points.min() >= 0
            assert points.max() <= 280
    assert taken < 12
    for nonsense in ["", "AAAA", "é", "<script>", "A" * 5000, text + "=", text + " "]:
        assert decoded(v, nonsense) is None


def with_check_sum(inner: list[int]) -> str:
    """A link's text of these bytes, which is none of a drawing's but for its version and sum."""
    content = bytes([1, *inner])
    total = sum((i + 1) * (byte + 1) for i, byte in enumerate(content)) % 256
    return base64.urlsafe_b64encode(content + bytes([total])).decode().rstrip("=")


def bytes_of(strokes: list[list[tuple[int, int]]]) -> list[int]:
    """What a link holds of strokes: ways, zigzag, from one point to the next; below 128 each."""
    ways = ([len(stroke), *(way for point in stroke for way in point)] for stroke in strokes)
    return [7, len(strokes), *(byte for stroke in ways for byte in stroke)]


byte = st.integers(0, 255)
way = st.integers(0, 127)
strokes_in_links = st.lists(
    st.lists(st.tuples(way, way), min_size=1, max_size=6), min_size=1, max_size=3
)
fragments = st.one_of(
    st.text(max_size=2500),
    st.from_regex(r"[\w-]{1,1901}", fullmatch=True),
    st.lists(byte, max_size=60).map(with_check_sum),
    strokes_in_links.map(bytes_of).map(with_check_sum),
)


def test_whatever_a_link_holds_it_is_strokes_on_the_pad_or_nothing(visit_pad):
    v = visit_pad()
    v.page.evaluate(f"async () => {{ globalThis.link = await {LINK}; }}")
    decode = "(text) => link.decodeStrokes(text)"
    taken = 0

    @settings(max_examples=400, deadline=None, database=None)
    @given(fragments)
    def check(text):
        nonlocal taken
        strokes = v.page.evaluate(decode, text) or []
        # However many it says that there are: each coordinate takes a byte.
        assert sum(len(stroke["points"]) for stroke in strokes) <= len(text)
        for stroke in strokes:
            taken += 1
            assert 1 <= stroke["width"] <= 280
            assert len(stroke["points"]) >= 2
            assert len(stroke["points"]) % 2 == 0
            assert all(0 <= at <= 280 for at in stroke["points"])  # neither is NaN

    check()
    assert taken > 0


@pytest.mark.parametrize(("strokes", "points"), [(1, 1), (1, 100), (8, 100), (30, 200), (1, 4000)])
def test_a_link_is_short_and_what_it_loses_cannot_be_seen(visit_pad, strokes, points):
    v = visit_pad()
    drawn = scribble(3, strokes, points)
    text = encoded(v, drawn, 7)
    assert len(text) <= 1900
    assert re.fullmatch(r"[\w-]+", text)
    again = decoded(v, text)
    assert [stroke["width"] for stroke in again] == [7] * strokes
    for before, after in zip(drawn, again, strict=True):
        if points <= 100 and strokes == 1:
            assert before == after["points"]
        before, kept = (np.reshape(p, (-1, 2)) for p in (before, after["points"]))
        np.testing.assert_array_equal(before[[0, -1]], kept[[0, -1]])
        away = np.linalg.norm(before[:, None] - kept[None], axis=2).min(1)
        assert away.max() <= 32


def test_more_ink_than_fits_is_a_sentence(visit_pad):
    v = visit_pad()
    assert encoded(v, [[float(i % 280), 1.0, 2.0, float(i % 280)] for i in range(900)]) is None
    dots = [{"points": [i % 280, i % 280], "width": 16} for i in range(900)]
    v.page.evaluate(
        """(strokes) => {
            const drawing = JSON.stringify({ strokes, picture: null });
            sessionStorage["draw-a-digit.drawing"] = drawing;
        }""",
        dots,
    )
    v.page.reload()
    v.page.wait_for_function("window.ready")
    v.page.get_by_role("button", name="Copy a link").click()
    v.expect_status("too much ink")
