"""The standard sections of a project proposal, in the order they are written."""

from collections.abc import Mapping
from dataclasses import dataclass

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


def missing_sections(words: Mapping[str, str]) -> tuple[Section, ...]:
    """หัวข้อที่ยังว่าง: those a proposal needs that hold nothing yet."""
    return tuple(
        section
        for section in SECTIONS
        if section.is_required and not words.get(section.field, "").strip()
    )
