"""A request that is not served: the name of the reason, a sentence, and the matching HTTP status.

The page says it in the reader's language if it has a text "error.NAME"; everyone else gets the
English sentence below.
"""

import json

from starlette.types import Send

ERRORS = {  # name -> (status, sentence, whose {} the `Refusal` fills)
    "bad_request": (400, "The page does not send such requests: reload it and draw again."),
    "bad_points": (
        400,
        "A point must be two finite numbers, at most ten canvases away from the pad.",
    ),
    "bad_canvas": (400, "The canvas must be a number of pixels between 1 and 10,000."),
    "too_many_points": (400, "At most {strokes} strokes and {points:,} points: clear the pad."),
    "too_many_digits": (400, "At most {digits} digits at once: clear the pad and write fewer."),
    "bad_picture": (
        400,
        "This is not a picture that can be read. Send a PNG, JPEG, WebP, GIF or BMP.",
    ),
    "too_many_pixels": (
        400,
        "At most {photograph} million pixels in a photograph (JPEG), {picture} million in any "
        "picture: send a smaller one.",
    ),
    "bad_call": (
        400,
        'This is not a call. Send JSON, without NaN or Infinity: {{"data": [picture]}}.',
    ),
    "no_picture": (400, "No picture came. Send one: client.predict(handle_file('digit.png'))."),
    "not_uploaded": (
        400,
        "This is neither an uploaded picture nor a data URL: upload one, handle_file('digit.png'). "
        "What lies at any other address is not read.",
    ),
    "one_file": (400, "Upload one file at a time, and nothing with it."),
    "nothing_drawn": (400, "Nothing is drawn in this picture."),
    "elsewhere": (403, "Only the page itself may ask for this, opened at its own address."),
    "not_found": (404, "There is nothing here. The page has no such address."),
    "too_slow": (408, "The request took too long to arrive. Please send it again."),
    "too_large": (413, "At most {kilobytes:,} kB are accepted here."),
    "uri_too_long": (414, "This address is too long."),
    "not_json": (415, "Send JSON, and say so: Content-Type: application/json."),
    "enough_today": (429, "Enough corrections were kept today. Please continue tomorrow."),
    "server_error": (500, "Something broke on the server. Please try again."),
    "busy": (503, "Many people are sending pictures right now. Please try again in a moment."),
    "cannot_keep": (507, "The correction cannot be kept: see the server's log."),
}


class Refusal(ValueError):
    """name: a key of ERRORS; values: what fills the {} in its sentence."""

    def __init__(self, name: str, **values: int) -> None:
        self.name = name
        self.status, sentence = ERRORS[name]
        super().__init__(sentence.format(**values))


def forget_frames(refusal: Refusal) -> None:
    """Let go of what the functions that it passed through hold: megabytes of a picture.

    A thread's future refers to the refusal, and a frame to the future: such a cycle stays in memory
    until some garbage collection, and forty refused photographs with it.
    """
    refusal.__traceback__ = refusal.__context__ = None


async def send_refusal(send: Send, refusal: Refusal, last: bool = True) -> None:
    """Answer {"error": name, "detail": sentence}, and close the connection.

    last=False: the connection stays open until an empty body follows, so that what still arrives
    can be thrown away. Closing immediately would reset the connection, and the sender would not
    learn why.
    """
    body = json.dumps({"error": refusal.name, "detail": str(refusal)}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    if refusal.name == "busy":
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": not last})
