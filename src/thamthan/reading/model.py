"""What a reading is: every finding with its words and its place, and the same as JSON and back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar, cast

from thamthan.reading.jsonform import Malformed, from_plain, to_plain
from thamthan.thai.correspondence import LetterKind, LetterNumber, Secrecy, Urgency

T = TypeVar("T")

# Below this a person must look; at or above it, without a doubt, a finding is a promise.
SURE = 0.8


@dataclass(frozen=True, slots=True)
class Span:
    """Where words stand: character offsets into a page, and the box on its image if it has one."""

    page: int
    start: int
    end: int
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """One thing found: its value, the letter's own words for it, and how sure the reader is."""

    value: T
    text: str
    span: Span
    certainty: float


@dataclass(frozen=True, slots=True)
class NumberFinding(Finding[str]):
    """ที่: the letter number; `running` is None where it is blank or is more than a number."""

    agency_code: str
    circular: bool
    running: int | None

    @classmethod
    def of(
        cls, number: LetterNumber, *, text: str, span: Span, certainty: float
    ) -> "NumberFinding":
        return cls(
            value=str(number),
            text=text,
            span=span,
            certainty=certainty,
            agency_code=number.agency_code,
            circular=number.circular,
            running=int(number.running) if number.running.isdecimal() else None,
        )


@dataclass(frozen=True, slots=True)
class ReferenceFinding(Finding[str]):
    """อ้างถึง: an earlier letter."""

    agency: str | None
    urgency: Urgency | None
    number: str | None
    dated_on: date | None


@dataclass(frozen=True, slots=True)
class EnclosureFinding(Finding[str]):
    """สิ่งที่ส่งมาด้วย."""

    quantity: int | None
    unit: str | None


MarkKind = Literal["handwriting", "stamp", "drawing", "note", "code", "unread"]


