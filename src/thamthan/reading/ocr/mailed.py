"""ที่อยู่ไปรษณีย์อิเล็กทรอนิกส์: an e-mail address is read thrice, for no word list bears it out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.witness import AGREED, DISAGREED

# Without spaces the label's last letters may hang on the address: "E-mail:".
_ADDRESS = re.compile(r"[A-Za-z0-9._+-]{1,80}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_LABEL = re.compile(r"(?:E-?|-)?mail[^@]?", re.IGNORECASE)
_LEAST_LOCAL = 3
# Two readers of different making saw it, though not our own at its first look.
_SECOND_LOOK = 0.86


def has_address(letters: Sequence[Letter]) -> bool:
    """Whether an e-mail address stands in a line, as far as it was read."""
    return _ADDRESS.search(_text(letters)) is not None


def settled(
    first: Sequence[Letter], second: Sequence[Letter], theirs: Sequence[Letter]
) -> list[Letter]:
    """ชี้ขาด: the letters of a line, those of its address as three looks have it.

    `second` is our own look at another size, `theirs` the witness's: it knows Latin letters well,
    and fails in other places. What it saw as one of our looks did is taken, and sure; else the
    first look stands, and is doubted, however well our own two agree: a thin i or a dot that one
    size loses, the other loses as well.
    """
    witness = _ADDRESS.search(_text(theirs))
    if witness is not None:
        for letters, sure in ((first, AGREED), (second, _SECOND_LOOK)):
            whole = _same_end(_text(letters), witness.group())
            if whole is not None:
                start, end = whole
                told = [replace(one, certainty=sure) for one in letters[start:end]]
                return _put_in(first, told)
    found = _ADDRESS.search(_text(first))
    start, end = found.span() if found else (0, 0)
    return [
        replace(one, certainty=min(one.certainty, DISAGREED)) if start <= at < end else one
        for at, one in enumerate(first)
    ]


def _text(letters: Sequence[Letter]) -> str:
    # A letter of two signs must not shift what stands behind it.
    return "".join(one.text if len(one.text) == 1 else "\0" for one in letters)


def _same_end(text: str, address: str) -> tuple[int, int] | None:
    """Where the address stands in a line, but for what of its label hangs on either of them."""
    found = _ADDRESS.search(text)
    if found is None:
        return None
    long, short = sorted((found.group(), address), key=len, reverse=True)
    rest = long[: len(long) - len(short)]
    if not long.endswith(short) or short.index("@") < _LEAST_LOCAL:
        return None
    if rest and _LABEL.fullmatch(rest) is None:
        return None
    return found.end() - len(short), found.end()


def _put_in(letters: Sequence[Letter], told: Sequence[Letter]) -> list[Letter]:
    """The letters with these in the place of those that stand where they do."""
    left, right = told[0].left, told[-1].right
    middles = [(one.left + one.right) / 2 for one in letters]
    before = [one for one, x in zip(letters, middles, strict=True) if x < left]
    behind = [one for one, x in zip(letters, middles, strict=True) if x > right]
    return [*before, *told, *behind]
