"""The bench on the real page: a network in training, and all that the page shows of it."""

import re

import pytest
from adds_up import SUMS, check_shown
from axe import check_in_each_colour_and_language, violations
from playwright.sync_api import expect
from test_screen_access import SMALL
from visit import ONE, SEVEN, Visit
from visiting import visits

BATCH = 32  # digits, of the plan that is trained by default
FEW = 300  # digits: so many change whatever is shown

# What each stage shows, as one text; its kernels, if it has any, as another.
PICTURES = """(selector) => {
    const shown = (each) => each.toDataURL?.() ?? each.getAttribute("style");
    return Object.fromEntries([...document.querySelectorAll(".stage")].map((stage) =>
        [stage.ariaLabel, [...stage.querySelectorAll(selector)].map(shown).join()]));
}"""
STAGES = ".map canvas:first-child, .columns i"
KERNELS = ".kernel"
# The stages whose picture is hard to see, or not all on the screen.
UNSEEN = """() => [...document.querySelectorAll(".stage")].filter((stage) => {
    const network = document.querySelector(".network").getBoundingClientRect();
    return [...stage.querySelectorAll(".map canvas:first-child, .columns")].some((each) => {
        const { width, height, right, bottom } = each.getBoundingClientRect();
        return Math.min(width, height) < 20 || right > network.right || bottom > network.bottom;
    });
}).map((stage) => stage.ariaLabel)"""


class Bench(Visit):
    """A visit with the bench open and a 7 on the pad."""

    def act(self, name: str) -> None:
        self.page.locator(f".train [data-act='{name}']").click()

    def figure(self, name: str) -> str:
        return self.page.locator(f".train [data-value='{name}']").inner_text()

    def seen(self) -> int:
        return int(self.figure("seen").replace(",", ""))

    def until(self, seen: int) -> None:
        self.page.wait_for_function(
            """(least) => least <= Number(
                document.querySelector("[data-value='seen']").textContent.replace(",", ""))""",
            arg=seen,
        )

    def pause(self) -> int:
        """Pause, once a few digits more are seen; how many were seen when all has settled."""
        self.until(self.seen() + FEW)
        self.act("pause")
        return self.settled()

    def settled(self) -> int:
        """Until weights, figures and the end of the curves are of the same moment."""
        self.page.wait_for_function(
            """() => document.querySelector(".curves .seen").textContent ===
                `Digits seen: ${document.querySelector("[data-value='seen']").textContent}`"""
        )
        # The weights come right after the point: they have been painted two frames later.
        self.page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        return self.seen()

    def probs(self) -> list[str]:
        return self.page.locator(".probs .value").all_inner_texts()

    def moment(self, which: int) -> str:
        """A moment of the curves, counted from 0, as it is read aloud."""
        slider = self.page.get_by_role("slider", name="Look back along the curves")
        slider.focus()
        self.press("Home", *["ArrowRight"] * which)
        told = slider.get_attribute("aria-valuetext")
        slider.blur()
        return told


def missed(v: Bench) -> list[str]:
    """What a finger hits badly, but the slider that is the keyboard's alone."""
    return [each for each in v.page.evaluate(SMALL, ".train") if "moment unseen" not in each]


@pytest.fixture(scope="module")
def bench(browser, static_url):
    with visits(browser, Bench) as begin:
        v = begin(static_url, alone=True, reduced_motion="reduce", size=(1280, 720))
        v.draw(SEVEN)
        v.page.locator(".train-button").click()
        expect(v.page.locator(".train [data-act='start']")).to_be_visible()
        v.own = v.probs()  # of the page's own network
        yield v