@dataclass(frozen=True, slots=True)
class Mark:
    """รอยบนกระดาษ: ink on a page's picture that is no running print, and where it stands.

    A hand's writing, a stamp, a drawing or signature, a note, a QR or bar code. `field`
    names what it most likely completes ("number", "dated_on", "receipt.number"), or is None;
    `candidates` are what it may say there, the likeliest first, each with its odds; `text` is what
    a code holds, or what a stamp's own print says. An unread one is the place where a field that is
    empty should stand. A mark is shown, never promised; the contract's JSON has none.
    """

    kind: MarkKind
    page: int
    box: tuple[float, float, float, float]
    field: str | None = None
    text: str = ""
    candidates: tuple["Candidate", ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """สิ่งที่ลายมืออาจเขียนไว้, with its odds among all that was thought of."""

    text: str
    odds: float


@dataclass(frozen=True, slots=True)
class PageSize:
    """ขนาดหน้า: how wide and high a page with an image is, in points; boxes count within it."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PrivatePlace:
    """ที่ของข้อมูลส่วนบุคคล: where a number or a name that concerns one person stands; what it says
    is not kept here a second time.
    """

    kind: Literal["citizen", "telephone", "account", "email", "name"]
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Paper:
    """กระดาษ: what the pages are besides their text; a page without an image has no size."""

    sizes: tuple[PageSize | None, ...] = ()
    marks: tuple[Mark, ...] = ()
    private: tuple[PrivatePlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """ข้อสั่งการ: one numbered order of the body, with the measures it names and its own items."""

    label: str
    text: str
    measures: tuple[Finding[str], ...]
    span: Span
    items: tuple["Item", ...] = ()


class Ask(StrEnum):
    """สิ่งที่ขอให้ดำเนินการ: what kind of thing is asked."""

    ACT = "act"
    PROPOSE = "propose"
    REPORT = "report"
    INFORM = "inform"

    @property
    def label(self) -> str:
        return _ASK_LABELS[self]


_ASK_LABELS = {
    Ask.ACT: "ดำเนินการ",
    Ask.PROPOSE: "เสนอแผนงานหรือโครงการ",
    Ask.REPORT: "รายงานผล",
    Ask.INFORM: "เพื่อทราบ",
}


@dataclass(frozen=True, slots=True)
class ObligationFinding:
    """สิ่งที่ขอให้ดำเนินการ; `deadline` counts into the reading's deadlines."""

    ask: Ask
    text: str
    to: str | None
    deadline: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """One way in which a careful clerk could understand a deadline."""

    opens: date | None
    closes: date | None
    reason: str


DeadlineKind = Literal["date", "window", "relative", "recurring", "urgent", "undated"]
DeadlineStart = Literal["receipt", "letter", "signing", "period_end", "event"]
DeadlineUnit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """กำหนดเวลา: the words, what kind they are, the reading chosen and every other honest one."""

    text: str
    span: Span
    kind: DeadlineKind
    opens: date | None = None
    closes: date | None = None
    time: str | None = None
    working_days: bool = False
    after: DeadlineStart | None = None
    amount: int | None = None
    unit: DeadlineUnit | None = None
    rule: str | None = None
    reason: str = ""
    readings: tuple[DeadlineReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """ตรารับ: what the receipt stamp says."""

    organisation: Finding[str] | None = None
    number: Finding[int] | None = None
    received_on: Finding[date] | None = None
    time: Finding[str] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """ข้อสงสัย: what a person must look at, in which fields, and what may be meant instead."""

    code: str
    fields: tuple[str, ...]
    message: str
    suggestion: str | int | float | None = None


@dataclass(frozen=True, slots=True)
class LetterReading:
    """ผลการอ่าน: all that was found in one letter.

    `pages`, its texts, and `paper`, what else its pages are, stay out of the JSON.
    """

    kind: LetterKind
    number: NumberFinding | None = None
    urgency: Finding[Urgency] | None = None
    secrecy: Finding[Secrecy] | None = None
    sender: Finding[str] | None = None
    address: Finding[str] | None = None
    dated_on: Finding[date] | None = None
    subject: Finding[str] | None = None
    addressees: tuple[Finding[str], ...] = ()
    references: tuple[ReferenceFinding, ...] = ()
    enclosures: tuple[EnclosureFinding, ...] = ()
    items: tuple[Item, ...] = ()
    obligations: tuple[ObligationFinding, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    signatory: Finding[str] | None = None
    position: Finding[str] | None = None
    owner_unit: Finding[str] | None = None
    telephone: Finding[str] | None = None
    email: Finding[str] | None = None
    receipt: Receipt | None = None
    doubts: tuple[Doubt, ...] = ()
    pages: tuple[str, ...] = field(default=(), compare=False, repr=False)
    paper: Paper = field(default=Paper(), compare=False, repr=False)


def is_flagged(reading: LetterReading, field: str) -> bool:
    """Whether a person must look at this field: a certainty below 0.8, or a doubt that names it.

    A doubt about `receipt.received_on` flags `receipt` too, and one about `references` flags
    `references[0].number`; a field that was not found is flagged only by a doubt.
    """
    if any(
        _is_within(named, field) or _is_within(field, named)
        for doubt in reading.doubts
        for named in doubt.fields
    ):
        return True
    at: object = reading
    for step in re.findall(r"[^.\[\]]+", field):
        if isinstance(at, Finding) and at.certainty < SURE:
            return True
        if isinstance(at, tuple):
            index = int(step) if step.isascii() and step.isdecimal() else len(at)
            at = at[index] if index < len(at) else None
        else:
            at = getattr(at, step, None)
    return any(found.certainty < SURE for found in _findings(at))


def _is_within(field: str, whole: str) -> bool:
    return field == whole or field.startswith((f"{whole}.", f"{whole}["))


def _findings(value: object) -> Iterator[Finding[Any]]:
    if isinstance(value, Finding):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _findings(part)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _findings(getattr(value, part.name))


def to_json(reading: LetterReading) -> dict[str, Any]:
    """ผลการอ่านเป็น JSON: plain values only, under the names of the fields, without the pages."""
    plain = cast("dict[str, Any]", to_plain(reading))
    del plain["pages"], plain["paper"]
    return plain


def paper_to_json(paper: Paper) -> dict[str, Any]:
    """กระดาษเป็น JSON: kept beside the reading's own JSON, which has a contract of its own."""
    return cast("dict[str, Any]", to_plain(paper))


def paper_from_json(given: object) -> Paper:
    """JSON เป็นกระดาษ: gives back what `paper_to_json` was given; else refused with `Malformed`."""
    return from_plain(Paper, given, check=_fault)


def from_json(given: object) -> LetterReading:
    """JSON เป็นผลการอ่าน: gives back what `to_json` was given, but for the pages.

    A field left out counts as not found; one of the wrong kind, or of a name that no reading has,
    is refused with `Malformed`.
    """
    for name in ("pages", "paper"):
        if isinstance(given, dict) and name in given:
            raise Malformed(name, "ผลการอ่านไม่มีข้อมูลชื่อนี้")
    return from_plain(LetterReading, given, check=_fault)


# A day ends at 24:00, and deadlines say so.
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")


def _fault(built: object) -> tuple[str, str] | None:
    """What the types alone do not say: the name of the field at fault and why, or None."""
    match built:
        case Span(page, start, end) if page < 1 or not 0 <= start <= end:
            return "", "ตำแหน่งในหน้าไม่ถูกต้อง"
        case Mark(page=page) if page < 1:
            return "page", "เลขหน้าไม่ถูกต้อง"
        case Candidate(odds=odds) if not 0 <= odds <= 1:
            return "odds", "ต้องอยู่ระหว่าง 0 ถึง 1"
        case Finding(certainty=certainty) if not 0 <= certainty <= 1:
            return "certainty", "ต้องอยู่ระหว่าง 0 ถึง 1"
        case Deadline(time=str(time)) if not _TIME.fullmatch(time):
            return "time", "ต้องเป็นเวลาแบบ 14:00"
        case Receipt(time=Finding(value=time)) if not _TIME.fullmatch(time):
            return "time.value", "ต้องเป็นเวลาแบบ 14:00"
        case LetterReading(obligations=obligations, deadlines=deadlines):
            for index, asked in enumerate(obligations):
                if asked.deadline is not None and not 0 <= asked.deadline < len(deadlines):
                    return f"obligations[{index}].deadline", "ไม่มีกำหนดเวลาลำดับนี้"
    return None
