"""The words of a letter downward: the upper letter's clauses told on, with one's own day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thamthan.reading.model import Ask
from thamthan.thai.dates import format_date
from thamthan.thai.digits import to_arabic, to_thai
from thamthan.thai.text import squeeze

_BEGINS = re.compile(
    r"^(?:และ|อีกทั้ง|จึง|พร้อม(?:ทั้ง|กับ)?|รวม(?:ถึง|ทั้ง)|ตลอดจน|แล้ว|ทั้งนี้|ใคร่|ขอ|โปรด|ให้|ท่าน|พิจารณา(?=รายงาน))\s*"
)
_NO_STOP_BEHIND = re.compile(r"[.)]$")
_THAI = re.compile(r"[ก-๎]")


@dataclass(frozen=True, slots=True)
class PaperClause:
    """ข้อที่ทำซ้ำในหนังสือถ่ายทอด: its number and words; those of a measure stand in its pillar's."""

    number: str
    text: str
    below: tuple["PaperClause", ...] = ()


@dataclass(frozen=True, slots=True)
class AskedLine:
    """สิ่งที่ขอ as the letter downward asks it: with one's own day, where there is one."""

    ask: Ask
    text: str
    due_on: date | None = None
    due_words: str = ""
    # The number of the clause that this asks of; empty where it is asked of the whole letter.
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Downward:
    """เนื้อหาของหนังสือถ่ายทอด: who tells on what of whom."""

    own_house: str
    upper_house: str
    subject: str
    clauses: tuple[PaperClause, ...]
    asked: tuple[AskedLine, ...]
    addition: tuple[str, ...] = ()
    earlier_subject: str = ""


def next_number(clauses: Sequence[PaperClause]) -> int:
    """เลขของข้อที่เพิ่ม: the one after the last of the upper letter's own."""
    numbers = [int(one.number) for one in clauses if one.number.isdecimal()]
    return max(numbers, default=0) + 1


def body_downward(letter: Downward) -> str:
    """เนื้อความของหนังสือถ่ายทอด: cause, clauses, own addition, what is asked by when, closing."""
    parts = []
    if letter.earlier_subject:
        parts.append(
            f"ตามที่{letter.upper_house}ได้แจ้งเรื่อง{letter.earlier_subject} ให้ทราบและถือปฏิบัติแล้ว นั้น"
        )
    parts.append(_cause(letter))
    parts += [line for clause in letter.clauses for line in _lines(clause)]
    if letter.addition:
        first = next_number(letter.clauses)
        parts.append(f"ทั้งนี้ {letter.own_house}ขอให้ท่านพิจารณาดำเนินการเพิ่มเติม ดังนี้")
        parts += [
            f"{to_thai(str(number))}. {squeeze(words)}"
            for number, words in enumerate(letter.addition, first)
        ]
    asking = asking_paragraph(letter)
    if asking:
        parts.append(asking)
    parts.append(closing_line(letter))
    return "\n\n".join(parts)


def asking_paragraph(letter: Downward) -> str:
    """ย่อหน้าที่ขอให้ดำเนินการ, as it will stand in the letter; empty where nothing is asked."""
    acts = [one for one in letter.asked if one.ask is Ask.ACT]
    of_clauses = [one for one in acts if one.clause]
    whole = [one for one in acts if not one.clause]
    proposals = [one for one in letter.asked if one.ask is Ask.PROPOSE]
    reports = [one for one in letter.asked if one.ask is Ask.REPORT]
    deeds = []
    if of_clauses or (letter.clauses and not whole) or letter.addition:
        deeds.append(f"ขอให้ท่านพิจารณาดำเนินการตามข้อสั่งการข้างต้น{_of_each(of_clauses)}")
    for one in [*whole, *proposals]:
        before = "รวมถึง" if deeds else "ขอให้ท่าน"
        deeds.append(f"{before}{_bare(one)}{_when(one)}")
    for one in reports:
        before = "พร้อม" if deeds else "ขอให้ท่าน"
        deeds.append(f"{before}{_reported(one)}ให้{letter.own_house}{_when(one)}")
    if not deeds:
        return ""
    return f"ในการนี้ เพื่อให้การดำเนินงานดังกล่าวเป็นไปด้วยความเรียบร้อย {letter.own_house}จึง" + " ".join(
        deeds
    )


def closing_line(letter: Downward) -> str:
    is_for_notice = all(one.ask is Ask.INFORM for one in letter.asked) and not letter.addition
    return "จึงเรียนมาเพื่อทราบ" if is_for_notice else "จึงเรียนมาเพื่อพิจารณาดำเนินการ"


