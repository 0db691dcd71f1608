"""A file that is dropped: it is opened, wherever it falls, and the page stays."""

import base64
import io

import numpy as np
from PIL import Image
from playwright.sync_api import expect


def png() -> str:
    file = io.BytesIO()
    Image.new("L", (40, 40), 255).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


class Drag:
    """A file that is dragged over the window, through the browser's own input."""

    def __init__(self, v, path) -> None:
        self.session = v.context.new_cdp_session(v.page)
        self.data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}

    def __call__(self, kinds: str, x: int, y: int) -> None:
        for kind in kinds.split():
            event = {"type": kind, "x": x, "y": y, "data": self.data}
            self.session.send("Input.dispatchDragEvent", event)


def test_a_file_that_is_dropped_beside_the_pad_is_opened_and_the_page_stays(visit_pad, tmp_path):
    asked = []
    v = visit_pad(server={"split_picture": lambda payload: asked.append(payload)})
    path = tmp_path / "digit.png"
    path.write_bytes(base64.b64decode(png()))
    url = v.page.url
    Drag(v, path)("dragEnter dragOver drop", 500, 600)
    v.page.wait_for_function("window.store.get('drawing').picture?.startsWith('data:image/')")
    assert v.page.url == url


def test_over_the_pad_there_is_a_cue_until_the_file_is_gone(visit_pad, tmp_path):
    v = visit_pad(server={"split_picture": lambda _: None})
    path = tmp_path / "none.txt"
    path.write_text("no picture")
    x, y = (round(at) for at in v.place(0.5, 0.5))
    drag = Drag(v, path)
    drag("dragEnter dragOver", x, y)
    expect(v.pad).to_contain_class("dropping")
    drag("dragOver dragOver", 500, 600)  # the first only enters
    expect(v.pad).not_to_contain_class("dropping")
    drag("dragOver dragOver drop", x, y)
    expect(v.pad).not_to_contain_class("dropping")
    v.expect_status("can't be read as a picture")


def test_a_page_without_a_server_says_so_and_keeps_the_drawing(visit_pad, tmp_path):
    v = visit_pad()
    v.draw([(0.5, 0.2), (0.5, 0.8)])
    before = v.alpha()
    path = tmp_path / "digit.png"
    path.write_bytes(base64.b64decode(png()))
    Drag(v, path)("dragEnter dragOver drop", 500, 600)
    v.expect_status("need a server")
    np.testing.assert_array_equal(v.alpha(), before)
