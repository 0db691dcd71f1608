"""A pupil's calculator: does what the page shows as arithmetic add up with the digits shown?

A sum in rows has [data-sum] on the whole, [data-term] on each number, the rounding among them, and
[data-total] on what they come to. Where one whole has several, as a table may have columns that add
up, data-sum lists their names, and each term and total has the name of its own. Arithmetic in a
line of text, "(1.97 − 0.13) × 0.93 = 1.71", needs no mark: all of it is found in the text. "=" is
exact but for the last digit shown of what it gives; "≈" allows for what the rounding of every
number before it may come to.
"""

import functools
import math
import re
from collections.abc import Iterator
from decimal import Decimal

from playwright.sync_api import Page

DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
TOKEN = re.compile(rf"\s*({DIGITS}|max\(|log\(|tanh\(|[+−×÷()⌊⌋,-])")
RESULT = re.compile(rf"\s*[+−-]?{DIGITS}%?")
SIGN = re.compile(r"[^\S\n]*([=≈>])\s*")  # what it gives may stand on the next line
BELOW = re.compile(  # and the sign, too, where that is all that stands there
    rf"^([^=≈>\n]*[\d)])\s*\n\s*(?=[=≈>]\s*[+−-]?{DIGITS}%?\s*$)", re.MULTILINE
)
SUMS = """() => [...document.querySelectorAll("[data-sum]")]
    .filter((sum) => sum.checkVisibility())
    .flatMap((sum) => sum.dataset.sum.split(" ").map((name) => ({
        terms: [...sum.querySelectorAll(`[data-term="${name}"]`)]
            .filter((term) => term.checkVisibility()).map((term) => term.textContent),
        total: sum.querySelector(`[data-total="${name}"]`).textContent,
    })))"""

Value = tuple[Decimal, Decimal]  # and what the rounding of its numbers may change of it


def check_sums(page: Page, language: str = "en") -> int:
    """Fail on a sum in rows or a line of arithmetic on the page that does not add up.

    language: which folder of words/ it speaks. Returns how many there were.
    """
    return check_shown(page.evaluate(SUMS), page.inner_text("body"), language)


def check_shown(sums: list[dict], text: str, language: str = "en") -> int:
    """The same for what SUMS found, and a text."""
    for found in sums:
        total = _number(as_english(found["total"], language).lstrip("= "))
        terms = [_number(as_english(term, language)) for term in found["terms"]]
        assert sum(terms, Decimal(0)) == total, found
    lines = list(lines_of(as_english(text, language)))
    for line in lines:
        check_line(line)
    return len(sums) + len(lines)


def as_english(text: str, language: str) -> str:
    """The text with its numbers as English writes them: of 1.234,5 and 9,5 % 1,234.5 and 9.5%."""
    if language != "es":
        return text
    text = re.sub(r"(?<=\d)[.,](?=\d)", lambda mark: ",."[mark[0] == ","], text)
    return re.sub(r"(?<=\d)\s%", "%", text).replace("max(0; ", "max(0, ")


def lines_of(text: str) -> Iterator[str]:
    """The arithmetic in a text: "a × b + c = d" of "So it is a × b + c = d, or so"."""
    for line in SIGN.sub(r" \1 ", BELOW.sub(r"\1", text)).splitlines():
        computed = None
        parts = SIGN.split(line)
        sides, signs = parts[::2], parts[1::2]
        for left, sign, right in zip(sides, signs, sides[1:], strict=False):
            computed = _computable(left) or computed
            if computed and (result := RESULT.match(right)):
                yield f"{computed} {sign} {result.group()}"


@functools.cache
def check_line(line: str) -> None:
    """Fail unless "a × b + c = d" holds with the digits shown; × and ÷ before + and −."""
    left, sign, shown = SIGN.split(line)
    value, slack = _Reader(left).all()
    given = _number(shown.rstrip("%"))
    scale = 100 if shown.endswith("%") else 1
    off = scale * value - given
    allowed = _half(given) + (scale * slack if sign == "≈" else 0)
    assert off > 0 if sign == ">" else abs(off) <= allowed, f"{line}: {value:.6f}"


@functools.cache  # most of what a step says is the same for every drawing
def _computable(text: str) -> str | None:
    """The longest end of a text that is an expression and no bare number."""
    for start in range(len(text)):
        before, end = text[:start].rstrip(), text[start:]
        if re.search(r"[+−×÷(⌊-]$", before) or re.search(r"[\w.,]$", text[:start]):
            continue  # within an expression or a word
        if end[0].isspace() or (end[0] in "−-" and re.search(r"[\w)]$", before)):
            continue
        try:
            reader = _Reader(end)
            reader.all()
        except ValueError:
            continue
        return end.strip() if reader.computes else None
    return None


class _Reader:
    """What an expression comes to, read from the left."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        self.at = 0
        self.computes = False  # something, and is no bare number
        end = 0
        while end < len(text.rstrip()):
            token = TOKEN.match(text, end)
            if not token:
                raise ValueError(text)
            self.tokens.append(token.group(1))
            end = token.end()

    def all(self) -> Value:
        value = self._sum()
        if self.at < len(self.tokens):
            raise ValueError(self.tokens)
        return value

    def _next(self, *wanted: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at] in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def _sum(self) -> Value:
        value, slack = self._product()
        while operator := self._next("+", "−", "-"):
            self.computes = True
            other, loose = self._product()
            value, slack = value + (other if operator == "+" else -other), slack + loose
        return value, slack

    def _product(self) -> Value:
        value, slack = self._factor()
        while operator := self._next("×", "÷"):
            self.computes = True
            other, loose = self._factor()
            if operator == "×":
                slack = abs(value) * loose + abs(other) * slack + slack * loose
                value *= other
            else:
                slack = (slack + abs(value / other) * loose) / (abs(other) - loose)
                value /= other
        return value, slack

    def _factor(self) -> Value:
        if self._next("−", "-"):
            value, slack = self._factor()
            return -value, slack
        if opened := self._next("(", "⌊", "max(", "log(", "tanh("):
            inner = [self._sum()]
            while opened == "max(" and self._next(","):
                inner.append(self._sum())
            if not self._next("⌋" if opened == "⌊" else ")"):
                raise ValueError(self.tokens)
            self.computes |= opened != "("
            return self._applied(opened, inner)
        if self.at == len(self.tokens) or not self.tokens[self.at][0].isdigit():
            raise ValueError(self.tokens)
        self.at += 1
        number = _number(self.tokens[self.at - 1])
        return number, _half(number)

    @staticmethod
    def _applied(name: str, values: list[Value]) -> Value:
        value, slack = max(values)
        if name == "⌊":
            return Decimal(math.floor(value)), Decimal(0)
        if name == "tanh(":
            return Decimal(math.tanh(value)), slack
        if name == "log(":
            return value.ln(), slack / (value - slack)
        return value, slack


def _number(text: str) -> Decimal:
    return Decimal(text.strip().replace("−", "-").replace(",", "").replace("+", "").strip("()"))


def _half(number: Decimal) -> Decimal:
    """Half of the last digit shown; a whole number is exact."""
    exponent = number.as_tuple().exponent
    return Decimal(0) if exponent == 0 else Decimal(5).scaleb(exponent - 1)
