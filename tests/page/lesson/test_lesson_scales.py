"""A layer has one scale of colours, in the steps of the lesson too."""

import numpy as np
import pytest
from test_maps import ROUNDED, colours, rounded_up

PAINTED = """([canvas]) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    return Array.from({ length: width * height }, (_, i) => [...data.subarray(4 * i, 4 * i + 3)]);
}"""
SCALE = """async (layer) => {
    const { store } = await import("./browser/shared/store.js");
    const { network, scales } = store.get("network");
    return scales[network.stages.findIndex(({ name }) => name === layer)];
}"""
PAINTED_SO_FAR = 700  # of the map that the kernel makes, when the question has been answered


@pytest.mark.parametrize(
    ("step", "layer", "place"),
    [
        ("channels", "conv2", ".out-maps canvas"),
        ("convolution", "conv1", ".of-map canvas"),
        ("relu", "conv1", ".rectified canvas"),
        ("pooling", "relu1", ".windows canvas"),
    ],
)
def test_a_step_shows_a_map_in_its_layers_own_colours(open_step, step, layer, place):
    visit = open_step(step)
    maps = visit.maps(layer)[0].flatten(1).numpy()
    number = 0
    if step == "convolution":
        visit.answer_question(0)  # it was hidden on blank paper
        number = int(visit.exhibit.locator("label:has(input:checked)").first.inner_text()) - 1
    scale = visit.page.evaluate(SCALE, layer)
    scale = max(scale, rounded_up(float(np.abs(maps).max())))
    painted = np.array(visit.page.locator(place).evaluate_all(PAINTED))[:PAINTED_SO_FAR]
    expected = colours(maps[number], scale, "light")[:PAINTED_SO_FAR]
    np.testing.assert_allclose(painted, expected, atol=ROUNDED)
