"""Rows of a project's parts as a person writes them, before they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from thamthan.directives.models import Directive
from thamthan.organisations.models import Organisation
from thamthan.projects.models import PlanRow, Project
from thamthan.projects.rules import PlaceKind, PlanStanding


@dataclass(frozen=True, slots=True)
class StepRow:
    """ขั้นตอนที่เขียน; `pk` is that of a step that stands already."""

    name: str
    begins_on: date | None = None
    ends_on: date | None = None
    is_milestone: bool = False
    weight: int = 1
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """กลุ่มเป้าหมายที่เขียน: whom, how many of what unit; never a name."""

    name: str
    unit: str = "คน"
    planned: int | None = None
    reached: int | None = None


@dataclass(frozen=True, slots=True)
class SupporterRow:
    """หน่วยงานสนับสนุนที่เขียน, and what it gives."""

    name: str
    gives: str = ""
    worth_satang: int | None = None
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class RiskRow:
    """ความเสี่ยงที่เขียน."""

    what: str
    likelihood: int = 2
    effect: int = 2
    answer: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """สถานที่ที่เขียน; degrees as whole millionths, the corners of an area as (longitude, latitude)."""

    name: str
    kind: str = PlaceKind.VILLAGE
    village_number: int | None = None
    latitude_e6: int | None = None
    longitude_e6: int | None = None
    outline: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """โครงการที่กำลังจะเริ่ม: what stands in it already, and where that came from."""

    name: str = ""
    be_year: int = 0
    standing: str = PlanStanding.NONE
    begins_on: date | None = None
    ends_on: date | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    template: str = ""
    ordinance_words: str = ""
    unit: Organisation | None = None
    plan_row: PlanRow | None = None
    copied_from: Project | None = None
    clauses: tuple[Directive, ...] = ()
    steps: tuple[StepRow, ...] = ()
    groups: tuple[GroupRow, ...] = ()
    supporters: tuple[SupporterRow, ...] = ()
    risks: tuple[RiskRow, ...] = ()
    places: tuple[PlaceRow, ...] = ()
