"""Ink: painted once, as a whole repaint would paint it, and only where the pad is."""

import numpy as np
import pytest

CANVAS = 280  # units of a stroke's points along the pad's side
SEVEN = [(0.3, 0.2), (0.7, 0.2), (0.58, 0.5), (0.45, 0.85)]

# The canvas as it is, and as it is after all of it was painted anew on an empty one.
REPAINTED = """async () => {
    const canvas = document.querySelector(".pad canvas");
    const { Ink } = await import("/cnn/page/browser/pad/ink.js");
    const ink = new Ink();
    ink.resize(canvas.width);
    ink.clear(getComputedStyle(canvas).color);
    for (const stroke of window.store.get("drawing").strokes) ink.stroke(stroke);
    const pixels = ({ width }, context) => context.getImageData(0, 0, width, width).data;
    const [seen, anew] = [pixels(canvas, canvas.getContext("2d")), pixels(canvas, ink.context)];
    let [largest, different] = [0, 0];
    for (let i = 0; i < seen.length; i++) {
        const difference = Math.abs(seen[i] - anew[i]);
        largest = Math.max(largest, difference);
        different += difference > 16;
    }
    return { largest, different };
}"""

# A scribble by pointer events; gives how much each had painted: the lines' parts, the strokes of
# which each takes a step, and the pixels of what is copied.
SCRIBBLE = """({ strokes, points }) => {
    const pad = document.querySelector(".pad");
    const box = pad.querySelector("canvas").getBoundingClientRect();
    pad.setPointerCapture = () => {};  // there is no real pointer to capture
    let work = 0;
    const { prototype } = CanvasRenderingContext2D;
    const before = {};
    const count = (name, cost) => {
        before[name] = prototype[name];
        prototype[name] = function (...given) {
            work += cost(given);
            return before[name].apply(this, given);
        };
    };
    for (const name of ["lineTo", "quadraticCurveTo", "stroke", "arc"]) count(name, () => 1);
    count("drawImage", ([source, ...at]) => at.length > 2 ? at.at(-2) * at.at(-1) / 1e4 : 100);
    const send = (kind, x, y) => pad.dispatchEvent(new PointerEvent(kind, {
        pointerId: 1, clientX: box.left + x * box.width, clientY: box.top + y * box.height,
    }));
    const costs = [];
    for (let stroke = 0; stroke < strokes; stroke++) {
        const mine = [];
        send("pointerdown", 0.5, 0.5);
        for (let i = 1; i < points; i++) {
            const angle = i * 0.21 + stroke;
            work = 0;
            send("pointermove", 0.5 + 0.4 * Math.cos(angle), 0.5 + 0.4 * Math.sin(1.3 * angle));
            mine.push(work);
        }
        send("pointerup", 0.5, 0.5);
        costs.push(mine);
    }
    Object.assign(prototype, before);
    return costs;
}"""
WITHOUT_NETWORK = """() => { window.store.set("network", null); }"""


@pytest.mark.parametrize("scale", [1, 3])
def test_ink_under_the_pen_looks_as_when_all_of_it_is_painted_anew(visit_pad, scale):
    v = visit_pad(device_scale_factor=scale)
    rng = np.random.default_rng(4)
    v.draw(SEVEN)
    v.press_and_draw([tuple(point) for point in 0.1 + 0.8 * rng.random((30, 2))], steps=5)
    while_drawn = v.page.evaluate(REPAINTED)
    # What is pieced together has a knot every 48 points: the soft edge of some pixels is darker.
    assert while_drawn["different"] < 400 * scale
    v.page.mouse.up()
    assert v.page.evaluate(REPAINTED)["largest"] == 0


def test_a_tap_leaves_a_disc_as_wide_as_the_pen(visit_pad):
    v = visit_pad()
    v.draw([(0.4, 0.3)])
    [[[x, y]]] = v.strokes()
    side = len(v.alpha())
    radius = v.state("drawing")["strokes"][0]["width"] / 2 * side / CANVAS
    rows, columns = np.mgrid[:side, :side] + 0.5
    away = np.hypot(columns - x * side / CANVAS, rows - y * side / CANVAS)
    drawn = v.alpha()
    v.page.reload()
    v.wait()
    for alpha in (drawn, v.alpha()):  # and again as it is kept
        np.testing.assert_array_equal(alpha[away < radius - 1], 255)
        np.testing.assert_array_equal(alpha[away > radius + 1], 0)


