"""An upload is one file, and a small one counts for more than its bytes."""

import pytest

from cnn.page.errors import Refusal
from cnn.page.uploads import FILE_BYTES, room_for

FORM = "multipart/form-data; boundary=x7"
HEAD = b'--x7\r\nContent-Disposition: form-data; name="files"; filename="7.png"\r\n\r\n'
END = b"\r\n--x7--\r\n"


@pytest.mark.parametrize(("size", "room"), [(1, FILE_BYTES), (100_000, 100_000 + len(HEAD + END))])
def test_a_file_counts_for_its_bytes_and_a_tiny_one_for_more(size, room):
    assert room_for(FORM, HEAD + bytes(size) + END) == room


@pytest.mark.parametrize("boundary", ["x7", '"x7"', "x7; charset=utf-8"])
def test_two_parts_are_refused(boundary):
    body = HEAD + b"7\r\n" + HEAD + b"8" + END
    with pytest.raises(Refusal, match="one file at a time"):
        room_for(f"multipart/form-data; boundary={boundary}", body)


def test_what_is_no_form_is_left_for_gradio_to_refuse():
    assert room_for("image/png", b"-" * 100) == FILE_BYTES
