"""The step in which the reader trains a network: what it shows is what the network in training did.

One page and one run for most of it: to train is what takes time.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect
from steps_page import PHONE, StepVisit, numbers
from visit import SEVEN

STEP = "yourself"
LABEL = 7  # what is drawn
BATCH = 32
STAYS = 1000  # digits
POWERS = [100, 1000, 10_000]
DIGITS = "**/weights/digits.bin"
# From now on: what the digit was read as after each batch; and, each time that the page shows new
# weights, what the page's own answer to the drawing is then, with the kernels and their maps.
TRACE = """async () => {
    const { store } = await import("./browser/shared/store.js");
    const { needBench } = await import("./browser/shared/on-demand.js");
    const session = await needBench();
    Object.assign(globalThis, { session, store, reads: [], trace: [] });
    const note = () => {
        if (!session.isShown) return;
        const { digits, followed, maps } = store.get("answer");
        const weights = session.loaded.tensors.get("conv1.weight").data.slice();
        trace.push({ seen: session.seen, read: digits[followed].digit, maps: maps[2], weights });
    };
    store.subscribe("network", note);
    store.subscribe("weights", note);
    let last = session.looks;
    session.onchange(() => {
        if (session.looks !== last) reads.push(...last = session.looks);
    });
}"""
TOLD = """() => [reads, trace].map((all) => all.map(({ seen, read }) => [seen, read]))"""
FIGURES = """() => [
    ...document.querySelectorAll(".step-yourself [data-figure]")].map((dd) => dd.innerText)"""
# The colours of the chosen kernel and its map, now and at each moment of the history: as they are
# painted, and as the numbers ask for, on one scale for all kernels, or maps, at all moments.
COLORS = """async () => {
    const { colorOf, endOf } = await import("./browser/shared/colors.js");
    const step = document.querySelector(".step-yourself");
    const kernel = step.querySelector(".slider input").valueAsNumber - 1;
    const own = (all) => all.slice(kernel * all.length / 8, (kernel + 1) * all.length / 8);
    const painted = (canvas) => {
        const { width, height } = canvas;
        const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
        return Array.from({ length: width * height }, (_, i) =>
            `rgb(${data.slice(4 * i, 4 * i + 3)})`);
    };
    const items = [...step.querySelectorAll(".history li")];
    const kept = items.map((item) => {
        const seen = Number(item.querySelector("small").innerText.replace(",", ""));
        return trace.find((each) => each.seen === seen);
    });
    return ["weights", "maps"].map((kind, i) => {
        const end = kept.reduce((most, moment) => endOf(moment[kind], most), 0);
        const asked = (all, most) =>
            Array.from(own(all), (value) => colorOf(value / most).background);
        const now = trace.at(-1)[kind];
        const live = step.querySelectorAll(".live .grid canvas")[i];
        return [
            [painted(live), asked(now, endOf(now, end))],
            ...kept.map((moment, at) =>
                [painted(items[at].querySelectorAll("canvas")[i]), asked(moment[kind], end)]),
        ];
    });
}"""
WEIGHTS = "() => session.loaded.tensors.get('conv1.weight').data.join()"


def figure(v, name: str) -> float | None:
    found = numbers(v.exhibit.locator(f"[data-figure='{name}']").inner_text())
    return found[0] if found else None


def watched(looks: list[list[int]]) -> tuple[int | None, int | None, int | None]:
    """When the label was read first, since when at the end, and since when it stayed for long."""
    first = since = settled = None
    for seen, read in looks:
        if read != LABEL:
            since = None
            continue
        first = seen if first is None else first
        since = seen if since is None else since
        if settled is None and seen - since >= STAYS:
            settled = since
    return first, since, settled


def pause(v) -> None:
    """Until the page shows the weights that were measured last."""
    v.button("Pause")
    v.page.evaluate("() => session.settle()")


@pytest.fixture(scope="module")
def v(browser, loose_url) -> Iterator[StepVisit]:
    """A visit to the step: a guess, a run until it has stayed with the drawn 7, and a pause."""
    v = StepVisit(browser, loose_url, alone=True)
    v.show(STEP, drawn=False)
    expect(v.page.locator(".lesson .hint")).to_contain_text("Draw a digit")
    expect(v.exhibit.get_by_role("button", name="Start")).to_be_disabled()
    v.draw(SEVEN)
    v.page.evaluate(TRACE)
    v.trained = v.page.evaluate("() => store.get('network').card.sha256")
    expect(v.exhibit.locator(".figures")).to_be_hidden()
    said = v.answer_question(3)
    assert said.startswith("Your guess: “more than 10,000”.")

    def refuse(route: Route) -> None:
        route.abort()

    v.context.route(DIGITS, refuse)
    v.button("Start")
    expect(v.exhibit.locator("p[role=status]")).to_contain_text("Check the connection")
    v.context.unroute(DIGITS, refuse)
    v.button("Start")
    v.button("Faster")
    v.question.get_by_text(re.compile("After .* digits it read your 7")).wait_for(timeout=120_000)
    pause(v)
    yield v
    v.end()
    assert not v.complaints


def test_the_counts_are_those_of_the_network_in_training_after_every_batch(v):
    # all at one moment: the last message of a run that was paused may still be on its way
    (looks, trace), shown, held_out = v.page.evaluate(
        f"() => [({TOLD})(), ({FIGURES})(), session.heldOut]"
    )
    assert [seen for seen, _ in looks] == [*range(BATCH, looks[-1][0] + 1, BATCH)]
    by_seen = dict(looks)
    assert len(trace) > 5
    for seen, read in trace[1:]:
        assert by_seen[seen] == read
    first, since, _ = watched([trace[0], *looks])
    assert [numbers(text)[0] for text in shown] == [
        *(looks[-1][0], pytest.approx(100 * held_out, abs=0.051)),
        *(first, since),
    ]


def test_the_guess_is_compared_with_what_happened(v):
    looks, trace = v.page.evaluate(TOLD)
    _, _, settled = watched([trace[0], *looks])
    bounds = [0, *POWERS, float("inf")]
    right = next(i for i in range(4) if bounds[i] <= settled < bounds[i + 1])
    options = ["fewer than 100", "100 to 1,000", "1,000 to 10,000", "more than 10,000"]
    said = v.question.locator(".because").inner_text()
    assert said.startswith("Right." if right == 3 else f"Not quite. “{options[right]}” is right.")
    sentence = f"After {settled:,} digits it read your 7, and stayed with it for the next 1,000."
    assert sentence in said
    assert v.exhibit.locator("p[role=status]").inner_text() == sentence


def test_the_kernel_and_its_map_have_the_colours_of_their_numbers_now_and_at_each_moment(v):
    looks, trace = v.page.evaluate(TOLD)
    for kernel in (1, 6):
        v.slide("Kernel", kernel)
        for pictures in v.page.evaluate(COLORS):
            assert len(pictures) > 4
            for painted, asked in pictures:
                assert painted == asked
    reads = v.exhibit.locator(".history b").all_inner_texts()
    counts = v.exhibit.locator(".history small").all_inner_texts()
    by_seen = dict([trace[0], *looks])
    assert [by_seen[int(numbers(count)[0])] for count in counts] == [int(read) for read in reads]


def test_the_other_steps_have_the_trained_network_and_the_run_waits(v):
    seen = figure(v, "seen")
    v.page.evaluate("location.hash = 'step=convolution'")
    kernel = v.page.locator(".step-convolution .editor input")
    kernel.first.wait_for(state="attached")
    assert v.page.evaluate("store.get('network').card.sha256") == v.trained
    shown = []  # by a step that is open while the network is replaced
    for replace in ("session.show()", "session.leave()"):
        v.page.evaluate(f"() => {{ {replace} }}")
        v.page.get_by_role("radio", name="2", exact=True).check()
        shown.append([numbers(field.input_value())[0] for field in kernel.all()])
        weights = v.page.evaluate("[...store.get('network').tensors.get('conv1.weight').data]")
        assert shown[-1] == pytest.approx(weights[9:18], abs=0.0051)
    assert shown[0] != shown[1]

    v.page.evaluate("location.hash = 'step=yourself'")
    v.page.locator(".step-yourself").wait_for()
    v.answer_question(0)
    assert figure(v, "seen") == seen
    v.button("Go on")
    v.page.wait_for_function(f"session.seen > {seen:.0f}")
    v.page.locator(".lesson .previous").click()
    v.page.locator(".step-history").wait_for()
    assert v.page.evaluate("session.phase") == "paused"
    assert v.page.evaluate("store.get('network').card.sha256") == v.trained
    v.page.locator(".lesson .next").click()
    v.answer_question(0)


def test_other_random_weights_begin_another_run(v):
    first = v.page.evaluate(WEIGHTS)
    settled = numbers(v.exhibit.locator("p[role=status]").inner_text())[0]
    v.page.evaluate("() => { trace.length = 0; reads.length = 0 }")
    v.button("Again, with other random weights")
    v.page.wait_for_function("reads.length > 3")
    pause(v)
    assert v.page.evaluate(WEIGHTS) != first
    looks, _ = v.page.evaluate(TOLD)
    assert looks[0][0] == BATCH
    assert figure(v, "seen") == looks[-1][0]
    expect(v.exhibit.get_by_text("Earlier runs")).to_contain_text(f"7 after {settled:,.0f}")


def test_the_way_back_and_the_way_to_the_bench_lose_nothing(v):
    seen = figure(v, "seen")
    v.button("Back to the trained network")
    assert v.page.evaluate("store.get('network').card.sha256") == v.trained
    v.button("Show the network in training")
    assert v.page.evaluate("session.isShown")
    v.exhibit.get_by_role("link", name="To the bench").click()
    expect(v.page.locator(".train")).to_be_visible()
    assert v.page.evaluate("session.isShown")
    assert numbers(v.page.locator(".train [data-value=seen]").inner_text()) == [seen]


def test_a_run_of_the_bench_is_kept_when_the_step_begins_one(v):
    v.page.evaluate("() => session.startWith({ seed: 9 })")
    v.page.wait_for_function("session.seen > 0")
    seen = v.page.evaluate("async () => { await session.settle(); return session.seen; }")
    v.show(STEP, drawn=False)
    v.draw(SEVEN)
    v.answer_question(0)
    v.button("Start")
    v.page.wait_for_function("session.isShown && session.phase === 'training'")
    assert v.page.evaluate("session.kept.map((run) => run.seen)") == [seen]
    pause(v)


@pytest.mark.parametrize("options", [{"size": PHONE}, {"locale": "zh-CN", "color_scheme": "dark"}])
def test_everybody_can_use_it(v, options):
    v.show(STEP, drawn=False, **options)
    v.draw(SEVEN)
    v.options().first.click()
    expect(v.exhibit.locator(".history li").first).to_be_visible()
    v.check_everybody_can_use_it()


def test_the_last_run_of_another_visit_is_kept_when_the_step_begins_one(v):
    v.page.reload()
    v.page.wait_for_function("document.querySelector('.page.mounted')")
    v.show(STEP, drawn=False)
    v.draw(SEVEN)
    v.page.evaluate(TRACE)
    last = """async () => (await (await import("./browser/train/runs.js")).lastRun()).seen"""
    seen = v.page.evaluate(last)
    v.options().first.click()
    v.button("Start")
    v.page.wait_for_function("session.phase === 'training'")
    v.page.wait_for_function(f"session.kept.some((run) => run.seen === {seen})")
    pause(v)
