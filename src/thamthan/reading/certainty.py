"""How surely the letters of a picture were read limits how sure every finding from it can be."""

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from difflib import SequenceMatcher
from statistics import mean
from typing import Any

from thamthan.reading.model import (
    SURE,
    Doubt,
    Finding,
    LetterReading,
    NumberFinding,
    Receipt,
    Span,
)
from thamthan.reading.signs import TITLE
from thamthan.thai.correspondence import LetterKind

Certainties = Sequence[Sequence[float]]

# Certainties of single letters that mean: the two looks at it did not agree.
_DOUBTFUL = 0.7
# A name with so many doubtful letters may be another name.
_MOST_DOUBTFUL = 0.03
_UNSURE = 0.6
_MISSED = "ตอนบนของหน้ามีตัวอักษรขนาดใหญ่ที่อ่านจากภาพไม่ออก อาจเป็นชั้นความเร็ว กรุณาดูต้นฉบับ"
_PERHAPS_MEMO = "ตอนบนของหน้ามีคำคล้ายหัวบันทึกข้อความแต่อ่านจากภาพได้ไม่ครบ กรุณาดูว่าเป็นหนังสือชนิดใด"
_OF_MEMO, _LIKE = ("บนทกขอความ", "สวนราชการ"), 0.75
# Of A4, in points: a stamp that begins further left and higher stands where the urgency does.
_URGENCY_LEFT, _URGENCY_TOP = 180.0, 170.0
_COUNT_ALONE = re.compile(r"\s*จ(?:ำ|ํา)นวน\s*[0-9๐-๙]{1,4}\s*[ก-๎]{2,12}\s*")
_DIGITS = re.compile(r"[0-9๐-๙]")
_MARKS = re.compile("[ัิีึืฺุู็่้๊๋์ํำ]")
_URGENT = ("ดวนมาก", "ดวนทสด")
# Whom letters are written to. Where labels and lines of a bent page do not meet, the subject is
# who is addressed, and who is addressed a letter referred to; a word half hidden is nobody.
_ADDRESSED = re.compile(
    r"(?:ท่าน|ฯพณฯ|ผู้|รองผู้|ผอ|นาย|นาง|หัวหน้า|ปลัด|รองปลัด|อธิบดี|รองอธิบดี|อธิการ|คณบดี|กำนัน|คณะ|สมาชิก|ประธาน|รองประธาน"
    r"|เลขา|รอง(?!เท้า)|รัฐมนตรี|ผู้ใหญ่|เจ้า|พระ|หม่อม|สำนัก|กอง|กรม|กระทรวง|จังหวัด|อำเภอ|ที่ทำการ|ศูนย์|สถานี|โรงเรียน|โรงพยาบาล|มหาวิทยาลัย"
    r"|เทศบาล|องค์การ|อบต|อบจ|บริษัท|ห้าง|ธนาคาร|คลัง|ท้องถิ่น|พัฒนาการ|สาธารณสุข|เกษตร|ปศุสัตว์|ประมง|ศึกษา|วัฒนธรรม|แรงงาน|นาวา|พล|พัน|ร้อย|ดร|ศ\.|ผศ|รศ"
    r"|ผบ|ครู|อาจารย์|พนักงาน|ข้าราชการ|หน่วย|ส่วน|ทุก|บุคลากร|ราช|สหกรณ์|สมาคม|มูลนิธิ|ชมรม|วัด|นิติ|วิศวกร|นัก|แพทย์)"
)
_HEAD_LINES = 14
_CLOSING = "ขอแสดงความนับถือ"
# Letters of a signature's scribble that may be taken for print before the name.
_MOST_BETWEEN = 8


def limited(
    reading: LetterReading, certainty: Certainties, *, doubted: Sequence[str] = ()
) -> LetterReading:
    """จำกัดความแน่ใจ: no finding surer than its letters; a deadline of doubtful letters is doubted.

    Numbers, dates and whatever else lives by its digits are as sure as their least sure letter. A
    letter number without its running part was most likely written in by hand, and is doubted.
    """
    if not any(certainty):
        return reading
    seen = _Seen(reading.pages, certainty)
    kept = {
        part.name: _limited(getattr(reading, part.name), seen, strict=part.name in _STRICT)
        for part in fields(reading)
        if part.name not in ("doubts", "pages", "kind")
    }
    if reading.urgency is None and (
        _has_half_read_urgency(reading.pages[0]) or _is_stamped_over(reading.receipt)
    ):
        doubted = (*doubted, "urgency")
    missed = [
        Doubt("read_unsurely", (field,), _MISSED)
        for field in sorted(set(doubted))
        if getattr(reading, field, None) is None
    ]
    subject = kept.get("subject")
    if subject is not None and _ADDRESSED.match(subject.value):
        kept["subject"] = replace(subject, certainty=min(subject.certainty, _UNSURE))
    kept["addressees"] = tuple(
        one if _ADDRESSED.match(one.value) else replace(one, certainty=min(one.certainty, _UNSURE))
        for one in kept["addressees"]
    )
    signatory = kept.get("signatory")
    if signatory is not None and not _is_alone(signatory, reading.pages):
        # The position is read from under the name, so that it is another's, too.
        for name in ("signatory", "position"):
            found = kept.get(name)
            if found is not None:
                kept[name] = replace(found, certainty=min(found.certainty, _UNSURE))
    if _has_scattered_counts(reading):
        kept["enclosures"] = tuple(
            replace(one, certainty=min(one.certainty, _UNSURE)) for one in kept["enclosures"]
        )
    if reading.kind is LetterKind.EXTERNAL and _is_like_memo(reading.pages[0]):
        missed.append(Doubt("kind_unclear", ("kind",), _PERHAPS_MEMO))
    return replace(reading, **kept, doubts=(*reading.doubts, *seen.doubts(reading), *missed))


