"""Words to search for as runs of character clusters; forgiving of what a scanner gets wrong.

A cluster is a consonant with all that hangs on it, a run of Latin letters, or a run of digits. A
word is found where its clusters stand side by side, so that a word inside a compound is found and
white space, which justified print and scanners put anywhere, counts for nothing.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from thamthan.thai.digits import to_arabic
from thamthan.thai.text import clusters, repair, squeeze

# Grows when the same text gives other tokens than before: what was indexed is then indexed anew.
EDITION = 1

_FOLLOWING = "ะัาำิีึืฺุูๅ็่้๊๋์ํ๎"
_SEPARATE = re.compile(r"\s+")
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]*)[\"“”«»]")

# Letters that scans and their readers take for one another.
LOOK_ALIKES = ("ดตค", "ชซข", "ถภก", "บปษ", "ผฝพฟ", "ทหฑ", "สลศ", "มน", "อฮ")
# Not looked at in words of letters, where they mislead; in a search said to be approximate they do.
_MORE = ("รธ", "ฎฏ", "ณฌญ", "เแ", "โใไ", "ิีึื", "ุู", "าำๅ", "o0", "l1i", "s5", "b8")
_LOST = dict.fromkeys(map(ord, "่้๊๋็์ํ๎ฺ"))
_TO_ALIKE = str.maketrans(
    {other: group[0] for group in (*LOOK_ALIKES, *_MORE) for other in group[1:]}
)
_GROUPS = {group[0]: group for group in (*LOOK_ALIKES, *_MORE)}
_LOOSE_PIECE = re.compile(rf"[เแโใไ]?[ก-ฮ][{_FOLLOWING}]*|[a-z0-9]*[a-z][a-z0-9]*|[0-9]+|[^\W\d_]")


def readable(text: str) -> str:
    """ข้อความที่อ่านได้: repaired and on one line, in the letter's own digits and case."""
    # Once more after squeezing: a line end between a consonant and its mark is now a space.
    return squeeze(repair(squeeze(repair(text.replace("\x00", "")))))


def tokens(words: str) -> list[str]:
    """กลุ่มอักขระสำหรับค้น: the folded clusters of a readable text; points and strokes go."""
    return [piece for piece in clusters(_same_length(words)) if piece[0].isalnum()]


def loose_tokens(words: str) -> list[str]:
    """กลุ่มอักขระอย่างหลวม: as `tokens`, but what is easily lost or mistaken counts for nothing.

    Tone marks go, look-alike letters become one, and a zero inside a Latin word is its letter O.
    """
    return [_loose(piece) for piece in _LOOSE_PIECE.findall(_same_length(words))]


def _loose(piece: str) -> str:
    return piece if piece.isdigit() else piece.translate(_LOST).translate(_TO_ALIKE)


def terms(asked: str) -> list[str]:
    """คำที่ค้น: what stands between spaces, or between quotation marks, made readable."""
    asked = readable(asked)
    found = [part.strip() for part in _QUOTED.findall(asked)]
    found += _SEPARATE.split(_QUOTED.sub(" ", asked))
    return [term for term in found if tokens(term)]


def pairs(pieces: list[str]) -> set[str]:
    """กลุ่มคู่: each two neighbours, for an index that knows no order."""
    return {f"{one}_{other}" for one, other in pairwise(pieces)}


@dataclass(frozen=True, slots=True)
class Piece:
    """ท่อนของข้อความ: words, and whether they are what was looked for."""

    text: str
    is_found: bool


def marked(text: str, wanted: list[str], *, around: int = 0) -> list[Piece]:
    """ข้อความพร้อมคำที่พบ: a readable text cut at the words found; empty where none of them stands.

    With `around`, only so many characters before and after the first of them, never cutting a
    cluster.
    """
    return _marked(text, [one for one in map(_pattern, wanted) if one is not None], around=around)


def loosely_marked(text: str, wanted: list[str], *, around: int = 0) -> list[Piece]:
    """ข้อความพร้อมคำที่คล้าย: as `marked`, by what looks alike; one cluster of many may differ."""
    asked = [pieces for pieces in map(loose_tokens, wanted) if pieces]
    found = _marked(text, [_loose_pattern(pieces) for pieces in asked], around=around)
    if found:
        return found
    return _marked(text, [_nearly(pieces) for pieces in asked if len(pieces) > 4], around=around)


