"""What a proposal is made of on paper, whatever kind of file it goes into."""

from dataclasses import dataclass

from thamthan.thai.dates import MONTHS_SHORT
from thamthan.thai.digits import baht_figures, baht_in_words
from thamthan.writing.figures import thai_figures
from thamthan.writing.proposal_facts import Signature
from thamthan.writing.tables import Table

# The months of a fiscal year, October first, as numbers of the calendar.
FISCAL_MONTHS = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)
MONTH_NAMES = tuple(MONTHS_SHORT[month - 1] for month in FISCAL_MONTHS)
DOTS = "…………"


@dataclass(frozen=True, slots=True)
class Words:
    """ถ้อยคำ: a paragraph, or an item with its label; `beside` stands on the heading's line."""

    text: str
    label: str = ""
    beside: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """ที่เว้นไว้ให้เติม: so many dotted lines, behind what is to be filled in."""

    label: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """หนึ่งกิจกรรมในปฏิทิน: in which of the twelve months of the fiscal year it is at work."""

    number: str
    name: str
    when: str
    responsible: str
    months: tuple[bool, ...]
    milestone_at: int | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """ปฏิทินปฏิบัติงาน of one fiscal year (Buddhist era), October to September."""

    year: int
    rows: tuple[CalendarRow, ...]

    @property
    def names_responsible(self) -> bool:
        return any(row.responsible for row in self.rows)

    @property
    def has_milestones(self) -> bool:
        return any(row.milestone_at is not None for row in self.rows)


Part = Words | Blank | Table | Calendar


@dataclass(frozen=True, slots=True)
class Missing:
    """สิ่งที่ยังขาด: under which heading, which fact, and what to say of it on the page."""

    heading: str
    fact: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    number: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """แบบที่เติมแล้ว: what stands on paper from top to foot, and what is still missing."""

    heads: tuple[str, ...]
    preface: str
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    missing: tuple[Missing, ...]


def baht_told_twice(satang: int) -> str:
    """จำนวนเงินพร้อมตัวอักษร: 1,250,000 บาท (หนึ่งล้านสองแสนห้าหมื่นบาทถ้วน)."""
    return f"{baht_figures(satang)} บาท ({baht_in_words(satang)})"


def signature_lines(signature: Signature) -> tuple[str, ...]:
    """ใต้ลายมือชื่อ: the name in brackets and the post, dots where either is not known."""
    name = signature.name or "………………………………………"
    position = signature.position or "………………………………"
    return (f"({name})", f"ตำแหน่ง {thai_figures(position)}")
