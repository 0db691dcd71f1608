"""A drawing as a link: copied, opened elsewhere, pasted, and what the page says if it cannot."""

import pytest
from PIL import Image
from playwright.sync_api import expect
from visit import SEVEN

ONE = [(0.5, 0.15), (0.5, 0.85)]
ADDRESS = "import('/cnn/page/browser/shared/address.js')"


def copied(v) -> str:
    """The link that the button copies."""
    v.context.grant_permissions(["clipboard-read", "clipboard-write"])
    v.page.get_by_role("button", name="Copy a link").click()
    box = v.page.get_by_role("dialog", name="The link is copied")
    link = box.get_by_role("textbox").input_value()
    v.press("Escape")
    expect(box).to_have_count(0)
    assert v.page.evaluate("navigator.clipboard.readText()") == link
    return link


def test_a_link_brings_the_very_same_drawing_to_somebody_else(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    v.draw([(0.4, 0.55), (0.65, 0.55)])
    v.expect_shown("7")
    link = copied(v)
    assert link.startswith(v.page.url)
    w = visit_pad(link.removeprefix(v.page.url), empty=False)
    assert w.state("drawing") == v.state("drawing")
    w.expect_shown("7")
    probs = "Array.from(window.store.get('answer').digits[0].probs)"
    assert w.page.evaluate(probs) == v.page.evaluate(probs)


def test_a_reload_keeps_what_was_done_since_the_link_was_opened(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    fragment = copied(v).removeprefix(v.page.url)
    w = visit_pad(fragment, empty=False)
    w.draw([(0.4, 0.55), (0.65, 0.55)])
    w.page.reload()
    w.page.wait_for_function("window.ready")
    assert len(w.strokes()) == 2


def test_a_link_that_is_pasted_into_the_open_page_is_a_step_that_can_be_undone(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    fragment = copied(v).removeprefix(v.page.url)
    v.press("Delete")
    v.draw(ONE)
    v.page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    v.expect_shown("7")
    v.press("Control+z")
    v.expect_shown("1")


def test_a_bad_link_is_a_sentence_and_the_pad_still_draws(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    fragment = copied(v).removeprefix(v.page.url)
    w = visit_pad(fragment[:-7], empty=False)
    w.expect_status("cannot be read")
    assert not w.strokes()
    w.draw(ONE)
    w.expect_shown("1")
    expect(w.page.locator(".status")).to_be_empty()


def test_where_copying_is_forbidden_the_link_is_shown_and_selected(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    v.page.evaluate(
        """() => Object.defineProperty(navigator, "clipboard", {
            value: { writeText: () => Promise.reject(new DOMException("", "NotAllowedError")) },
        })"""
    )
    button = v.page.get_by_role("button", name="Copy a link")
    button.click()
    field = v.page.get_by_role("textbox", name="Link to this drawing")
    expect(field).to_be_focused()
    selected = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert field.evaluate(selected).startswith(v.page.url + "#d=")
    v.press("Backspace")  # meant for the field
    assert len(v.strokes()) == 1
    v.press("Escape")
    expect(field).to_have_count(0)
    expect(button).to_be_focused()


def test_an_empty_pad_has_nothing_to_share_and_a_picture_no_link(visit_pad, tmp_path):
    v = visit_pad(server={"split_picture": lambda _: {"digits": [], "boxes": [], "marks": []}})
    expect(v.page.locator(".tools .link")).to_be_disabled()
    expect(v.page.locator(".tools .save")).to_be_disabled()
    Image.new("L", (40, 40), 255).save(tmp_path / "paper.png")
    v.page.locator("input[type=file]").set_input_files(tmp_path / "paper.png")
    v.page.wait_for_function("window.store.get('answer').why === 'answer.no_ink'")
    v.page.get_by_role("button", name="Copy a link").click()
    v.expect_status("A picture does not fit into a link")


@pytest.mark.parametrize(
    ("href", "referrer", "link"),
    [
        ("http://127.0.0.1:7860/", "", "http://127.0.0.1:7860/#d=X"),
        ("https://a.example/pad/?lang=zh#d=old", "", "https://a.example/pad/?lang=zh#d=X"),
        (
            "https://me-my-pad.hf.space/?__theme=dark&__sign=secret",
            "https://huggingface.co/",
            "https://me-my-pad.hf.space/#d=X",
        ),
        (
            "https://me-my-pad.hf.space/?__theme=dark",
            "https://huggingface.co/spaces/Me/My_pad?x=1",
            "https://huggingface.co/spaces/Me/My_pad#d=X",
        ),
        (
            "https://me-my-pad.static.hf.space/index.html",
            "https://huggingface.co/spaces/me/my-pad",
            "https://huggingface.co/spaces/me/my-pad#d=X",
        ),
        (
            "https://me-my-pad.hf.space/",
            "https://huggingface.co/spaces/you/other",
            "https://me-my-pad.hf.space/#d=X",
        ),
    ],
)
def test_a_link_leads_to_the_page_and_never_carries_a_key(visit_pad, href, referrer, link):
    v = visit_pad()
    made = v.page.evaluate(
        f"""async ({{ href, referrer }}) =>
            (await {ADDRESS}).addressWith("X", {{ href }}, referrer)""",
        {"href": href, "referrer": referrer},
    )
    assert made == link


def test_a_link_in_an_iframe_opens_the_drawing_there(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    link = copied(v)
    v.page.evaluate(
        """(src) => {
            const frame = document.createElement("iframe");
            document.body.append(Object.assign(frame, { src, name: "inner" }));
        }""",
        link.replace("/#", "/?inner#"),
    )
    v.page.wait_for_function("frames.inner?.ready")
    frame = v.page.frame("inner")
    shown = "window.store.get('answer').digits.map(({ shown }) => shown).join('')"
    assert frame.evaluate(shown) == "7"
