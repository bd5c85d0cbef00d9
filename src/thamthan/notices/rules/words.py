"""The sentences of notices, of a day's digest, and of a message that fits LINE."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from thamthan.notices.rules.telling import NoticeKind
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze

_K = NoticeKind
MOST_TITLE = 140
MOST_SAID = 200
# A text message of LINE, in units of UTF-16.
MOST_OF_LINE = 5000


def cut(text: str, most: int) -> str:
    """One line of at most so many characters, with dots where something is left out."""
    line = squeeze(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def due_words(due_on: date | None, at: time | None = None) -> str:
    """กำหนด with its weekday."""
    if due_on is None:
        return ""
    clock = f" เวลา {at:%H.%M} น." if at else ""
    return f"{format_date(due_on, style='list', weekday=True)}{clock}"


def span_words(first: date, last: date) -> str:
    """กำหนดวันเดียว หรือตั้งแต่วันแรกถึงวันสุดท้าย."""
    return due_words(first) if first == last else f"{due_words(first)} ถึง {due_words(last)}"


def rung_words(kind: NoticeKind, due: str) -> str:
    """ใกล้กำหนด ถึงกำหนด หรือเลยกำหนด, before what is waited for is said."""
    return {
        _K.SOON: f"ใกล้กำหนด {due}",
        _K.TOMORROW: f"เหลือ 1 วันทำการ กำหนด {due}",
        _K.TODAY: f"ต้องส่งวันนี้ กำหนด {due}",
        _K.LATE: f"เลยกำหนดแล้ว กำหนด {due}",
    }[kind]


def quoted(said: str) -> str:
    """คำที่มีผู้กล่าว behind a space, where there are any."""
    return f" “{cut(said, MOST_SAID)}”" if said.strip() else ""


def arrived_words(title: str, *, giver: str, tasks: int, due_on: date | None) -> str:
    """ข้อสั่งการใหม่."""
    due = f" ส่งภายใน {due_words(due_on)}" if due_on else ""
    return f"{giver} สั่งการ {tasks} ข้อ{due}: {cut(title, MOST_TITLE)}"


def ladder_words(
    kind: NoticeKind, title: str, *, first: date, last: date, count: int, giver: str = ""
) -> str:
    """ขั้นของการเตือน: `count` is of tasks, for whoever looks from above of organisations."""
    name, due = cut(title, MOST_TITLE), span_words(first, last)
    if kind == _K.LATE_BELOW:
        return f"ยังไม่ส่ง {count:,} แห่ง เลยกำหนด {due}: {name}"
    of = f" ที่{giver}สั่งการ" if giver else ""
    return f"{rung_words(kind, due)} ยังไม่ส่ง {count} ข้อ{of}: {name}"


def said_words(
    kind: NoticeKind, title: str, *, organisation: str, giver: str, said: str, count: int
) -> str:
    """สิ่งที่มีผู้กล่าวในเรื่อง, with their own words where they said any."""
    more = f" ({count} ข้อ)" if count > 1 else ""
    begun = {
        _K.QUESTION: f"{organisation} หารือ",
        _K.REPLY: f"{giver} ตอบข้อหารือ",
        _K.RETURNED: f"{giver} ส่งกลับให้แก้ไข{more}",
        _K.ACCEPTED: f"{giver} รับรองผลแล้ว{more}",
        _K.TIME_ASKED: f"{organisation} ขอขยายเวลา",
        _K.TIME_DECIDED: f"{giver} พิจารณาเรื่องขยายเวลาแล้ว",
        _K.CHASED: f"{giver} เร่งรัด",
    }[kind]
    return f"{begun}{quoted(said)}: {cut(title, MOST_TITLE)}"


def answered_words(title: str, *, count: int, last: str) -> str:
    """ผลที่เข้ามาในวันหนึ่ง, in one notice however many they are."""
    who = last if count == 1 else f"{count:,} แห่ง (ล่าสุด {last})"
    return f"วันนี้มีผู้ส่งผล {who}: {cut(title, MOST_TITLE)}"


@dataclass(frozen=True, slots=True)
class Line:
    """หนึ่งเรื่องในข้อความ."""

    words: str
    link: str = ""


def digest_subject(kinds: Sequence[str]) -> str:
    """หัวเรื่องของสรุปประจำวัน: how many are late, due today, near."""
    counts = [
        ("เลยกำหนด", sum(kind in {_K.LATE, _K.LATE_BELOW} for kind in kinds)),
        ("ครบกำหนดวันนี้", sum(kind == _K.TODAY for kind in kinds)),
        ("ใกล้กำหนด", sum(kind in {_K.SOON, _K.TOMORROW} for kind in kinds)),
    ]
    told = [f"{name} {count}" for name, count in counts if count]
    rest = len(kinds) - sum(count for _, count in counts)
    if rest:
        told.append(f"อื่น ๆ {rest}")
    return f"ทำทัน: {' · '.join(told)}"


def message_text(head: str, lines: Sequence[Line], *, foot: str = "") -> str:
    """ข้อความทั้งฉบับ, each matter in a paragraph with its link."""
    parts = [head, *("\n".join(filter(None, (f"• {one.words}", one.link))) for one in lines)]
    return "\n\n".join(filter(None, (*parts, foot)))


def for_line(text: str, *, most: int = MOST_OF_LINE) -> str:
    """ข้อความที่ส่งทาง LINE ได้: cut to its length, whole characters and marks together."""
    end = "…"
    if _units(text) <= most:
        return text
    kept = text[: most - 1]
    while _units(kept) > most - 1:
        kept = kept[:-1]
    # A Thai mark alone at the end would hang in the air.
    return kept.rstrip() + end


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
