"""The standard sections of a project proposal, in the order they are written."""

from collections.abc import Mapping
from dataclasses import dataclass

from thamthan.projects.rules.states import PlanStanding
from thamthan.projects.rules.templates import has_blanks

# A project is planned no farther than the plan that follows this one.
MOST_YEARS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Section:
    """หัวข้อของโครงการ: the field it is kept in, its heading, and what belongs there."""

    field: str
    heading: str
    ask: str
    is_required: bool = True


# Generic lists in use (policy.md §3.4, [S]); their order differs between offices.
SECTIONS: tuple[Section, ...] = (
    Section("rationale", "หลักการและเหตุผล", "ปัญหาคืออะไร ใหญ่แค่ไหน ทำไมต้องทำตอนนี้"),
    Section("objectives", "วัตถุประสงค์", "ทำแล้วจะเกิดอะไร ข้อละบรรทัด"),
    Section("targets", "เป้าหมาย", "ทำอะไร จำนวนเท่าใด ให้ใคร"),
    Section("method", "วิธีดำเนินการ", "ทำอย่างไร กับใคร"),
    Section("place_words", "สถานที่ดำเนินการ", "หมู่ใด ตำบลใด"),
    Section("responsible", "ผู้รับผิดชอบโครงการ", "ตำแหน่งและกองที่รับผิดชอบ"),
    Section("evaluation", "การติดตามและประเมินผล", "จะรู้ได้อย่างไรว่าสำเร็จ", is_required=False),
    Section("expected_results", "ผลที่คาดว่าจะได้รับ", "ประชาชนได้อะไร ข้อละบรรทัด"),
)


# Without these nobody could say what was approved.
_ESSENTIAL = frozenset({"objectives", "targets"})
# What is routine work is told by its targets alone.
_ROUTINE = frozenset({"targets"})


@dataclass(frozen=True, slots=True)
class ApprovalLacks:
    """สิ่งที่ขาดก่อนอนุมัติ: headings without which nothing is approved, and those that need a word."""

    essential: tuple[str, ...]
    others: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.essential or self.others)


def approval_lacks(words: Mapping[str, str], *, standing: str) -> ApprovalLacks:
    """หัวข้อที่ขาดก่อนอนุมัติ: empty, or with dots of a template still to be filled in.

    Aims and targets must be told; without another section it is approved only with the reason in
    writing, such as the memo on which it was approved on paper.
    """
    is_routine = standing == PlanStanding.ROUTINE
    empty = [
        section
        for section in missing_sections(words)
        if not is_routine or section.field in _ROUTINE
    ]
    blank = [section for section in SECTIONS if has_blanks(words.get(section.field, ""))]
    essential = _ROUTINE if is_routine else _ESSENTIAL
    return ApprovalLacks(
        tuple(one.heading for one in (*empty, *blank) if one.field in essential),
        tuple(one.heading for one in (*empty, *blank) if one.field not in essential),
    )


def missing_sections(words: Mapping[str, str]) -> tuple[Section, ...]:
    """หัวข้อที่ยังว่าง: those a proposal needs that hold nothing yet."""
    return tuple(
        section
        for section in SECTIONS
        if section.is_required and not words.get(section.field, "").strip()
    )
