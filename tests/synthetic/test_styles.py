"""Styles of digits: their paths, the curves through them, and the sheet that shows them all."""

from collections import Counter

import numpy as np
import torch
from PIL import Image

from cnn.model import load
from cnn.synthetic import sheet as sheet_module
from cnn.synthetic.generate import (
    to_digits,
)
from cnn.synthetic.handwriting import neat
from cnn.synthetic.sheet import sheet
from cnn.synthetic.splines import splines_of
from cnn.synthetic.styles import STYLES


def test_every_digit_has_at_least_ten_styles_with_names_and_sources_of_their_own():
    for digit, count in Counter(style.digit for style in STYLES).items():
        assert 0 <= digit <= 9
        assert count >= 10
    assert len({(style.digit, style.name) for style in STYLES}) == len(STYLES)
    assert len({style.path for style in STYLES}) == len(STYLES)
    assert all(style.source and style.weight > 0 for style in STYLES)


def test_a_curve_goes_through_its_control_points_and_keeps_its_corners():
    for style in STYLES:
        for controls, sharp, smooth in splines_of(style.path):
            for matrix in (sharp, smooth):
                np.testing.assert_allclose(matrix.sum(1), 1, atol=1e-9)  # moves with its points
                path = matrix @ controls
                gap = np.linalg.norm(path[None] - controls[:, None], axis=2).min(1)
                assert gap.max() < 0.35, style
                np.testing.assert_allclose(path[[0, -1]], controls[[0, -1]], atol=1e-9)
    (controls, sharp, _) = splines_of("0,0 4,0! 4,4")[0]
    path = sharp @ controls
    on_the_corner = (np.abs(path[:, 1]) < 1e-9) | (np.abs(path[:, 0] - 4) < 1e-9)
    assert on_the_corner.all()  # straight to the corner and straight on


def test_a_smooth_path_of_a_circle_is_a_circle():
    angle = np.linspace(0, 2 * np.pi, 13)
    text = " ".join(f"{5 * np.sin(a):.6f},{-5 * np.cos(a):.6f}" for a in angle)
    (controls, sharp, _) = splines_of(text)[0]
    np.testing.assert_allclose(np.linalg.norm(sharp @ controls, axis=1), 5, atol=0.06)


def test_the_contact_sheet_shows_every_style(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(sheet_module, "neat", lambda path: shown.append(path) or neat(path))
    picture = sheet(writers=1)
    assert shown == [style.path for style in sorted(STYLES, key=lambda s: s.digit)]
    picture.save(tmp_path / "styles.png")
    with Image.open(tmp_path / "styles.png") as image:
        red = (np.asarray(image.convert("RGB")).astype(int) @ [1, -1, 0]) > 60
    assert red.any(1).sum() > 40 * 20  # a neat path in every row of the sheet


def test_the_committed_network_reads_the_neat_form_of_nearly_every_style():
    images = to_digits([neat(style.path) for style in STYLES])
    with torch.no_grad():
        read = load()(torch.from_numpy(images).float()[:, None] / 255).argmax(1).numpy()
    right = np.array([style.digit for style in STYLES]) == read
    assert right.mean() > 0.9, [s.name for s, ok in zip(STYLES, right, strict=True) if not ok]
