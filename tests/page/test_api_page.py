"""What the API's own page says of it can be done as it stands there."""

import json

from asking import api_example, get, post_picture


def test_the_apis_example_is_a_digit_and_needs_no_other_host(page_url):
    example = api_example(page_url)
    assert "http" not in json.dumps(example)
    answer = post_picture(page_url, example)
    assert (answer["number"], answer["digits"][0]["confident"]) == ("7", True)


def test_the_api_pages_python_snippet_runs(page_url):
    described = json.loads(get(page_url + "gradio_api/info")[2])["named_endpoints"]["/predict"]
    names = {}
    exec(described["code_snippets"]["python"], names)
    assert names["result"]["digit"] == 7
