"""Rows of a development plan as words, read from a file or typed, and held against each other."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.db import models

from thamthan.projects.rules.states import PlanMode
from thamthan.reading.plans.model import GONE, AmendmentKind, Field, PlanLine
from thamthan.thai.text import fold, repair, squeeze


class ImportState(models.TextChoices):
    """สถานะของการนำเข้าแผน."""

    WAITING = "waiting", "รอตรวจ"
    AGREED = "agreed", "นำเข้าแล้ว"
    DROPPED = "dropped", "ไม่นำเข้า"


class LineStanding(models.TextChoices):
    """แถวในไฟล์เทียบกับแผนที่มีอยู่."""

    NEW = "new", "แถวใหม่"
    SAME = "same", "เหมือนที่มีอยู่"
    CHANGED = "changed", "ต่างจากที่มีอยู่"


class LineChoice(models.TextChoices):
    """การตัดสินของคนต่อแถวในไฟล์: open until somebody looked, where there is a doubt.

    A line that differs from a row of the plan is taken as its amendment, or added beside it.
    """

    OPEN = "open", "ต้องดู"
    TAKE = "take", "นำเข้า"
    ADD = "add", "เพิ่มเป็นแถวใหม่"
    LEAVE = "leave", "ไม่นำเข้า"


@dataclass(frozen=True, slots=True)
class YearMoney:
    """งบประมาณของปีหนึ่ง in satang: None is not stated. `says_ordinance`: whether the table has
    a column for the ordinance at all."""

    be_year: int
    planned: int | None = None
    ordinance: int | None = None
    says_ordinance: bool = True


@dataclass(frozen=True, slots=True)
class PlanWords:
    """เนื้อหาของแถวในแผน, as a file or a person gives it; `headings` from the top."""

    form: str
    name: str
    number: str = ""
    headings: tuple[str, ...] = ()
    programme: str = ""
    category: str = ""
    objective: str = ""
    target: str = ""
    indicator: str = ""
    result: str = ""
    lead: str = ""
    district_words: str = ""
    coordinates_words: str = ""
    reason: str = ""
    remark: str = ""
    budgets: tuple[YearMoney, ...] = ()
    mode: str = PlanMode.FIRST
    mode_words: str = ""


# The words of a row that are held against each other, and what the reading calls each.
TEXTS: Mapping[str, tuple[Field, ...]] = {
    "name": ("name",),
    "objective": ("objective",),
    "target": ("target",),
    "indicator": ("kpi",),
    "result": ("result",),
    "lead": ("unit",),
    "category": ("category", "kind"),
    "district_words": ("district",),
    "coordinates_words": ("place",),
    "reason": ("reason",),
    "remark": ("note", "source"),
}
TEXT_LABELS: Mapping[str, str] = {
    "name": "โครงการ",
    "objective": "วัตถุประสงค์",
    "target": "เป้าหมาย",
    "indicator": "ตัวชี้วัด",
    "result": "ผลที่คาดว่าจะได้รับ",
    "lead": "หน่วยงานรับผิดชอบหลัก",
    "category": "หมวดและประเภท",
    "district_words": "อำเภอ",
    "coordinates_words": "พิกัด",
    "reason": "เหตุผลความจำเป็น",
    "remark": "หมายเหตุ",
    "headings": "หัวข้อ",
    "programme": "แผนงาน",
}
_MODES: dict[AmendmentKind, PlanMode] = {
    "added": PlanMode.ADDED,
    "changed": PlanMode.CHANGED,
    "amended": PlanMode.CORRECTED,
}
# Between หมวด and ประเภท, which the row keeps in one.
BETWEEN = " / "
_MODE_WORDS, _SHORT = 300, 300
# Names that share less were not made of each other.
_ALIKE = 0.7


def tidy(text: str) -> str:
    """Repaired, each line without white space at its ends, no empty line."""
    lines = (squeeze(repair(line)) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def words_of_line(line: PlanLine) -> PlanWords:
    """เนื้อหาจากแถวในไฟล์: nothing that the file says of it is lost; what has no place of its own
    goes into the remark."""
    marks = [mark for mark in line.amendments if mark.kind in _MODES]
    last = max(marks, key=lambda mark: (mark.be_year or 0, mark.round or 0), default=None)
    headings = tuple(one.told.value[:_SHORT] for one in line.headings)
    return PlanWords(
        form=line.form,
        name=line.text("name"),
        number=line.text("number"),
        headings=headings,
        programme=(line.text("programme") or line.text("issue"))[:_SHORT],
        category=BETWEEN.join(filter(None, (line.text("category"), line.text("kind")))),
        objective=tidy(line.text("objective")),
        target=tidy(line.text("target")),
        indicator=tidy(line.text("kpi")),
        result=tidy(line.text("result")),
        lead=line.text("unit"),
        district_words=line.text("district"),
        coordinates_words=line.text("place"),
        reason=tidy(line.text("reason")),
        remark=_remark(line),
        budgets=tuple(
            YearMoney(
                one.be_year,
                one.planned.satang,
                one.ordinance.satang if one.ordinance else None,
                says_ordinance=one.ordinance is not None,
            )
            for one in line.budgets
        ),
        mode=_MODES[last.kind] if last else PlanMode.FIRST,
        mode_words=" · ".join(dict.fromkeys(mark.words for mark in marks))[:_MODE_WORDS],
    )


def _remark(line: PlanLine) -> str:
    """หมายเหตุ: the file's own, then what else it says of the row."""
    parts = [line.text("note")]
    if line.text("source"):
        parts.append(f"แหล่งที่มาของงบประมาณ: {squeeze(line.text('source'))}")
    parts += [mark.words for mark in line.amendments if mark.kind in GONE | {"coordinated"}]
    parts += line.notes
    for one in line.budgets:
        for label, money in (("งบประมาณ", one.planned), ("เทศบัญญัติ", one.ordinance)):
            if money is not None and money.written == "unread" and money.words:
                parts.append(f"{label}ปี {one.be_year} ในไฟล์เขียนว่า “{squeeze(money.words)}”")
    found = ""
    for part in map(tidy, parts):
        if part and part not in found:
            found = f"{found}\n{part}".strip()
    return found


