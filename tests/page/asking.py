"""Ask the real page over HTTP, as a browser and as a program do."""

import json
import urllib.error
import urllib.request


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body as they came, not unpacked."""
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


def post(url: str, body: object) -> bytes:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def post_picture(page_url: str, picture: object) -> dict:
    return json.loads(post(page_url + "gradio_api/run/predict", {"data": [picture]}))["data"][0]


def api_example(page_url: str) -> object:
    described = json.loads(get(page_url + "gradio_api/info")[2])["named_endpoints"]["/predict"]
    return described["parameters"][0]["example_input"]