def _same_length(text: str) -> str:
    """Folded letter for letter, so that places in it are places in the text."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return to_arabic(lowered)


_NEAR = 20
# Between two clusters anything but letters and digits may stand, as in the index.
_BETWEEN = r"[\W_]*"


def _pattern(term: str) -> re.Pattern[str] | None:
    pieces = tokens(term)
    return re.compile(_BETWEEN.join(map(_whole, pieces))) if pieces else None


def _loose_pattern(pieces: list[str]) -> re.Pattern[str]:
    return re.compile(_BETWEEN.join(map(_alike, pieces)))


def _nearly(pieces: list[str]) -> re.Pattern[str]:
    """The same words but for one cluster, which is another one or gone."""
    parts = [_alike(piece) for piece in pieces]
    any_one = rf"(?:[เแโใไ]?\w[{_FOLLOWING}]*)?"
    ways = [
        _BETWEEN.join([*parts[:at], any_one, *parts[at + 1 :]]) for at in range(1, len(parts) - 1)
    ]
    return re.compile("|".join([*ways, _BETWEEN.join(parts[1:]), _BETWEEN.join(parts[:-1])]))


def _alike(piece: str) -> str:
    """A cluster as anything that is loosely the same."""
    if piece.isdigit():
        return rf"(?<![0-9]){piece}(?![0-9])"
    lost = "" if piece.isascii() else "[่้๊๋็์ํ๎ฺ]*"
    letters = [f"[{_GROUPS.get(one, one)}]{lost}" for one in piece]
    edge = "a-z0-9" if piece.isascii() else _FOLLOWING
    before = "(?<![a-z0-9])" if piece.isascii() else ""
    return f"{before}{''.join(letters)}(?![{edge}])"


def _whole(piece: str) -> str:
    """A cluster and no part of a larger one."""
    words = re.escape(piece)
    if piece[0].isdigit():
        return rf"(?<![0-9]){words}(?![0-9])"
    if piece.isascii():
        return rf"(?<![a-z]){words}(?![a-z])"
    before = "" if piece[0] in "เแโใไ" else "(?<![เแโใไ])"
    return rf"{before}{words}(?![{_FOLLOWING}])"


def _marked(text: str, patterns: list[re.Pattern[str]], *, around: int) -> list[Piece]:
    same = _same_length(text)
    begin, end = 0, len(text)
    if around:
        firsts = [found.span() for found in (one.search(same) for one in patterns) if found]
        if not firsts:
            return []
        first = min(firsts)
        begin = _edge(text, max(0, first[0] - around))
        end = _edge(text, min(len(text), first[1] + around))
        # Where a space is near, the piece begins and ends with a whole word.
        if begin:
            begin = text.find(" ", begin, min(begin + _NEAR, first[0])) + 1 or begin
        spaced = text.rfind(" ", max(first[1], end - _NEAR), end)
        end = spaced if end < len(text) and spaced > 0 else end
    places = sorted(
        found.span() for one in patterns for found in one.finditer(same, begin, end) if found[0]
    )
    return _cut(text, places, begin=begin, end=end) if places else []


def _cut(text: str, places: list[tuple[int, int]], *, begin: int, end: int) -> list[Piece]:
    pieces = [Piece("… ", False)] if begin else []
    at = begin
    for start, stop in places:
        while stop < end and text[stop] in _FOLLOWING:
            stop += 1
        if start < at:
            continue
        if start > at:
            pieces.append(Piece(text[at:start], False))
        pieces.append(Piece(text[start:stop], True))
        at = stop
    if at < end:
        pieces.append(Piece(text[at:end], False))
    return [*pieces, Piece(" …", False)] if end < len(text) else pieces


def _edge(text: str, at: int) -> int:
    """The nearest place at or before this one where no cluster is cut."""
    while 0 < at < len(text) and (text[at] in _FOLLOWING or text[at - 1] in "เแโใไ"):
        at -= 1
    return at
