"""Projects for the tests: of Nong Kapu, in a year of the budget, in every standard section."""

from typing import Any

from thamthan.organisations.models import Post
from thamthan.projects.actions import ProjectWords, move_project, propose_project
from thamthan.projects.models import Project
from thamthan.projects.rules import PlanStanding, ProjectState

SECTIONS = {
    "rationale": "ลานกลางหมู่บ้านรกร้าง คนในตำบลไม่มีที่ออกกำลังกาย",
    "objectives": "ปรับปรุงสวนสาธารณะ 1 แห่ง",
    "targets": "สวนสาธารณะ 1 แห่ง ประชาชน 850 คน",
    "method": "ปรับพื้นที่ ปลูกต้นไม้ ติดตั้งเครื่องออกกำลังกาย",
    "place_words": "หมู่ที่ 3 ตำบลหนองกะปุ",
    "responsible": "กองช่าง",
    "expected_results": "ประชาชนมีสวนใช้",
}


def words(**changed: Any) -> ProjectWords:
    """The words of a project on a public park, with what the test changes."""
    given: dict[str, Any] = {
        "name": "ปรับปรุงสวนสาธารณะหมู่ที่ 3",
        "be_year": 2569,
        "standing": PlanStanding.NONE,
        "sections": SECTIONS,
    }
    return ProjectWords(**given | changed)


def proposed(by: Post, **changed: Any) -> Project:
    """A project just begun."""
    return propose_project(words(**changed), by=by)


def approved(by: Post, **changed: Any) -> Project:
    """A project that its house approved."""
    return move_project(proposed(by, **changed), ProjectState.APPROVED, by=by)