def test_start_pause_one_step_slower_faster_and_start_over_do_what_they_say(bench):
    page = bench.page
    assert page.evaluate("location.hash") == "#train"
    before = page.evaluate(PICTURES, STAGES)
    bench.act("start")
    expect(page.locator("[data-act='pause']")).to_be_focused()
    seen = bench.pause()
    expect(page.locator("[data-act='start']")).to_be_focused()
    first = bench.moment(1)
    assert first.startswith("Digits seen: 256. Loss: ")
    assert seen % BATCH == 0
    random = page.evaluate(PICTURES, STAGES)
    assert [name for name in before if before[name] == random[name]] == ["input"]

    kernels = page.evaluate(PICTURES, KERNELS)
    bench.act("step")
    expect(page.locator("[data-value='seen']")).to_have_text(f"{seen + BATCH:,}")
    bench.settled()
    after = page.evaluate(PICTURES, STAGES)
    assert [name for name in random if random[name] == after[name]] == ["input"]
    changed = page.evaluate(PICTURES, KERNELS)
    assert {name for name in kernels if kernels[name] != changed[name]} == {"conv1", "conv2"}

    for _ in range(3):
        bench.act("slower")
    expect(page.locator("[data-act='slower']")).to_be_disabled()
    bench.act("over")
    expect(page.locator("[data-value='seen']")).to_have_text(re.compile(r"^(0|32|64)$"))
    a_step_a_second = re.compile(r"^([12]?\d|3[0-2])$")
    expect(page.locator("[data-value='rate']")).to_have_text(a_step_a_second)
    for _ in range(3):
        bench.act("faster")
    expect(page.locator("[data-act='faster']")).to_be_disabled()
    bench.pause()
    assert bench.moment(1) == first  # the same seed, the same digits, the same weights


def test_a_card_a_trace_and_why_not_stay_open_and_follow_the_network_in_training(bench):
    page = bench.page

    def follows(shown: str) -> None:
        """That it goes on, adds up meanwhile, and changes."""
        place = page.locator(shown)
        before = place.inner_text()
        bench.act("start")
        expect(page.locator("[data-act='pause']")).to_be_focused()
        expect(place).not_to_have_text(before, use_inner_text=True)
        for _ in range(3):
            assert check_shown(page.evaluate(SUMS), "") > 0
        bench.act("over")  # the same stages with weights at random again
        bench.pause()
        assert check_shown(page.evaluate(SUMS), "") > 0

    page.locator("[data-layer=conv2][data-map='3']").click()
    follows(".map-card")
    bench.press("Escape")
    page.locator(".ask-why").click()
    follows(".why-card")
    bench.press("Escape")
    page.locator(".ask-trace").click()
    traced = page.locator(".way").inner_html()
    bench.act("over")
    expect(page.locator(".way path").first).to_be_attached()
    page.wait_for_function(
        "(before) => document.querySelector('.way')?.innerHTML !== before", arg=traced
    )
    bench.pause()
    expect(page.locator(".way path").first).to_be_attached()
    bench.press("Escape")
    expect(page.locator(".way")).to_have_count(0)
    expect(page.locator(".train")).to_be_visible()


def test_what_is_drawn_while_it_trains_is_read_and_not_read_aloud_with_each_step(bench):
    page = bench.page
    bench.act("start")
    bench.press("Delete")
    bench.draw(ONE)
    bench.until(bench.seen() + BATCH)
    expect(page.locator(".sentence")).to_have_attribute("aria-live", "off")
    bench.pause()
    one = bench.answer()["seen"]
    bench.undo()
    expect(page.locator(".sentence")).to_have_attribute("aria-live", "polite")
    bench.press("Delete")
    bench.draw(SEVEN)
    assert sum(one) > 0
    assert one != bench.answer()["seen"]


def test_the_trained_network_is_a_tap_away_a_lesson_pauses_and_nothing_is_lost(bench):
    page, probs, seen = bench.page, bench.probs(), bench.settled()
    last = bench.moment(1)
    bench.button("Back to the trained network")
    assert bench.probs() == bench.own
    bench.button("Show the network in training")
    assert (bench.probs(), bench.seen(), bench.moment(1)) == (probs, seen, last)

    bench.act("start")
    bench.until(seen + BATCH)
    page.evaluate("location.hash = 'step=convolution'")
    page.locator(".lesson").wait_for()
    expect(page.locator(".train")).to_be_hidden()
    page.go_back()
    expect(page.locator("[data-act='start']")).to_be_visible()
    seen = bench.settled()
    assert bench.moment(1) == last
    page.go_back()
    expect(page.locator(".train")).to_be_hidden()
    page.go_forward()
    expect(page.locator(".train")).to_be_visible()
    assert bench.seen() == seen


