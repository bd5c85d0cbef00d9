"""What a citizen reads: a project that its house publishes, in plain words; nobody logs in."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from thamthan.errors import NotFound
from thamthan.organisations.models import Organisation, Post
from thamthan.projects.models import Allotment, Project, ProjectPlace, ProjectSupporter
from thamthan.projects.queries.doors import is_own
from thamthan.projects.queries.measures import goal_lines
from thamthan.projects.queries.pictures import public_pictures
from thamthan.projects.queries.progress import judged
from thamthan.projects.rules import SHOWN_STATES
from thamthan.projects.rules.figures import aim_in_words
from thamthan.projects.rules.progress import Progress
from thamthan.projects.rules.showing import without_private
from thamthan.thai.digits import baht_figures

if TYPE_CHECKING:
    from thamthan.projects.queries.measures import GoalLine

# A page of one project stays small whatever was entered.
MOST_ROWS = 100
MOST_PICTURES = 24


@dataclass(frozen=True, slots=True)
class PublicMoney:
    """เงินจากแหล่งหนึ่ง, in baht as it is read aloud; what is nought is left out by the page."""

    source: str
    planned: str
    approved: str
    paid: str


@dataclass(frozen=True, slots=True)
class PublicGoal:
    """ผลของตัวชี้วัดหนึ่ง in words."""

    name: str
    baseline: str
    target: str
    so_far: str
    periods: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class PublicStep:
    """ขั้นตอนหนึ่ง: its name, until when, and since when it is done."""

    name: str
    ends_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class PublicPicture:
    """ภาพที่ตรวจว่าเพียงพอแล้ว: its key within the project, its kind, and its caption."""

    pk: int
    kind: str
    caption: str


@dataclass(frozen=True, slots=True)
class PublicProject:
    """โครงการที่ประชาชนอ่าน: what, where, for whom, with what money, how far, with what result.

    No person's name or telephone, nothing written for colleagues; who is responsible is left out.
    """

    ref: UUID
    name: str
    house: str
    house_code: str
    be_year: int
    state: str
    state_words: str
    begins_on: date | None
    ends_on: date | None
    objectives: tuple[str, ...]
    expected: tuple[str, ...]
    place_words: str
    places: tuple[str, ...]
    groups: tuple[str, ...]
    supporters: tuple[tuple[str, str], ...]
    money: tuple[PublicMoney, ...]
    whole_money: PublicMoney
    steps: tuple[PublicStep, ...]
    goals: tuple[PublicGoal, ...]
    progress: Progress
    pictures: tuple[PublicPicture, ...]


def published_project(post: Post | None, ref: UUID) -> Project:
    """โครงการที่เผยแพร่อยู่: one that is not published, or no longer shown, does not exist."""
    found = (
        Project.objects.filter(ref=ref, is_public=True, state__in=SHOWN_STATES)
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise NotFound("ไม่พบโครงการนี้ หรือหน่วยงานไม่ได้เผยแพร่แล้ว")
    return found


def public_project(post: Post | None, project: Project) -> PublicProject:
    """เนื้อหาที่ประชาชนอ่าน of a project that `published_project` gave."""
    today = timezone.localdate()
    money, whole = _money(project)
    return PublicProject(
        ref=project.ref,
        name=without_private(project.name),
        house=project.organisation.name,
        house_code=project.organisation.code,
        be_year=project.be_year,
        state=project.state,
        state_words=project.get_state_display(),
        begins_on=project.begins_on,
        ends_on=project.ends_on,
        objectives=_lines(project.objectives),
        expected=_lines(project.expected_results),
        place_words=without_private(project.place_words),
        places=tuple(_place(one) for one in project.places.all()[:MOST_ROWS]),
        groups=tuple(
            f"{without_private(one.name)}: {_counted(one.planned, one.reached, one.unit)}"
            for one in project.target_groups.all()[:MOST_ROWS]
        ),
        supporters=tuple(_supporter(one) for one in project.supporters.all()[:MOST_ROWS]),
        money=money,
        whole_money=whole,
        steps=tuple(
            PublicStep(without_private(one.name), one.ends_on, one.done_on)
            for one in project.steps.all()[:MOST_ROWS]
        ),
        goals=tuple(_goal(line) for line in goal_lines(project, today=today)),
        progress=judged([project], today=today)[project.pk],
        pictures=tuple(
            PublicPicture(one.pk, one.get_kind_display(), without_private(one.caption))
            for one in public_pictures(post, project)[:MOST_PICTURES]
        ),
    )


def shown_to_public(post: Post, project: Project) -> PublicProject:
    """ตัวอย่างหน้าที่จะเผยแพร่, for the house that decides on it, whatever the project's state."""
    if not is_own(post, project):
        raise NotFound("ไม่พบโครงการนี้")
    return public_project(post, project)