@dataclass(frozen=True, slots=True)
class Matched:
    """แถวในไฟล์ที่เทียบแล้ว: with which row of the plan, and in what they differ."""

    standing: LineStanding
    row: int | None = None
    differs: tuple[str, ...] = ()


def differences(
    given: PlanWords, kept: PlanWords, *, spoken: Collection[Field] | None = None
) -> tuple[str, ...]:
    """ข้อความที่ต่าง: the names of what differs; `spoken` None: the file speaks of everything.

    The number alone makes no difference: offices number anew whenever they print.
    """
    found = [
        name
        for name, fields in TEXTS.items()
        if (spoken is None or any(field in spoken for field in fields) or getattr(given, name))
        and fold(getattr(given, name)) != fold(getattr(kept, name))
    ]
    if given.headings and [*map(fold, given.headings)] != [*map(fold, kept.headings)]:
        found.append("headings")
    if given.programme and fold(given.programme) != fold(kept.programme):
        found.append("programme")
    before = {one.be_year: one for one in kept.budgets}
    for one in given.budgets:
        old = before.get(one.be_year, YearMoney(one.be_year))
        if one.planned != old.planned:
            found.append(f"planned.{one.be_year}")
        if one.says_ordinance and one.ordinance != old.ordinance:
            found.append(f"ordinance.{one.be_year}")
    return tuple(found)