def test_held_out_is_the_last_point_and_the_diagonal_and_a_misread_digit_is_misread(bench):
    page = bench.page
    bench.settled()
    held_out = bench.figure("held-out")
    [told] = page.locator(".curves .accuracy p").all_text_contents()
    assert told.startswith(f"Accuracy: {held_out} on held-out digits, ")
    page.get_by_role("button", name="Which is taken for which?").click()
    right = page.locator(".confusion-box td.right").all_inner_texts()
    assert len(right) == 10
    assert f"{sum(map(int, right)) / 10:.1f}%" == held_out  # of 1,000
    wrong = 1000 - sum(map(int, right))
    assert violations(page, ".confusion-box") == []
    bench.press("Escape")
    expect(page.get_by_role("button", name="Which is taken for which?")).to_be_focused()
    expect(page.locator(".misread h3")).to_have_text(f"{wrong} held-out digits misread")

    misread = page.locator(".misread li button").first
    read = re.search(r"read as (\d)", misread.get_attribute("aria-label"))[1]
    misread.click()
    expect(page.locator(".probs .top")).to_contain_text(re.compile(f"^{read}"))
    bench.undo()
    expect(page.locator(".probs .value").first).to_be_visible()


def test_axe_finds_nothing_wrong_and_what_is_built_is_all_on_the_screen(bench):
    page = bench.page
    check_in_each_colour_and_language(page, ".train")
    bench.button("Build …")
    assert violations(page, ".build") == []
    page.get_by_role("slider", name="Kernels").first.press("End")
    page.get_by_role("slider", name="Kernel side").first.press("End")
    bench.button("Train this network")
    expect(page.locator("[data-layer=conv1]")).to_have_count(32)
    expect(page.locator(".keep .runs li")).to_have_count(1)  # the run before, to compare with
    assert page.evaluate(UNSEEN) == []
    for preset in ["One convolution", "Without pooling", "The article’s MLP"]:
        bench.button("Build …")
        page.get_by_role("radio", name=preset).check(force=True)
        bench.button("Train this network")
        expect(page.locator(".build")).to_have_count(0)
        page.wait_for_function(
            "() => document.querySelector('[data-act=pause]')?.checkVisibility()"
        )
        assert page.evaluate(UNSEEN) == [], preset
    expect(page.locator("[data-layer=conv1]")).to_have_count(0)
    expect(page.locator(".key")).to_contain_text("in training, in this browser")
    bench.until(BATCH)
    bench.act("pause")
    bench.settled()


def test_after_a_reload_the_run_waits_behind_the_trained_network_and_goes_on(bench):
    page, probs, held_out = bench.page, bench.probs(), bench.figure("held-out")
    seen = bench.settled()
    page.reload()
    bench.wait()
    expect(page.locator("[data-value='held-out']")).to_have_text(held_out)
    assert bench.settled() == seen
    assert bench.probs() == bench.own  # the 7 is on the pad again
    bench.button("Show the network in training")
    assert bench.probs() == probs
    expect(page.locator("[data-layer=conv1]")).to_have_count(0)  # it is the MLP

    page.reload()
    bench.act("step")  # at once, before the run is here again
    expect(page.locator("[data-value='seen']")).to_have_text(f"{seen + BATCH:,}")
    expect(page.locator("[data-layer=conv1]")).to_have_count(0)


def test_on_a_phone_a_finger_hits_each_control_and_missing_digits_are_said(browser, static_url):
    with visits(browser, Bench) as begin:
        v = begin(
            static_url,
            size=(390, 844),
            has_touch=True,
            prepare=lambda context: context.route("**/digits.bin", lambda route: route.abort()),
        )
        v.page.evaluate("location.hash = 'train'")
        v.act("start")
        failure = v.page.locator(".train > .failure")
        expect(failure).to_contain_text("could not be loaded. Check the connection")
        expect(v.page.locator("[data-act='start']")).to_be_visible()
        box, text = failure.bounding_box(), failure.locator("..").bounding_box()
        assert box["width"] > 0.9 * (text["width"] - 24)  # no other part's styles
        assert missed(v) == []
        assert violations(v.page) == []
        v.context.unroute("**/digits.bin")
        v.act("step")
        expect(v.page.locator("[data-value='seen']")).to_have_text(f"{BATCH}")
        expect(failure).to_be_empty()
        assert missed(v) == []
        v.page.set_viewport_size({"width": 640, "height": 360})  # 1280 x 720, enlarged to 200 %
        wide = "document.querySelector('.train')"
        assert v.page.evaluate(f"{wide}.scrollWidth <= {wide}.clientWidth")