def published_projects(post: Post | None, code: str) -> tuple[Organisation, QuerySet[Project]]:
    """หน่วยงานและโครงการที่เผยแพร่อยู่, the newest year first."""
    house = Organisation.objects.filter(code=code).first()
    if house is None:
        raise NotFound("ไม่พบหน่วยงานนี้")
    shown = Project.objects.filter(organisation=house, is_public=True, state__in=SHOWN_STATES)
    return house, shown.order_by("-be_year", "-pk")


def progress_of_published(post: Post | None, projects: list[Project]) -> dict[int, Progress]:
    """ความก้าวหน้าของโครงการที่เผยแพร่อยู่ that `published_projects` gave."""
    return judged(projects, today=timezone.localdate())


def _lines(text: str) -> tuple[str, ...]:
    shown = without_private(text)
    return tuple(line for line in (part.strip() for part in shown.splitlines()) if line)


def _place(one: ProjectPlace) -> str:
    name = without_private(one.name)
    return f"{name} หมู่ที่ {one.village_number}" if one.village_number else name


def _counted(planned: int | None, reached: int | None, of: str) -> str:
    parts, unit = [], without_private(of)
    if planned is not None:
        parts.append(f"เป้าหมาย {planned:,} {unit}")
    if reached is not None:
        parts.append(f"เข้าถึงแล้ว {reached:,} {unit}")
    return " ".join(parts) or "ยังไม่ได้ระบุจำนวน"


def _supporter(one: ProjectSupporter) -> tuple[str, str]:
    return without_private(one.name), without_private(one.gives)


def _money(project: Project) -> tuple[tuple[PublicMoney, ...], PublicMoney]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    rows = Allotment.objects.filter(project=project).select_related("channel", "line__channel")
    for one in rows:
        of = sums[_source(one)]
        for at, satang in enumerate((one.planned_satang, one.approved_satang, one.paid_satang)):
            of[at] += satang
    whole = [sum(of[at] for of in sums.values()) for at in range(3)]
    shown = [_in_baht(source, of) for source, of in sums.items()]
    return tuple(shown[:MOST_ROWS]), _in_baht("รวม", whole)


def _in_baht(source: str, satang: list[int]) -> PublicMoney:
    planned, approved, paid = satang
    return PublicMoney(
        source,
        planned=baht_figures(planned),
        approved=baht_figures(approved),
        paid=baht_figures(paid),
    )


def _source(one: Allotment) -> str:
    channel = one.channel or (one.line.channel if one.line else None)
    if channel is not None:
        return channel.name
    return without_private(one.source_words or (one.line.name if one.line else "")) or "ไม่ได้ระบุแหล่ง"


def _goal(line: "GoalLine") -> PublicGoal:
    goal, unit = line.goal, without_private(line.goal.unit)

    def told(milli: int | None, of_milli: int | None) -> str:
        return "" if milli is None else aim_in_words(milli, of_milli, unit)

    return PublicGoal(
        name=without_private(goal.name),
        baseline=told(goal.baseline_milli, goal.baseline_of_milli),
        target=told(goal.target_milli, goal.target_of_milli),
        so_far=without_private(line.so_far),
        periods=line.total.words(),
        percent=line.percent,
    )