def match_lines(
    lines: Sequence[tuple[PlanWords, Collection[Field]]], rows: Mapping[int, PlanWords]
) -> list[Matched]:
    """เทียบแถวในไฟล์กับแผน: first those that are the same in everything, then those of one name,
    then those whose name was mended under the same number; each row is given once.
    """
    left = dict(rows)
    found: list[Matched | None] = [None] * len(lines)
    by_name: dict[tuple[str, str], list[int]] = {}
    for pk, kept in rows.items():
        by_name.setdefault((kept.form, fold(kept.name)), []).append(pk)
    for wants_same in (True, False):
        for at, (given, spoken) in enumerate(lines):
            if found[at] is not None:
                continue
            pks = [pk for pk in by_name.get((given.form, fold(given.name)), []) if pk in left]
            told = [(pk, differences(given, left[pk], spoken=spoken)) for pk in pks]
            if wants_same:
                told = [one for one in told if not one[1]]
            if told:
                pk, differs = min(told, key=lambda one: _distance(given, left[one[0]], one[1]))
                found[at] = _matched(pk, differs)
                del left[pk]
    by_number = {_numbered(kept): pk for pk, kept in left.items() if kept.number}
    for at, (given, spoken) in enumerate(lines):
        if found[at] is not None or not given.number:
            continue
        numbered = by_number.get(_numbered(given))
        if numbered in left and _is_alike(given, left[numbered]):
            found[at] = _matched(numbered, differences(given, left[numbered], spoken=spoken))
            del left[numbered]
    return [one or Matched(LineStanding.NEW) for one in found]


def _matched(pk: int, differs: tuple[str, ...]) -> Matched:
    standing = LineStanding.CHANGED if differs else LineStanding.SAME
    return Matched(standing, pk, differs)


def _distance(
    given: PlanWords, kept: PlanWords, differs: tuple[str, ...]
) -> tuple[bool, bool, int]:
    other_programme = fold(given.programme) != fold(kept.programme)
    return other_programme, given.number != kept.number, len(differs)


def _numbered(words: PlanWords) -> tuple[str, str, str]:
    return words.form, fold(words.programme), words.number


def _is_alike(given: PlanWords, kept: PlanWords) -> bool:
    """Whether one name was made of the other; หมู่ที่ 3 and หมู่ที่ 2 are two projects."""
    one, other = (fold(words.name).removeprefix("โครงการ")[:200] for words in (given, kept))
    if re.findall(r"[0-9]+", one) != re.findall(r"[0-9]+", other):
        return False
    pair = SequenceMatcher(None, one, other)
    return pair.quick_ratio() >= _ALIKE and pair.ratio() >= _ALIKE


def carried_over(given: PlanWords, kept: PlanWords, *, spoken: Collection[Field]) -> PlanWords:
    """เนื้อหาที่ไฟล์ไม่พูดถึง stays as it was: a form without indicators does not take them away."""
    stays = {
        name: getattr(kept, name)
        for name, fields in TEXTS.items()
        if not any(field in spoken for field in fields) and not getattr(given, name)
    }
    before = {one.be_year: one for one in kept.budgets}
    said = {one.be_year for one in given.budgets}
    budgets = [
        one
        if one.says_ordinance or one.be_year not in before
        else replace(one, ordinance=before[one.be_year].ordinance)
        for one in given.budgets
    ]
    budgets += [one for year, one in before.items() if year not in said]
    return replace(
        given,
        **stays,
        headings=given.headings or kept.headings,
        programme=given.programme or kept.programme,
        budgets=tuple(sorted(budgets, key=lambda one: one.be_year)),
    )


def plan_period(lines: Iterable[PlanLine]) -> tuple[int, int] | None:
    """ช่วงปีของแผน: the five years that most lines speak of; None where none speaks of any."""
    counted: dict[tuple[int, int], int] = {}
    for line in lines:
        years = [one.be_year for one in line.budgets]
        if years:
            period = min(years), max(years)
            counted[period] = counted.get(period, 0) + 1
    return max(counted, key=lambda one: (counted[one], one)) if counted else None