_STRICT = {"number", "dated_on", "references", "receipt", "telephone", "email"}


def _has_half_read_urgency(page: str) -> bool:
    """Whether a short line of the head is nearly ด่วนมาก or ด่วนที่สุด, and was not taken for it."""
    for line in page.split("\n")[:_HEAD_LINES]:
        for words in re.split(r"\s{3,}", line.strip()):
            bare = _MARKS.sub("", "".join(words.split()))
            if 4 <= len(bare) <= 10 and any(
                SequenceMatcher(None, bare, urgent).ratio() > 0.7 for urgent in _URGENT
            ):
                return True
    return False


def _is_stamped_over(receipt: Receipt | None) -> bool:
    """Whether a receipt stamp stands where the urgency does, on the left above the number."""
    if receipt is None:
        return False
    boxes = [
        found.span.box
        for found in (receipt.organisation, receipt.number, receipt.received_on, receipt.time)
        if found is not None and found.span.page == 1 and found.span.box is not None
    ]
    return any(box[0] < _URGENCY_LEFT and box[1] < _URGENCY_TOP for box in boxes)


def _has_scattered_counts(reading: LetterReading) -> bool:
    """Whether counts of enclosures stand on lines of their own, so that whose they are is a guess.

    On a bent page the names stand a little lower than the counts at their right.
    """
    if not reading.enclosures:
        return False
    first, last = reading.enclosures[0].span, reading.enclosures[-1].span
    page = reading.pages[first.page - 1]
    start = page.rfind("\n", 0, max(page.rfind("\n", 0, first.start), 0)) + 1
    end = last.end if last.page == first.page else len(page)
    return any(_COUNT_ALONE.fullmatch(line) for line in page[start:end].split("\n"))


def _is_like_memo(page: str) -> bool:
    """Whether the head has words that only a memo has, and they were half read."""
    lines = page.split("\n")[:_HEAD_LINES]
    return any(
        SequenceMatcher(None, _MARKS.sub("", "".join(words.split())), memo).ratio() > _LIKE
        for line in lines
        for words in re.split(r"\s{3,}", line.strip())
        for memo in _OF_MEMO
    )


def _is_alone(signatory: Finding[str], pages: Sequence[str]) -> bool:
    """Whether the page leaves no doubt whose name it is: with a title, the first behind the
    closing words, and the only one in brackets. Whoever endorses a letter puts a name on it too.
    """
    page = pages[signatory.span.page - 1]
    if not re.match(TITLE, signatory.value):
        return False
    closing = page.rfind(_CLOSING, 0, signatory.span.start)
    since = closing + len(_CLOSING) if closing >= 0 else signatory.span.start
    between = page[since : signatory.span.start] if closing >= 0 else ""
    if len(re.findall("[ก-ฮ]", between)) > _MOST_BETWEEN:
        return False
    return len(re.findall(r"\(\s?[ก-๎][^()\n]{5,50}", page[since:])) <= 1


class _Seen:
    """The pages with the certainty of each of their letters."""

    def __init__(self, pages: Sequence[str], certainty: Certainties) -> None:
        self._pages = pages
        self._certainty = certainty

    def letters(self, span: Span) -> list[tuple[str, float]]:
        at = span.page - 1
        sure = self._certainty[at] if at < len(self._certainty) else ()
        text = self._pages[at][span.start : span.end] if at < len(self._pages) else ""
        return [
            (letter, one)
            for letter, one in zip(text, sure[span.start : span.end], strict=False)
            if not letter.isspace()
        ]

    def most(self, span: Span, *, strict: bool) -> float:
        """How sure something that stands there can be."""
        letters = self.letters(span)
        if not letters:
            return 1.0
        sure = [one for _, one in letters]
        if strict:
            return min(sure)
        digits = [one for letter, one in letters if _DIGITS.match(letter)]
        doubtful = sum(one < _DOUBTFUL for one in sure) / len(sure)
        whole = _UNSURE if doubtful > _MOST_DOUBTFUL else mean(sure)
        return min(whole, *digits) if digits else whole

    def doubts(self, reading: LetterReading) -> list[Doubt]:
        found = []
        for which, deadline in enumerate(reading.deadlines):
            digits = [one for letter, one in self.letters(deadline.span) if _DIGITS.match(letter)]
            if digits and min(digits) < SURE:
                words = " ".join(deadline.text.split())[:80]
                message = f"อ่านตัวเลขของกำหนด “{words}” จากภาพได้ไม่แน่ชัด กรุณาเทียบกับต้นฉบับ"
                found.append(Doubt("read_unsurely", (f"deadlines[{which}]",), message))
        return found


def _limited(value: Any, seen: _Seen, *, strict: bool) -> Any:
    if isinstance(value, Finding):
        most = seen.most(value.span, strict=strict)
        if isinstance(value, NumberFinding) and value.running is None and seen.letters(value.span):
            most = min(most, _UNSURE)
        return replace(value, certainty=round(min(value.certainty, most), 3))
    if isinstance(value, tuple):
        return tuple(_limited(part, seen, strict=strict) for part in value)
    if is_dataclass(value) and not isinstance(value, (type, Span)):
        kept = {part.name: getattr(value, part.name) for part in fields(value)}
        new = {
            name: _limited(part, seen, strict=strict)
            for name, part in kept.items()
            if isinstance(part, (Finding, tuple)) or is_dataclass(part)
        }
        return replace(value, **new)
    return value
