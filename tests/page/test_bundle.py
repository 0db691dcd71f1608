"""Modules bundled into one do in the browser what they do apart."""

import base64

import pytest

from cnn.page.bundle import BundleError, bundled, bundled_styles, compact, compact_styles
from cnn.page.html import BROWSER

MODULES = {
    "main.js": """\
import { add as sum, Counter } from "./parts/add.js";
import numbers from "./numbers.json" with { type: "json" };
import {
  log,
} from "./parts/log.js";
import "./parts/add.js";

/** Says all of it. */
export function say() {
  return [sum(numbers.a, numbers.b), new Counter().next(), log.join(), "// no comment", url];
}
const url = import.meta.url.slice(0, 5);
export const later = async () => await Promise.resolve(7);
""",
    "parts/add.js": """\
import { log } from "./log.js";
log.push("add");
const add2 = (/** @type {number} */ x, y) =>
  /** @type {number} */ (x) + y; // the sum
/** The same. */
export const add = add2;
export class Counter {
  // where it stands
  at = 0;
  next() {
    return ++this.at;
  }
}
""",
    "parts/log.js": 'export const log = ["log"];\n',
    "numbers.json": '{"a": 1, "b": [2, "ü"]}',
}
HOST = "http://modules.test/"  # answered by the test itself
RUN = "async (at) => { const m = await import(at); return [m.say(), await m.later()]; }"


@pytest.fixture
def written(tmp_path):
    def write(modules):
        for name, text in modules.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / "main.js"

    return write


def test_the_bundled_module_exports_and_does_what_the_modules_do_apart(written, browser):
    main = written(MODULES)
    page = browser.new_page()
    (main.parent / "index.html").touch()
    page.route(
        HOST + "**", lambda route: route.fulfill(path=main.parent / route.request.url[len(HOST) :])
    )
    page.goto(HOST + "index.html")
    apart = page.evaluate(RUN, "./main.js")
    data = base64.b64encode(bundled(main)["main.js"].encode()).decode()
    together = page.evaluate(RUN, f"data:text/javascript;base64,{data}")
    assert apart == [["12,ü", 1, "log,add", "// no comment", "http:"], 7]
    assert together == [[*apart[0][:-1], "data:"], 7]
    page.close()


LATE = {
    "main.js": """\
import { log } from "./parts/log.js";
export const say = () => log.join();
export const later = async () => (await import("./late/late.js")).tell();
""",
    "parts/log.js": MODULES["parts/log.js"],
    "late/late.js": """\
import { log } from "../parts/log.js";
import { word } from "./words/word.js";
log.push(word);
export const tell = () => [log.join(), import.meta.url];
""",
    "late/words/word.js": 'export const word = "late";\n',
}


def test_what_is_fetched_later_is_one_file_and_has_the_same_modules(written, browser):
    main = written(LATE)
    files = bundled(main)
    assert [*files] == ["main.js", "late/late.js"]
    page = browser.new_page()
    asked = []

    def answer(route):
        asked.append(route.request.url.removeprefix(HOST))
        body = files.get(asked[-1], "")
        kind = "text/javascript" if asked[-1] in files else "text/html"
        route.fulfill(body=body, content_type=kind)

    page.route(HOST + "**", answer)
    page.goto(HOST + "index.html")
    said = page.evaluate("""async () => {
        const { say, later } = await import("./main.js");
        return [say(), await later(), say(), await later()];
    }""")
    told = ["log,late", HOST + "late/late.js"]
    assert said == ["log", told, "log,late", told]
    assert asked == ["index.html", "main.js", "late/late.js"]
    page.close()


def test_only_the_main_module_may_fetch_later(written):
    late = {"main.js": 'import "./a.js";\n', "a.js": 'const b = () => import("./b.js");\n'}
    with pytest.raises(BundleError, match=r"a\.js.*import\("):
        bundled(written(late))


def test_styles_are_bundled_in_the_order_of_their_imports(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.css").write_text("/* of a */\na {}\n")
    (tmp_path / "main.css").write_text('@import "./parts/a.css";\n\n/* own */\nb {}\n')
    assert bundled_styles(tmp_path / "main.css") == "a{}b{}"


def test_comments_go_and_indentation_but_none_that_may_be_a_string():
    text = 'a("// x"); // y\n  // z\n/* one */\n  /**\n   * two\n   */\n  b /* c */;\n`/*`;\n'
    assert compact(text) == 'a("// x"); // y\nb /* c */;\n`/*`;\n'
    assert compact("let a = /** @type {B} */ (c); // d\n") == "let a = (c);\n"


def test_styles_mean_the_same_without_their_white_space(browser):
    text = """
        @media (min-width: 1px) and (max-width: 9999px) {
            a:hover, :is(b, i) > u:not(.c) { color: red; }
        }
        p { margin: calc(1px + 2px) 0 -3px; font: 12px / 1.5 "A"; --x: var(--y, 1px 2px); }
    """
    page = browser.new_page()
    read = """(text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return [...sheet.cssRules].map(({ cssText }) =>
            cssText.replaceAll(/\\s+/g, " ").replaceAll(", ", ","));
    }"""
    small = compact_styles(text)
    assert len(small) < 0.75 * len(text)
    assert page.evaluate(read, small) == page.evaluate(read, text)
    own = "\n".join(path.read_text("utf-8") for path in sorted(BROWSER.rglob("*.css")))
    assert page.evaluate(read, compact_styles(own)) == page.evaluate(read, own)
    page.close()


@pytest.mark.parametrize(
    ("main", "named"),
    [
        ("export default 1;\n", "export default"),
        ("const a = 1;\nexport { a };\n", "export {"),
        ("export let a = 1;\n", "export let"),
        ('import * as a from "./a.js";\n', "import \\* as"),
        ("const a = (name) => import(name);\n", "import\\("),
        ('import { a } from "./main.js";\n', "imports itself"),
    ],
)
def test_what_cannot_be_bundled_is_refused_by_name(written, main, named):
    with pytest.raises(BundleError, match=rf"main\.js.*{named}"):
        bundled(written({"main.js": main}))
