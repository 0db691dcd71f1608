"""What a finger hits in the lesson, and that the words of a step need no scrolling."""

from collections.abc import Iterator

from playwright.sync_api import expect
from steps_page import PHONE
from test_lesson_frame import STEPS

SIZES = [(1440, 900), (768, 1024), PHONE]
# Where a finger of --touch around the middle of a control would hit something else. Cells of a
# picture or of the row of readings are no controls of their own: what they lie in is hit as one;
# and what nobody sees is for the keyboard.
MISSED = """() => {
    const reach = 44 / 2 - 1; // a pixel's edge may fall between two pixels
    const across = reach / Math.SQRT2; // a button may be round
    const places = [[reach, 0], [-reach, 0], [0, reach], [0, -reach],
        [across, across], [across, -across], [-across, across], [-across, -across]];
    const named = "button, a[href], input, select, textarea, [tabindex='0'], .swept";
    const controls = document.querySelectorAll(`.lesson :is(${named}):not(.unseen)`);
    return [...controls].filter((control) => control.checkVisibility()).flatMap((control) => {
        const hit = control.closest("label:has(:is([type=radio], [type=checkbox]))") ?? control;
        hit.scrollIntoView({ block: "center", inline: "center" });
        const { left, top, width, height } = hit.getBoundingClientRect();
        const missed = places.filter(([x, y]) => !hit.contains(
            document.elementFromPoint(left + width / 2 + x, top + height / 2 + y)));
        return missed.length ? [`${hit.outerHTML.slice(0, 99)}: ${JSON.stringify(missed)}`] : [];
    });
}"""
# How far the words of a step, as it is opened, reach below what can be seen of it, px.
BELOW = """() => {
    const edge = document.querySelector(".lesson footer").getBoundingClientRect().top;
    return document.querySelector("article").getBoundingClientRect().bottom - edge;
}"""


def walk(v) -> Iterator[str]:
    """The steps, each with a digit and once its exhibit is there."""
    for step in STEPS:
        v.page.evaluate("(step) => location.hash = `step=${step}`", step)
        v.page.locator(f".step-{step} :is(button, input)").first.wait_for()
        v.question.wait_for()
        yield step


def test_a_finger_hits_each_control_and_the_open_step_is_seen_in_the_row_of_steps(open_step):
    v = open_step("sees", size=PHONE)
    current = v.page.locator(".contents [aria-current=step]")
    missed = []
    for step in walk(v):
        v.page.evaluate("scrollTo(0, 0)")
        expect(current).to_be_in_viewport(ratio=0.99)  # an edge may lie between pixels
        v.options().first.click()
        for width, height in SIZES:
            v.page.set_viewport_size({"width": width, "height": height})
            missed += [f"{step}, {width} px: {each}" for each in v.page.evaluate(MISSED)]
    assert missed == []


def test_the_words_of_each_step_are_seen_without_scrolling(open_step):
    v = open_step("sees")
    below = {}
    for step in walk(v):
        below[step] = v.page.evaluate(BELOW)
        v.speak("zh")
        below[f"{step}, Chinese"] = v.page.evaluate(BELOW)
        v.speak("en")
    assert {step: px for step, px in below.items() if px > 0} == {}


def test_a_finger_that_sweeps_over_the_readings_scrubs_through_them(open_step):
    v = open_step("history", size=PHONE)
    row = v.page.locator(".readings")
    row.wait_for()
    row.scroll_into_view_if_needed()
    items = row.locator("li")
    last = items.count() - 1
    for at in (0, last):
        box = items.nth(at).bounding_box()
        v.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        if at == 0:
            v.page.mouse.down()
        expect(items.nth(at)).to_contain_class("shown")
    v.page.mouse.up()
    scrubber = v.exhibit.get_by_role("slider", name="Position")
    expect(scrubber).to_have_value(f"{last}")
