"""A pupil's calculator: does what the page shows as arithmetic add up with the digits shown?

A sum in rows has [data-sum] on the whole, [data-term] on each number, the rounding among them, and
[data-total] on what they come to. Where one whole has several, as a table may have columns that add
up, data-sum lists their names, and each term and total has the name of its own. Arithmetic in a
line of text, "1.97 × 0.93 + 0.12 = 1.95", needs no mark: all of it is found in the text. "=" is
exact but for the last digit shown of what it gives; "≈" allows for what the rounding of every
number before it may come to.
"""

import re
from decimal import Decimal

from playwright.sync_api import Page

NUMBER = r"[−-]?\d[\d,]*(?:\.\d+)?"
OPERATOR = r"[+−×÷]"
LINE = re.compile(
    rf"{NUMBER}(?:\s*{OPERATOR}\s*\(?{NUMBER}\)?)+(?:\s*[=≈]\s*{NUMBER})+(?![\d.]*\s*%)"
)
SUMS = """() => [...document.querySelectorAll("[data-sum]")]
    .filter((sum) => sum.checkVisibility())
    .flatMap((sum) => sum.dataset.sum.split(" ").map((name) => ({
        terms: [...sum.querySelectorAll(`[data-term="${name}"]`)]
            .filter((term) => term.checkVisibility()).map((term) => term.textContent),
        total: sum.querySelector(`[data-total="${name}"]`).textContent,
    })))"""


def check_sums(page: Page) -> int:
    """Fail on a sum in rows or a line of arithmetic on the page that does not add up.

    Returns how many there were.
    """
    sums = page.evaluate(SUMS)
    for found in sums:
        total = _number(found["total"].lstrip("= "))
        added = sum((_number(term) for term in found["terms"]), Decimal(0))
        assert added == total, found
    lines = [each.group() for each in LINE.finditer(page.inner_text("body"))]
    for line in lines:
        check_line(line)
    return len(sums) + len(lines)


def check_line(line: str) -> None:
    """Fail unless "a × b + c = d" holds with the digits shown; × and ÷ before + and −."""
    left, *rest = re.split(r"\s*([=≈])\s*", line)
    value, slack = _computed(left)
    for sign, shown in zip(rest[::2], rest[1::2], strict=True):
        given = _number(shown)
        allowed = _half(given) + (slack if sign == "≈" else 0)
        assert abs(value - given) <= allowed, f"{line}: {value:.6f}"


def _computed(left: str) -> tuple[Decimal, Decimal]:
    """The value of an expression, and what the rounding of its numbers may change of it."""
    tokens = re.findall(rf"{OPERATOR}|{NUMBER}", re.sub(rf"({OPERATOR})", r" \1 ", _signed(left)))
    total, slack, sign = Decimal(0), Decimal(0), 1
    product, loose = _number(tokens[0]), _half(_number(tokens[0]))
    for operator, text in zip(tokens[1::2], tokens[2::2], strict=True):
        number = _number(text)
        if operator in "+−":
            total, slack = total + sign * product, slack + loose
            product, loose, sign = number, _half(number), 1 if operator == "+" else -1
        elif operator == "×":
            loose = abs(product) * _half(number) + abs(number) * loose + loose * _half(number)
            product *= number
        else:
            loose = (loose + abs(product / number) * _half(number)) / (abs(number) - _half(number))
            product /= number
    return total + sign * product, slack + loose


def _signed(text: str) -> str:
    """A minus that belongs to a number is written as a hyphen, one between two is a sign."""
    return re.sub(rf"(^|{OPERATOR}\s*\(?)−\s*(?=\d)", r"\1-", text.strip())


def _number(text: str) -> Decimal:
    return Decimal(text.strip().replace("−", "-").replace(",", "").replace("+", "").strip("()"))


def _half(number: Decimal) -> Decimal:
    """Half of the last digit shown; a whole number is exact."""
    exponent = number.as_tuple().exponent
    return Decimal(0) if exponent == 0 else Decimal(5).scaleb(exponent - 1)
