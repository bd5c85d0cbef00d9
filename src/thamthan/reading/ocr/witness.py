"""A second reader is asked about the lines that matter; where both see the same it is surely so."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from thamthan.reading.ocr.engine import Letter
from thamthan.thai.digits import to_arabic

AGREED = 0.97
DISAGREED = 0.5
BY_HAND = 0.4
# So much of a page's print is shown to the witness at most, the most doubtful first.
MOST_SHARE = 0.3
# Our own reader is believed against the witness where it is as sure as this.
_SURE = 0.985
_STILL_SURE = 0.86
# These the witness has no sign for; its word on them is worth nothing.
UNKNOWN_TO_WITNESS = frozenset("4678๔๖๗๘๙9๏฿ำๅ–|…")


def compared(own: Sequence[Letter], theirs: Sequence[Letter]) -> list[Letter]:
    """เทียบสองปาก: our own letters, surer where the witness saw the same, doubted where not.

    The witness's letters are never taken; it knows five of the ten Thai digits, and no ำ.
    """
    one = [_plain(letter.text) for letter in own]
    told = _joined([letter.text for letter in theirs])
    kept: list[Letter] = []
    for what, start, end, first, last in SequenceMatcher(
        None, one, told, autojunk=False
    ).get_opcodes():
        for at in range(start, end):
            kept.append(_weighed(own[at], is_same=what == "equal"))
        if what == "insert" and kept and any(sign.isalnum() for sign in told[first:last]):
            # Something may be missing here, unless our own reader saw nothing but blank paper.
            sure = min(kept[-1].certainty, _STILL_SURE)
            kept[-1] = replace(kept[-1], certainty=sure)
    return kept


def doubted_where_unlike(letters: Sequence[Letter], again: Sequence[Letter]) -> list[Letter]:
    """เทียบการดูซ้ำ: the letters, doubted where a second look at another size saw something else."""
    kept = list(letters)
    one = [_plain(letter.text) for letter in letters]
    two = [_plain(letter.text) for letter in again]
    for what, start, end, _, _ in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if what == "insert":
            start, end = max(0, start - 1), min(len(kept), start + 1)
        for at in range(start, end) if what != "equal" else ():
            kept[at] = replace(kept[at], certainty=min(kept[at].certainty, DISAGREED))
    return kept


def never_surer(letters: Sequence[Letter], first: Sequence[Letter]) -> list[Letter]:
    """ไม่แน่ใจกว่าเดิม: a better look's letters, each no surer than the first look was of it.

    A second look may read more; that it agrees with the first makes nothing certain.
    """
    kept = doubted_where_unlike(letters, first)
    one = [_plain(letter.text) for letter in letters]
    two = [_plain(letter.text) for letter in first]
    for start, other, long in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks():
        for at in range(long):
            sure = min(kept[start + at].certainty, first[other + at].certainty)
            kept[start + at] = replace(kept[start + at], certainty=sure)
    return kept


def capped(letters: Sequence[Letter], most: float = BY_HAND) -> tuple[Letter, ...]:
    """จำกัด: the letters, none surer than that."""
    return tuple(replace(one, certainty=min(one.certainty, most)) for one in letters)


def _weighed(letter: Letter, *, is_same: bool) -> Letter:
    if is_same:
        return replace(letter, certainty=max(letter.certainty, AGREED))
    if letter.text in UNKNOWN_TO_WITNESS:
        return letter
    sure = _STILL_SURE if letter.certainty > _SURE else DISAGREED
    return replace(letter, certainty=min(letter.certainty, sure))


def _plain(sign: str) -> str:
    return to_arabic(sign)


def _joined(signs: Sequence[str]) -> list[str]:
    """The witness's signs with what it writes as two made one: ํ and า, two เ."""
    text = to_arabic("".join(signs)).replace("เเ", "แ")
    for tone in ("่", "้", "๊", "๋", ""):
        text = text.replace(f"ํ{tone}า", f"{tone}ำ").replace(f"{tone}ํา", f"{tone}ำ")
    return list(text)


def most_doubtful(read: Sequence[Sequence[Letter]], widths: Sequence[float]) -> list[int]:
    """เส้นที่ต้องถาม: which lines the witness is asked about, of at most a third of all print."""
    room = MOST_SHARE * sum(widths)
    asked: list[int] = []
    order = sorted(
        (which for which, letters in enumerate(read) if letters),
        key=lambda which: _doubt(read[which]),
        reverse=True,
    )
    for which in order:
        if widths[which] > room or _doubt(read[which]) <= 0.0:
            continue
        room -= widths[which]
        asked.append(which)
    return sorted(asked)


def _doubt(letters: Sequence[Letter]) -> float:
    """How much may be wrong in a line, and how much it would matter."""
    unsure = [1.0 - letter.certainty for letter in letters if letter.certainty < 0.9]
    return sum(unsure) / len(letters) if letters else 0.0
