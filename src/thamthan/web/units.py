"""What the confirm page is made of: groups of units, each with its fields, words and doubts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.web.outlines import Crop
from thamthan.web.paper import element_id

BY_HAND = "เขียนด้วยมือ โปรดพิมพ์ตามภาพ หรือเลือกจากที่เสนอ"
UNCLEAR = "เครื่องอ่านได้ไม่แน่ใจ โปรดเทียบกับตัวหนังสือ"
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One field to fill in."""

    path: str
    label: str
    value: str
    kind: str = "text"
    options: Options = ()
    hint: str = ""
    problem: str = ""
    theirs: str = ""
    is_wide: bool = True
    # Where in the value a hand wrote what print left open: at its head or its tail.
    hand: str = ""

    @property
    def id(self) -> str:
        return f"f-{element_id(self.path)}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to understand a deadline."""

    value: str
    label: str
    reason: str
    is_chosen: bool
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant instead, one press away."""

    path: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class HandCandidate:
    """What a hand may have written, with the whole value that it makes; chosen by its key."""

    path: str
    value: str
    label: str
    key: int


@dataclass(slots=True)
class Unit:
    """ข้อมูลหนึ่งข้อ: a field, or a row of fields, with the letter's own words for it."""

    path: str
    title: str
    entries: list[Entry]
    words: str = ""
    has_place: bool = False
    doubts: list[str] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    choice_path: str = ""
    crops: list[Crop] = field(default_factory=list)
    candidates: list[HandCandidate] = field(default_factory=list)
    box_id: str = ""
    is_by_hand: bool = False
    # Where it stands on the page is decided once; what is typed changes only how it looks.
    was_flagged: bool = False
    is_flagged: bool = False
    is_row: bool = False
    is_new: bool = False
    is_checked: bool = False
    is_removed: bool = False
    summary: str = ""

    @property
    def id(self) -> str:
        return element_id(self.path)

    @property
    def is_open(self) -> bool:
        """Whether a folded row must show its fields at once."""
        if any(entry.problem or entry.theirs for entry in self.entries):
            return True
        if any(choice.is_own and choice.is_chosen for choice in self.choices):
            return True
        return self.was_flagged and not self.is_unclear and not self.choices

    @property
    def is_folded(self) -> bool:
        """Whether the row stands there in one line until somebody wants to change it."""
        return bool(self.summary)

    @property
    def is_narrow(self) -> bool:
        """Whether half the width is enough for it."""
        return not self.is_row and len(self.entries) == 1 and not self.entries[0].is_wide

    @property
    def is_unclear(self) -> bool:
        """Doubtful only because the machine itself was not sure."""
        return self.was_flagged and not self.is_by_hand and self.doubts in ([], [UNCLEAR])

    @property
    def shows_words(self) -> bool:
        """Whether the letter's words say more than the field does already."""
        return bool(self.words) and all(
            squeeze(self.words) != squeeze(entry.value) for entry in self.entries
        )


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the letter: head, references, orders, what is asked, signature."""

    title: str
    units: list[Unit]
    hint: str = ""
    more: list[Unit] = field(default_factory=list)

    @property
    def moved(self) -> list[Unit]:
        """The units that stand among the doubtful ones instead."""
        return [unit for unit in self.units if unit.was_flagged]

    @property
    def settled(self) -> list[Unit]:
        return [unit for unit in self.units if not unit.was_flagged]


def window(opens: date | None, closes: date | None) -> str:
    """15–21 มี.ค. 2569 as two days with their weekdays, or one."""
    if closes is None:
        return "ยังนับวันไม่ได้" if opens is None else f"ตั้งแต่ {_weekday(opens)}"
    if opens is None or opens == closes:
        return f"ภายใน {_weekday(closes)}"
    return f"{_weekday(opens)} ถึง {_weekday(closes)}"


def _weekday(day: date) -> str:
    return format_date(day, style="short", weekday=True)
