"""What a form may ask, and how each answer may be added up: only ways that are true of its kind."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thamthan.errors import Refused
from thamthan.reports.rules.columns import ColumnKind, TableColumn
from thamthan.reports.rules.states import Adding, Each, Fill, QuestionKind
from thamthan.reports.rules.summing import MOST_MILLI

MOST_QUESTIONS = 60
MOST_COLUMNS = 10
# A round puts the clause before a key; both fit into its column.
MOST_FORM_KEY = 40
MOST_WORDS = 2000
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_INDICATORS = frozenset({QuestionKind.NUMBER, QuestionKind.SHARE, QuestionKind.MONEY})

# How answers of each kind go up, the usual way first. A share is never summed: two districts at
# 60 and 80 per cent are not at 140, nor at 70.
PLACES: Mapping[QuestionKind, tuple[Adding, ...]] = {
    QuestionKind.NUMBER: (Adding.SUM, Adding.MAX, Adding.LIST),
    QuestionKind.MONEY: (Adding.SUM, Adding.MAX, Adding.LIST),
    QuestionKind.SHARE: (Adding.SHARE,),
    QuestionKind.TEXT: (Adding.TEXT, Adding.LIST),
    QuestionKind.TABLE: (Adding.LIST,),
    QuestionKind.PROJECTS: (Adding.LIST,),
    QuestionKind.EVIDENCE: (Adding.LIST,),
}
PERIODS: Mapping[QuestionKind, tuple[Adding, ...]] = {
    QuestionKind.NUMBER: (Adding.LATEST, Adding.SUM, Adding.MAX),
    QuestionKind.MONEY: (Adding.LATEST, Adding.SUM, Adding.MAX),
    QuestionKind.SHARE: (Adding.LATEST, Adding.SHARE),
    QuestionKind.TEXT: (Adding.LATEST, Adding.TEXT, Adding.LIST),
    QuestionKind.TABLE: (Adding.LATEST, Adding.LIST),
    QuestionKind.PROJECTS: (Adding.LATEST, Adding.LIST),
    QuestionKind.EVIDENCE: (Adding.LATEST, Adding.LIST),
}
FILLS: Mapping[QuestionKind, tuple[Fill, ...]] = {
    QuestionKind.NUMBER: (
        Fill.NOTHING,
        Fill.INDICATOR,
        Fill.PROJECT_COUNT,
        Fill.PEOPLE,
        Fill.HOUSEHOLDS,
    ),
    QuestionKind.MONEY: (
        Fill.NOTHING,
        Fill.PLANNED,
        Fill.APPROVED,
        Fill.COMMITTED,
        Fill.PAID,
        Fill.INDICATOR,
    ),
    QuestionKind.SHARE: (Fill.NOTHING, Fill.INDICATOR),
    QuestionKind.TEXT: (Fill.NOTHING, Fill.RESULTS_TEXT),
    QuestionKind.TABLE: (Fill.NOTHING,),
    QuestionKind.PROJECTS: (Fill.PROJECTS, Fill.NOTHING),
    QuestionKind.EVIDENCE: (Fill.EVIDENCE, Fill.NOTHING),
}
# A least and a most are of one number; a share has two.
RANGED = frozenset({QuestionKind.NUMBER, QuestionKind.MONEY})


_SUMMED = frozenset({ColumnKind.NUMBER, ColumnKind.MONEY})


@dataclass(frozen=True, slots=True)
class AskedFor:
    """คำถามหนึ่งข้อ as it is to stand in a form; numbers are thousandths of the unit."""

    key: str
    text: str
    kind: QuestionKind
    over_places: Adding
    over_periods: Adding
    heading: str = ""
    guidance: str = ""
    unit: str = ""
    is_required: bool = True
    fill: Fill = Fill.NOTHING
    each: Each = Each.ONCE
    indicator_code: str = ""
    least_milli: int | None = None
    most_milli: int | None = None
    columns: tuple[TableColumn, ...] = ()


def columns_told(told: object) -> tuple[TableColumn, ...]:
    """สดมภ์ของตาราง from a JSON list as a question keeps it, or refused in words."""
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise _refused("สดมภ์ของตารางต้องเป็นรายการ", field="columns")
    columns = []
    for one in told:
        kind = one.get("kind", ColumnKind.TEXT.value)
        if kind not in ColumnKind.values:
            raise _refused(f"สดมภ์เป็นชนิด “{kind}” ไม่ได้", field="columns")
        columns.append(
            TableColumn(
                str(one.get("key", "")),
                str(one.get("text", "")).strip(),
                ColumnKind(kind),
                str(one.get("unit", "")),
                is_summed=one.get("sum", False) is True,
            )
        )
    return tuple(columns)


def check_asked(asked: AskedFor) -> None:
    """Refuse what cannot be asked, or is added up in a way that is not true of its kind.

    Does not check whether the question is worth asking.
    """
    if not asked.text.strip():
        raise _refused("โปรดพิมพ์คำถาม", field="text")
    if _KEY.fullmatch(asked.key) is None:
        raise _refused("รหัสคำถามใช้ a–z 0–9 และขีด - ไม่เกิน 40 ตัว", field="key")
    longest = max(len(asked.text), len(asked.guidance))
    is_too_long = len(asked.heading) > 300 or len(asked.unit) > 60 or len(asked.indicator_code) > 10
    if longest > MOST_WORDS or is_too_long:
        raise _refused("คำถามหรือคำอธิบายยาวเกินไป โปรดสรุปให้สั้นลง", field="text")
    _check_adding(asked)
    _check_fill(asked)
    _check_range(asked)
    _check_columns(asked)
    is_plain_number = asked.kind == QuestionKind.NUMBER and asked.each != Each.INDICATOR
    if is_plain_number and not asked.unit and not asked.indicator_code:
        raise _refused("โปรดบอกหน่วยนับ เช่น คน ครัวเรือน แห่ง", field="unit")


def _check_adding(asked: AskedFor) -> None:
    if asked.kind == QuestionKind.SHARE and Adding.SUM in {asked.over_places, asked.over_periods}:
        field = "over_places" if asked.over_places == Adding.SUM else "over_periods"
        raise _refused("ร้อยละเอามาบวกกันไม่ได้ ต้องรวมจากตัวตั้งและตัวหาร", field=field)
    for field, given, legal, words in (
        ("over_places", asked.over_places, PLACES[asked.kind], "รวมหน่วยงาน"),
        ("over_periods", asked.over_periods, PERIODS[asked.kind], "รวมงวด"),
    ):
        if given not in legal:
            raise _refused(
                f"คำถามชนิด “{asked.kind.label}” {words}แบบ “{given.label}” ไม่ได้"
                f" เลือกได้: {' · '.join(one.label for one in legal)}",
                field=field,
            )


def _check_fill(asked: AskedFor) -> None:
    if asked.fill not in FILLS[asked.kind]:
        raise _refused(
            f"คำถามชนิด “{asked.kind.label}” เติมจาก “{asked.fill.label}” ไม่ได้", field="fill"
        )
    if asked.each == Each.INDICATOR:
        if asked.kind not in _INDICATORS or asked.fill not in {Fill.NOTHING, Fill.INDICATOR}:
            raise _refused("ถามทุกตัวชี้วัดได้เฉพาะคำตอบที่เป็นตัวเลข และเติมจากผลตัวชี้วัดเท่านั้น", field="each")
    elif asked.fill == Fill.INDICATOR and (asked.each != Each.ONCE or not asked.indicator_code):
        raise _refused(
            "เติมจากผลตัวชี้วัดต้องบอกว่าตัวชี้วัดใด และถามครั้งเดียว หรือเลือกถามทุกตัวชี้วัด",
            field="indicator_code",
        )


def _check_range(asked: AskedFor) -> None:
    least, most = asked.least_milli, asked.most_milli
    if least is None and most is None:
        return
    if asked.kind not in RANGED:
        raise _refused("ช่วงของตัวเลขใช้กับจำนวนและจำนวนเงินเท่านั้น", field="least")
    if any(abs(one) > MOST_MILLI for one in (least, most) if one is not None):
        raise _refused("ช่วงของตัวเลขใหญ่เกินไป", field="most")
    if least is not None and most is not None and least > most:
        raise _refused("ค่าน้อยสุดมากกว่าค่ามากสุด โปรดสลับหรือแก้", field="least")


def _check_columns(asked: AskedFor) -> None:
    if asked.kind != QuestionKind.TABLE:
        if asked.columns:
            raise _refused("สดมภ์มีได้เฉพาะคำถามที่เป็นตาราง", field="columns")
        return
    if not asked.columns:
        raise _refused("ตารางต้องมีอย่างน้อยหนึ่งสดมภ์", field="columns")
    if len(asked.columns) > MOST_COLUMNS:
        raise _refused(f"ตารางมีได้ไม่เกิน {MOST_COLUMNS} สดมภ์", field="columns")
    seen: set[str] = set()
    for column in asked.columns:
        if not column.text or len(column.text) > 120 or len(column.unit) > 60:
            raise _refused("ทุกสดมภ์ต้องมีหัวสดมภ์ ไม่เกิน 120 ตัวอักษร", field="columns")
        if _KEY.fullmatch(column.key) is None or column.key in seen:
            raise _refused(f"รหัสของสดมภ์ “{column.text}” ซ้ำหรือไม่ถูก", field="columns")
        if column.is_summed and column.kind not in _SUMMED:
            raise _refused(f"สดมภ์ “{column.text}” ไม่ใช่ตัวเลข จึงรวมไม่ได้", field="columns")
        seen.add(column.key)


def check_form_asks(asks: Sequence[AskedFor]) -> None:
    """Refuse a form that asks nothing, too much, or the same key twice; each question, too."""
    check_keys([one.key for one in asks])
    for one in asks:
        check_asked(one)


def check_keys(keys: Sequence[str]) -> None:
    """Refuse no question at all, more than anybody answers, or the same key twice."""
    if not keys:
        raise _refused("แบบนี้ยังไม่มีคำถาม")
    if len(keys) > MOST_QUESTIONS:
        raise _refused(f"แบบหนึ่งมีได้ไม่เกิน {MOST_QUESTIONS} คำถาม ผู้กรอกมีเวลาไม่มากกว่านั้น")
    twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
    if twice is not None:
        raise _refused(f"รหัสคำถาม “{twice}” ซ้ำ", field="key")


def free_key(taken: Iterable[str]) -> str:
    """รหัสที่ยังว่าง: q1, q2, … for a question whose maker named none."""
    there, number = set(taken), 1
    while f"q{number}" in there:
        number += 1
    return f"q{number}"


def _refused(words: str, *, field: str = "") -> Refused:
    return Refused(words, code="wrong_question", status=400, field=field)
