"""Every control of the page: its styles at rest, focused and under the pointer, and which of its
words and icons are too pale on what is behind them."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

# controls: all that can be seen. pathOf: a name that holds on any host. stylesOf: all computed
# styles, one a line. pale: words below 4.5 to 1, large ones and icons below 3 to 1, but what is
# disabled.
LOOK = """() => {
    const named = "button, a[href], input, select, textarea, summary, [tabindex='0']";
    const isSeen = (element) =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const controls = (within) =>
        [...document.querySelectorAll(`${within} :is(${named})`)].filter(isSeen);

    const pathOf = (element) => {
        const path = [];
        for (let at = element; at && !at.matches(".page"); at = at.parentElement) {
            const index = [...at.parentElement.children].indexOf(at);
            path.unshift(`${at.localName}.${at.classList[0] ?? ""}:${index}`);
        }
        return path.join(" ");
    };

    // What Gradio names itself, hundreds of names an element, says nothing that the others don't.
    const properties = [...getComputedStyle(document.documentElement)]
        .filter((name) => !name.startsWith("--"));
    const stylesOf = (element) => ["", "::before", "::after"].flatMap((pseudo) => {
        const style = getComputedStyle(element, pseudo || null);
        if (pseudo && style.content === "none") return [];
        return properties.map((name) => `${pseudo}${name}: ${style.getPropertyValue(name)}`);
    }).join("\\n").replaceAll(/\\d+\\.\\d+/g, (px) => Number(px).toFixed(1));

    const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const known = new Map();
    const rgba = (color) => known.get(color) ?? known.set(color, painted(color)).get(color);
    const painted = (color) => {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = color;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b, alpha] = context.getImageData(0, 0, 1, 1).data;
        return [r, g, b, alpha / 255];
    };
    const over = ([r, g, b, alpha], below) =>
        [...[r, g, b].map((value, i) => alpha * value + (1 - alpha) * below[i]), 1];
    const luminance = (color) => {
        const [r, g, b] = color.map((value) => value / 255)
            .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a, b) => {
        const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
        return (high + 0.05) / (low + 0.05);
    };
    const upwards = (element) => element ? [element, ...upwards(element.parentElement)] : [];
    const behind = (element) => upwards(element)
        .map((at) => rgba(getComputedStyle(at).backgroundColor))
        .reduceRight((below, color) => over(color, below), [255, 255, 255, 1]);
    const fields = "input:not([type=range], [type=radio], [type=checkbox])";
    const isText = (node) => node instanceof Text && node.data.trim() !== "";
    const isWritten = (part) => part.matches(fields) || [...part.childNodes].some(isText);

    const pale = (control) => [control, ...control.querySelectorAll("*")].flatMap((part) => {
        const { color, stroke, clipPath, fontSize } = getComputedStyle(part);
        const isIcon = part instanceof SVGGeometryElement;
        if (control.matches(":disabled") || clipPath !== "none" || !isSeen(part)) return [];
        if (!isIcon && !isWritten(part)) return [];
        const ground = behind(part);
        const [r, g, b, alpha] = rgba(isIcon ? stroke : color);
        const opacity = upwards(part).reduce((all, at) => all * getComputedStyle(at).opacity, 1);
        const ratio = contrast(over([r, g, b, alpha * opacity], ground), ground);
        return ratio < (isIcon || parseFloat(fontSize) >= 24 ? 3 : 4.5)
            ? [`${part.textContent.trim() || part.localName}: ${ratio.toFixed(2)} to 1`]
            : [];
    });

    const look = (element) =>
        ({ path: pathOf(element), styles: stylesOf(element), pale: pale(element) });
    const focused = (element) => {
        element.focus({ preventScroll: true });
        return look(element);
    };
    const targetOf = (element) => element.closest("label") ?? element; // a box may look like it
    const aim = (element) => {
        const target = targetOf(element);
        target.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
        const { left, top, width, height } = target.getBoundingClientRect();
        return [left + width / 2, top + height / 2];
    };
    const isHit = (element) => {
        const [x, y] = aim(element);
        return targetOf(element).contains(document.elementFromPoint(x, y));
    };
    const kindOf = (element) => {
        const { parentElement, className, ariaPressed, ariaChecked, ariaCurrent } = element;
        const state = [element.matches(":disabled"), ariaPressed, ariaChecked, ariaCurrent];
        return [pathOf(parentElement), element.localName, className, ...state].join(" ");
    };
    globalThis.looking = { controls, look, focused, aim, isHit, pathOf, kindOf };
}"""
AT_REST = "(within) => looking.controls(within).map(looking.look)"
FOCUSED = """(within) => {
    const looks = looking.controls(within).map(looking.focused);
    document.activeElement.blur();
    return looks;
}"""
NAMES = """(within) => (looking.all = looking.controls(within))
    .map((control) => [looking.pathOf(control), looking.kindOf(control)])"""
AIM = "(at) => looking.aim(looking.all[at])"
POINTED = "(at) => looking.all[at].matches(':hover, :hover > *') && looking.look(looking.all[at])"
MISSED = "(places) => places.filter((at) => !looking.isHit(looking.all[at]))"
THEME = "(scheme) => document.body.classList.toggle('dark', scheme === 'dark')"
SCHEMES = ["light", "dark"]
TRIES = 2  # what the pointer leaves may change, and with it where the next control is


@dataclass
class Looks:
    """styles: {(state, path of the control): its computed styles, a line each; lengths to a
    tenth, as where a column begins decides on the rest. missed: what the pointer did not hit.
    pointed: the paths of those that it has hit, and their kinds, in each scheme."""

    styles: dict[tuple[str, str], str] = field(default_factory=dict)
    pale: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    pointed: dict[str, set[str]] = field(
        default_factory=lambda: {scheme: set() for scheme in SCHEMES}
    )

    def _add(self, state: str, look: dict) -> None:
        self.styles[state, look["path"]] = look["styles"]
        self.pale += [f"{state}, {look['path']}: {each}" for each in look["pale"]]

    def look(self, page: Page, name: str, within: str = ".page") -> None:
        """At every control, light and dark: at rest, focused as by a key, and once under the real
        pointer.

        Of those of one class and state beside each other, the first; of the others, whether it
        would hit them.
        """
        page.evaluate(LOOK)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(THEME, scheme)
            self._look(page, f"{name}, {scheme}", within, self.pointed[scheme])

    def _look(self, page: Page, name: str, within: str, pointed: set[str]) -> None:
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        for look in page.evaluate(AT_REST, within):
            self._add(f"{name}, at rest", look)
        page.keyboard.press("Shift")  # a key: from now on one sees what has the focus
        for look in page.evaluate(FOCUSED, within):
            self._add(f"{name}, focused", look)
        others = []
        for at, (path, kind) in enumerate(page.evaluate(NAMES, within)):
            if {path, kind} & pointed:
                others += [] if path in pointed else [at]
                continue
            for _ in range(TRIES):
                page.mouse.move(*page.evaluate(AIM, at))
                if look := page.evaluate(POINTED, at):
                    pointed |= {path, kind}
                    self._add(f"{name}, pointed at", look)
                    break
            else:
                self.missed.append(f"{name}, {at} of {within}")
        page.mouse.move(0, 0)  # what is said beside the pointer lies over others
        self.missed += [f"{name}, {at} of {within}" for at in page.evaluate(MISSED, others)]


def differences(one: Looks, other: Looks) -> list[str]:
    """How the controls that both have differ, one line a style."""
    return [
        f"{state}, {path}: {a} or {b}"
        for state, path in sorted(one.styles.keys() & other.styles.keys())
        if one.styles[state, path] != other.styles[state, path]
        for a, b in zip(
            one.styles[state, path].splitlines(),
            other.styles[state, path].splitlines(),
            strict=True,
        )
        if a != b
    ]


def assert_seen_and_readable(looks: dict[str, Looks]) -> None:
    """{host: looks}: the pointer hit every control, and no word or icon is too pale."""
    for host, found in looks.items():
        assert found.missed == [], (host, found.missed)
        assert found.pale == [], (host, found.pale)