def test_strokes_that_come_and_go_leave_no_trace(visit_pad):
    v = visit_pad()
    for points in [SEVEN, [(0.1, 0.1), (0.9, 0.9)], [(0.9, 0.1), (0.1, 0.9)]]:
        v.draw(points)
    v.press("Control+z", "Control+z", "Control+Shift+z", "Control+z")
    v.page.get_by_role("button", name="Eraser").click()
    v.draw([(0.05, 0.5), (0.95, 0.45)])
    v.press("Control+z")
    v.press_and_draw([(0.2, 0.9), (0.8, 0.9)])
    v.page.mouse.up()
    assert v.page.evaluate(REPAINTED)["largest"] == 0


def test_the_twentieth_stroke_costs_what_the_first_does(visit_pad):
    v = visit_pad()
    v.page.evaluate(WITHOUT_NETWORK)  # it would take minutes
    costs = v.page.evaluate(SCRIBBLE, {"strokes": 20, "points": 200})
    first, last = np.mean(costs[0]), np.mean(costs[19])
    assert 0 < last < 1.2 * first  # painted as a whole it costs 20 times as much


def test_a_very_long_stroke_costs_no_more_at_its_end_than_at_its_beginning(visit_pad):
    v = visit_pad()
    v.page.evaluate(WITHOUT_NETWORK)
    [costs] = v.page.evaluate(SCRIBBLE, {"strokes": 1, "points": 3900})
    assert 0 < np.mean(costs[-300:]) < 1.2 * np.mean(costs[100:400])
    assert v.page.evaluate(REPAINTED)["largest"] == 0


def test_a_stroke_that_is_thinned_out_under_the_pen_is_painted_as_it_is(visit_pad):
    v = visit_pad()
    v.page.evaluate(WITHOUT_NETWORK)
    v.page.evaluate(SCRIBBLE, {"strokes": 1, "points": 4500})
    assert sum(len(stroke) for stroke in v.strokes()) < 4000
    assert v.page.evaluate(REPAINTED)["largest"] == 0


def test_a_stroke_that_leaves_the_pad_ends_at_its_border(visit_pad):
    v = visit_pad()
    v.draw([(0.5, 0.5), (1.2, 0.5), (1.2, 0.9)])
    [stroke] = v.strokes()
    np.testing.assert_allclose(stroke[-1], [280, 140], atol=1)
    np.testing.assert_allclose(stroke[:, 1], 140, atol=1)
    assert np.all(v.alpha()[260:, -4:] == 0)  # nothing along the border


def test_a_stroke_that_comes_back_goes_on_as_another_of_the_same_step(visit_pad):
    v = visit_pad()
    v.draw([(0.5, 0.3), (1.2, 0.3), (1.2, 0.7), (0.5, 0.7)])
    there, back = v.strokes()
    np.testing.assert_allclose(there[[0, -1]], [[140, 84], [280, 84]], atol=1)
    np.testing.assert_allclose(back[[0, -1]], [[280, 196], [140, 196]], atol=1)
    v.press("Control+z")
    assert not v.strokes()  # one step


def test_a_quick_stroke_that_only_crosses_a_corner_is_inked_there(visit_pad):
    v = visit_pad()
    v.draw([(0.5, 0.95), (0.5, 1.2), (1.2, 0.5)], steps=1)
    down, across = v.strokes()
    np.testing.assert_allclose(down[-1], [140, 280], atol=1)
    np.testing.assert_allclose(across, [[196, 280], [280, 196]], atol=1)


def test_a_stroke_outside_all_the_way_round_leaves_nothing_there(visit_pad):
    v = visit_pad()
    v.draw([(0.5, 0.5), (0.5, -0.1), (1.1, -0.1), (1.1, 1.1), (-0.1, 1.1), (-0.1, 0.5)])
    [stroke] = v.strokes()
    np.testing.assert_allclose(stroke[:, 0], 140, atol=1)
