"""Reads a QR code's modules as ISO/IEC 18004 says, and checks them; shares nothing with the page.

For some versions, and levels L and M: the rows of the tables that are here.
"""

import numpy as np

# Table 9: version -> {level: (check bytes of a block, [(blocks, data bytes of each)])}
BLOCKS = {
    1: {"L": (7, [(1, 19)]), "M": (10, [(1, 16)])},
    2: {"L": (10, [(1, 34)]), "M": (16, [(1, 28)])},
    5: {"L": (26, [(1, 108)]), "M": (24, [(2, 43)])},
    7: {"L": (20, [(2, 78)]), "M": (18, [(4, 31)])},
    9: {"L": (30, [(2, 116)]), "M": (22, [(3, 36), (2, 37)])},
    10: {"L": (18, [(2, 68), (2, 69)]), "M": (26, [(4, 43), (1, 44)])},
    14: {"L": (30, [(3, 115), (1, 116)]), "M": (24, [(4, 40), (5, 41)])},
    18: {"L": (30, [(5, 120), (1, 121)]), "M": (26, [(9, 43), (4, 44)])},
    22: {"L": (28, [(2, 111), (7, 112)]), "M": (28, [(17, 46)])},
}
# Annex E: the middles of the alignment patterns.
ALIGNMENTS = {
    **{1: [], 2: [6, 18], 5: [6, 30], 7: [6, 22, 38], 9: [6, 26, 46], 10: [6, 28, 50]},
    **{14: [6, 26, 46, 66], 18: [6, 30, 56, 82], 22: [6, 26, 50, 74, 98]},
}
FINDER = np.array([[max(abs(y), abs(x)) not in (2, 4) for x in range(-4, 5)] for y in range(-4, 5)])
ALIGNMENT = np.pad(np.pad([[True]], 1), 1, constant_values=True)
LEVELS = {1: "L", 0: "M", 3: "Q", 2: "H"}


def masked(mask: int, i: int, j: int) -> bool:
    """Table 10: whether mask inverts the module at row i, column j."""
    return not [
        (i + j) % 2,
        i % 2,
        j % 3,
        (i + j) % 3,
        (i // 2 + j // 3) % 2,
        (i * j) % 2 + (i * j) % 3,
        ((i * j) % 2 + (i * j) % 3) % 2,
        ((i + j) % 2 + (i * j) % 3) % 2,
    ][mask]


def power(exponent: int) -> int:
    """2 to this power in the field of 256 elements with x^8 + x^4 + x^3 + x^2 + 1."""
    value = 1
    for _ in range(exponent % 255):
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return value


POWERS = [power(exponent) for exponent in range(255)]
LOGS = {value: exponent for exponent, value in enumerate(POWERS)}


def syndromes(block: list[int], checks: int) -> list[int]:
    """The block as a polynomial, at 1, 2, 4 ...: all zero if nothing is wrong with it."""
    found = []
    for root in range(checks):
        value = 0
        for byte in block:
            value = (POWERS[(LOGS[value] + root) % 255] if value else 0) ^ byte
        found.append(value)
    return found


def is_multiple(value: int, divisor: int) -> bool:
    """Whether the divisor divides the value, both as polynomials over two elements."""
    while value.bit_length() >= divisor.bit_length():
        value ^= divisor << (value.bit_length() - divisor.bit_length())
    return value == 0


def number(bits) -> int:
    return int("".join(str(int(bit)) for bit in bits), 2)


def fixed_in(dark: np.ndarray, version: int) -> np.ndarray:
    """Which modules are none of data, (N, N); those that must be as they are are checked."""
    size = len(dark)
    fixed = np.zeros_like(dark, bool)
    padded = np.pad(dark, 1)
    for top, left in [(0, 0), (0, size - 7), (size - 7, 0)]:
        assert np.array_equal(padded[top : top + 9, left : left + 9], FINDER)
        fixed[max(0, top - 1) : top + 8, max(0, left - 1) : left + 8] = True
    fixed[:9, :9] = fixed[:9, -8:] = fixed[-8:, :9] = True  # with what names level and mask
    middles = ALIGNMENTS[version]
    for row in middles:
        for column in middles:
            if (row, column) not in {(6, 6), (6, size - 7), (size - 7, 6)}:
                place = slice(row - 2, row + 3), slice(column - 2, column + 3)
                assert np.array_equal(dark[place], ALIGNMENT)
                fixed[place] = True
    along = np.arange(8, size - 8)
    assert np.array_equal(dark[6, along], along % 2 == 0)
    assert np.array_equal(dark[along, 6], along % 2 == 0)
    fixed[6] = fixed[:, 6] = True
    if version >= 7:
        for part in (dark[:6, -11:-8], dark[-11:-8, :6].T):
            named = number(part.ravel()[::-1])
            assert named >> 12 == version
            assert is_multiple(named, 0b1111100100101)
        fixed[:6, -11:-8] = fixed[-11:-8, :6] = True
    return fixed


def decoded(dark: np.ndarray) -> tuple[str, str]:
    """The text and the level of the code with these modules, bool (N, N), without quiet zone."""
    version = (len(dark) - 17) // 4
    fixed = fixed_in(dark, version)
    first = [*dark[8, :6], dark[8, 7], dark[8, 8], dark[7, 8], *dark[5::-1, 8]]
    second = [*dark[:-8:-1, 8], *dark[8, -8:]]
    assert first == second
    assert dark[-8, 8]
    format_ = number(first) ^ 0b101010000010010
    assert is_multiple(format_, 0b10100110111)
    level, mask = LEVELS[format_ >> 13], format_ >> 10 & 7
    size = len(dark)
    bits = []
    columns = [column for column in range(size - 1, -1, -1) if column != 6]
    for turn, (right, left) in enumerate(zip(columns[::2], columns[1::2], strict=False)):
        for row in range(size - 1, -1, -1) if turn % 2 == 0 else range(size):
            for column in (right, left):
                if not fixed[row, column]:
                    bits.append(dark[row, column] ^ masked(mask, row, column))
    stream = [number(bits[i : i + 8]) for i in range(0, len(bits) - 7, 8)]
    checks, groups = BLOCKS[version][level]
    lengths = [length for count, length in groups for _ in range(count)]
    blocks: list[list[int]] = [[] for _ in lengths]
    for place in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if place < length:
                block.append(stream.pop(0))
    data = [byte for block in blocks for byte in block]
    for _ in range(checks):
        for block in blocks:
            block.append(stream.pop(0))
    assert not stream
    for block in blocks:
        assert not any(syndromes(block, checks))
    text = "".join(f"{byte:08b}" for byte in data)
    assert text[:4] == "0100"  # bytes
    count = 8 if version < 10 else 16
    length, at = int(text[4 : 4 + count], 2), 4 + count
    content = bytes(int(text[at + 8 * i : at + 8 * i + 8], 2) for i in range(length))
    rest = text[at + 8 * length :]
    assert set(rest[:4]) <= {"0"}
    padding = [int(rest[4 + i : 12 + i], 2) for i in range(0, len(rest) - 11, 8)]
    assert padding == [0xEC, 0x11] * (len(padding) // 2) + [0xEC] * (len(padding) % 2)
    return content.decode(), level