def day_on_paper(day: date) -> str:
    """วันที่ ๒๔ มีนาคม ๒๕๖๙, as a deadline is written in a letter."""
    return f"วันที่ {to_thai(format_date(day))}"


def _cause(letter: Downward) -> str:
    told = f"{letter.own_house}ได้รับแจ้งจาก{letter.upper_house}ว่า เพื่อให้{_of_subject(letter.subject)}"
    told += "เป็นไปอย่างมีประสิทธิภาพ"
    if not letter.clauses:
        return f"{letter.own_house}ได้รับแจ้งจาก{letter.upper_house}เรื่อง{letter.subject}"
    return f"{told} ขอให้พิจารณาดำเนินการ ดังนี้"


def _of_subject(subject: str) -> str:
    """A subject that begins with a noun goes on as it is; one with a verb becomes a noun."""
    words = squeeze(subject)
    for before in ("ขอให้", "ขอ", "ให้"):
        words = words.removeprefix(before)
    return (
        words
        if words.startswith(("การ", "งาน", "โครงการ", "มาตรการ", "แนวทาง"))
        else f"การดำเนินงานเรื่อง{words}"
    )


def _lines(clause: PaperClause) -> list[str]:
    """A clause as paragraphs; what its own words have already is not said again below it."""
    label = to_thai(_NO_STOP_BEHIND.sub("", clause.number))
    lines = [f"{label}. {joined_lines(clause.text)}"]
    own = _bare_text(clause.text)
    for below in clause.below:
        if _bare_text(below.text) not in own:
            lines += _lines(below)
    return lines


def joined_lines(text: str) -> str:
    """ข้อความที่ตัดบรรทัดไว้เป็นย่อหน้าเดียว: Thai is joined as it is written, without a space.

    Where the line ended with a space it stays; a line that begins with a number stays a line.
    """
    whole = ""
    for line in text.replace("\x00", "").splitlines():
        words = squeeze(line)
        if not words:
            continue
        if re.match(r"(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]?|\([0-9๐-๙ก-ฮ]{1,2}\)|-)\s", words):
            whole = f"{whole.rstrip()}\n{words}"
        elif whole and _THAI.match(whole[-1]) and _THAI.match(words[0]):
            whole += words
        else:
            whole = f"{whole.rstrip()} {words}"
        whole += " " if line != line.rstrip() else ""
    return whole.strip()


def _bare_text(text: str) -> str:
    return re.sub(r"\s+", "", to_arabic(text))


def _bare(asked: AskedLine) -> str:
    """What is asked without the words that join it to the sentence before, and without its day."""
    words = _without_day(asked)
    shorter = _BEGINS.sub("", words)
    while shorter != words:
        words, shorter = shorter, _BEGINS.sub("", shorter)
    return words.rstrip(" .,")


def _without_day(asked: AskedLine) -> str:
    words = squeeze(asked.text)
    day = squeeze(asked.due_words)
    if day and day in words:
        words = words[: words.index(day)] + words[words.index(day) + len(day) :]
    return squeeze(words)


def _reported(asked: AskedLine) -> str:
    """รายงานผลการดำเนินงาน: without to whom, which is another now, and without the upper day."""
    words = _bare(asked)
    cut = re.match(r"(?P<what>.{4,120}?)(?:ให้|ต่อ|ไปยัง|มายัง|ถึง|ทาง|ภายใน|ก่อนวันที่|$)", words)
    what = squeeze(cut["what"]) if cut else ""
    return (
        what if what.startswith(("รายงาน", "แจ้ง", "ส่ง", "จัดส่ง", "สรุป")) else "รายงานผลการดำเนินงาน"
    )


def _when(asked: AskedLine) -> str:
    """One's own day; the upper letter's own words where it names none (“ภายใน ๑๕ วันนับแต่…”)."""
    if asked.due_on is not None:
        return f"ภายใน{day_on_paper(asked.due_on)}"
    return squeeze(asked.due_words)


def _of_each(asked: Sequence[AskedLine]) -> str:
    """The day of all clauses where they share one, else each clause with its own."""
    whens = [_when(one) for one in asked]
    if not asked or len(set(whens)) == 1:
        return "".join(whens[:1])
    told = [
        f"ข้อ {to_thai(one.clause)} {when}" for one, when in zip(asked, whens, strict=True) if when
    ]
    return f" โดยดำเนินการ{' '.join(told)}"
