"""What the server does for the page: three addresses beside the page's files, and no others.

POST site/picture     takes a picture apart          {"picture": data URL}
POST site/mnist       a random MNIST digit           null
POST site/correction  keeps a correction             as described in corrections.py

JSON in, JSON out: what the function gives, or {"error": name} with a fitting status.
"""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cnn.page.corrections import may_be_anywhere
from cnn.page.errors import ERRORS, Refusal

# A function's name -> its address.
ADDRESSES = {"split_picture": "picture", "random_mnist": "mnist", "save_correction": "correction"}
LOOPBACK = "localhost", "127.0.0.1", "::1"


def service_routes(functions: list[Callable[[object], object]]) -> list[Route]:
    """A route for each of the functions, whose names are keys of ADDRESSES.

    Each takes one JSON value and gives one; it runs in a thread.
    """
    return [_route(function) for function in functions]


def _route(function: Callable[[object], object]) -> Route:
    keeps = function.__name__ == "save_correction"

    async def serve(request: Request) -> Response:
        check_is_json(request.headers)
        if keeps:
            check_is_from_here(request.headers)
        try:
            payload = json.loads(await request.body())
        except (ValueError, RecursionError):
            raise Refusal("bad_request") from None
        answer = await run_in_threadpool(function, payload)
        error = answer.get("error") if isinstance(answer, dict) else None
        return JSONResponse(answer, ERRORS[error][0] if error else 200)

    return Route(f"/site/{ADDRESSES[function.__name__]}", serve, methods=["POST"])


def check_is_json(headers: Headers) -> None:
    """Raise Refusal unless the body says that it is JSON.

    Any website can have a browser send anything else here without asking; JSON only after a
    question (the CORS preflight) to which hosts.py says no.
    """
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refusal("not_json")


def check_is_from_here(headers: Headers) -> None:
    """Raise Refusal unless the page itself asks, opened at an address that it may have.

    Origin and Sec-Fetch-Site are what browsers say about the page that asks. If corrections are
    kept on one's own computer only, Host must name that: any other name that leads here was made to
    do so (DNS rebinding).
    """
    host = headers.get("host", "")
    origin = headers.get("origin", "").partition("://")[2]
    if not origin or origin.lower() != host.lower():
        raise Refusal("elsewhere")
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise Refusal("elsewhere")
    if not may_be_anywhere() and _name_of(host) not in LOOPBACK:
        raise Refusal("elsewhere")


def _name_of(host: str) -> str | None:
    """localhost:7860 -> localhost, [::1]:7860 -> ::1; None for what is not a host."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
