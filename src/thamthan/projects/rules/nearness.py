"""How near two names of projects are, and by which words."""

from collections.abc import Callable, Sequence

from thamthan.thai.clusters import readable, tokens
from thamthan.thai.text import clusters

_RUN = 3
_FEWEST_SHARED = 3
# Words that every project has; what is shared beyond them counts.
_EVERYWHERE = ("โครงการ", "กิจกรรม", "ประจำปีงบประมาณ")


def likeness(one: str, other: str) -> float:
    """ความใกล้เคียง: the share of runs of three clusters that both names have, from 0 to 1."""
    return likeness_to(one)(other)


def likeness_to(one: str) -> Callable[[str], float]:
    """ความใกล้เคียงกับข้อความนี้ of many others, which is cut into its clusters once."""
    first = _runs(one)

    def likeness_of(other: str) -> float:
        second = _runs(other)
        whole = len(first) + len(second)
        return 2 * len(first & second) / whole if whole else 0.0

    return likeness_of


def shared_words(one: str, other: str) -> str:
    """ถ้อยคำที่เหมือนกัน: the longest piece of the second name that stands in the first."""
    first, second = tokens(_told(one)), [*clusters(readable(_told(other)))]
    folded = [(tokens(piece) or [""])[0] for piece in second]
    begin, length = _longest(first, folded)
    if length < _FEWEST_SHARED:
        return ""
    return "".join(second[begin : begin + length]).strip()


def _longest(first: Sequence[str], second: Sequence[str]) -> tuple[int, int]:
    """Where in the second the longest run common to both begins, and its length."""
    best = (0, 0)
    before = [0] * (len(first) + 1)
    for at, piece in enumerate(second):
        here = [0] * (len(first) + 1)
        for other, same in enumerate(first, start=1):
            if piece and piece == same:
                here[other] = before[other - 1] + 1
                if here[other] > best[1]:
                    best = (at - here[other] + 1, here[other])
        before = here
    return best


def _runs(text: str) -> set[tuple[str, ...]]:
    pieces = tokens(_told(text))
    if 0 < len(pieces) < _RUN:
        return {tuple(pieces)}
    return {tuple(pieces[at : at + _RUN]) for at in range(len(pieces) - _RUN + 1)}


def _told(text: str) -> str:
    for word in _EVERYWHERE:
        text = text.replace(word, " ")
    return text
