"""Evidence as a post may see it, what is doubtful of it, and who may judge it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.projects.models import Evidence, Project, ProjectPlace
from thamthan.projects.queries.doors import is_own, own_projects, projects_seen_by
from thamthan.projects.queries.pictures import projects_named_to
from thamthan.projects.rules import PICTURES, EvidenceState, PlaceKind, ProjectState
from thamthan.projects.rules.evidence import (
    Doubt,
    Spot,
    doubts_of_place,
    doubts_of_time,
    is_mild,
    nearest_spot,
    span_of,
    words_of_doubt,
)

_LIVE = (EvidenceState.WAITING, EvidenceState.ADEQUATE, EvidenceState.SENT_BACK)


@dataclass(frozen=True, slots=True)
class ToldDoubt:
    """ข้อสังเกตหนึ่งข้อ as this post may read it; `twin` is the other picture, if it may see it."""

    code: str
    words: str
    is_mild: bool
    twin: Evidence | None = None


def evidence_of(post: Post, project: Project) -> QuerySet[Evidence]:
    """หลักฐานของโครงการที่ไม่ได้ถอน, as far as the post sees the project."""
    return _seen(post).filter(project=project.pk, state__in=_LIVE)


def adequate_pictures(post: Post, keys: Collection[int]) -> list[Evidence]:
    """ภาพที่ตรวจว่าเพียงพอแล้วในหลักฐานเหล่านี้, as far as the post sees their projects."""
    rows = _seen(post).filter(pk__in=keys, kind__in=PICTURES, state=EvidenceState.ADEQUATE)
    return list(rows.filter(file__isnull=False))


def places_told(post: Post, rows: Collection[Evidence]) -> dict[int, str]:
    """ถ่ายที่ใด in words: the place of its project that a picture's position fits, and no figures.

    Nothing is told of a picture without a position, or taken elsewhere.
    """
    spots = _spots_of({row.project_id for row in rows})
    told: dict[int, str] = {}
    for row in rows:
        latitude, longitude, there = row.latitude_e6, row.longitude_e6, spots.get(row.project_id)
        if not there or latitude is None or longitude is None:
            continue
        nearest = nearest_spot(there, latitude, longitude)
        is_far = doubts_of_place(there, latitude, longitude, within_m=row.within_m)
        if nearest is not None and nearest[0].name and not is_far:
            told[row.pk] = nearest[0].name
    return told


def withdrawn_evidence(post: Post, project: Project) -> QuerySet[Evidence]:
    """หลักฐานที่ถอนแล้ว: its rows stay, for the house alone."""
    rows = _seen(post).filter(project=project.pk, state=EvidenceState.WITHDRAWN)
    return rows.filter(project__in=own_projects(post))


def evidence_for(post: Post, pk: int) -> Evidence:
    """หลักฐานหนึ่งชิ้น; of a project that this post may not see it does not exist."""
    found = _seen(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบหลักฐานนี้")
    if found.state == EvidenceState.WITHDRAWN and not is_own(post, found.project):
        raise NotFound("ไม่พบหลักฐานนี้")
    return found


def _seen(post: Post) -> QuerySet[Evidence]:
    return (
        Evidence.objects.filter(project__in=projects_seen_by(post))
        .select_related(
            "project__organisation",
            "file",
            "step",
            "made_by__person",
            "made_by__organisation",
            "judged_by__person",
            "judged_by__organisation",
        )
        .order_by("pk")
    )


def counts_of_evidence(post: Post, project: Project) -> dict[str, int]:
    """จำนวนหลักฐานตามสถานะ."""
    rows = evidence_of(post, project).order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


def evidence_to_judge(post: Post, *, project: Project | None = None) -> QuerySet[Evidence]:
    """หลักฐานที่รอท่านตรวจ: of one's own house, by others than oneself, the longest waiting first."""
    if not post.has_duty(Duty.ANSWER_ORDERS):
        return Evidence.objects.none()
    # Asked for as a key: whoever may see a project need not be asked once for each row.
    rows = _seen(post).filter(
        state=EvidenceState.WAITING,
        project__organisation__path=post.organisation.house_path,
    )
    rows = rows.exclude(project__state=ProjectState.CANCELLED).exclude(_made_by(post))
    if project is not None:
        rows = rows.filter(project=project.pk)
    return rows.order_by("pk")


def _made_by(post: Post) -> Q:
    own = Q(made_by=post.pk)
    return own | Q(made_by__person=post.person_id) if post.person_id is not None else own


def is_author(post: Post, evidence: Evidence) -> bool:
    """Whether the person acting here attached it, in this post or in another one of theirs."""
    made_by = evidence.made_by
    if made_by.pk == post.pk:
        return True
    return post.person_id is not None and made_by.person_id == post.person_id


def may_judge(post: Post, evidence: Evidence) -> bool:
    """ตรวจหลักฐานนี้ได้หรือไม่: others of the house, or whoever above gave the order it answers."""
    if is_author(post, evidence):
        return False
    duty = Duty.ANSWER_ORDERS if is_own(post, evidence.project) else Duty.ORDER
    return post.has_duty(duty)


def may_withdraw(post: Post, evidence: Evidence) -> bool:
    """ถอนหลักฐานนี้ได้หรือไม่: its author before it is adequate; whoever decides for the house."""
    if not is_own(post, evidence.project) or evidence.state == EvidenceState.WITHDRAWN:
        return False
    is_open = evidence.state != EvidenceState.ADEQUATE
    return post.has_duty(Duty.ORDER) or (is_open and is_author(post, evidence))


def told_doubts(post: Post, rows: Collection[Evidence]) -> dict[int, list[ToldDoubt]]:
    """ข้อสังเกตของหลักฐานเหล่านี้, the grave ones first, in words that this post may read.

    Place and time are held against the project as it is now; other pictures as they were found.
    """
    now = timezone.now()
    spots = _spots_of({row.project_id for row in rows})
    kept = {row.pk: list(row.doubts) for row in rows}
    twins = Evidence.objects.select_related("project").in_bulk(
        {doubt["evidence"] for doubts in kept.values() for doubt in doubts if "evidence" in doubt}
    )
    twins = {pk: twin for pk, twin in twins.items() if twin.state != EvidenceState.WITHDRAWN}
    named = projects_named_to(post, {twin.project_id for twin in twins.values()})
    told: dict[int, list[ToldDoubt]] = {}
    for row in rows:
        doubts = [*kept[row.pk], *_measured(row, spots.get(row.project_id, ()), now)]
        lines = [line for doubt in doubts if (line := _told(row, doubt, twins, named)) is not None]
        told[row.pk] = sorted(lines, key=lambda line: line.is_mild)
    return told


def _measured(row: Evidence, spots: Sequence[Spot], now: Any) -> list[Doubt]:
    if row.kind not in PICTURES:
        return []
    project = row.project
    span = span_of(project.begins_on, project.ends_on, be_year=project.be_year)
    return [
        *doubts_of_place(spots, row.latitude_e6, row.longitude_e6, within_m=row.within_m),
        *doubts_of_time(row.kind, row.taken_at, span, now=now),
    ]


def _told(
    row: Evidence, doubt: Doubt, twins: dict[int, Evidence], named: dict[int, Project]
) -> ToldDoubt | None:
    if "evidence" not in doubt:
        return ToldDoubt(str(doubt.get("code")), words_of_doubt(doubt), is_mild(doubt))
    twin = twins.get(doubt["evidence"])
    if twin is None:
        # Taken back since: nothing is left to compare with.
        return None
    project = named.get(twin.project_id)
    if twin.project_id == row.project_id:
        other = f"ในโครงการนี้ ({twin.get_kind_display()})"
    elif project is not None:
        other = f"ในโครงการ “{project.name}”"
    elif twin.project.organisation_id == row.project.organisation_id:
        other = "ในอีกโครงการของหน่วยงานเดียวกัน"
    else:
        other = "ในโครงการของหน่วยงานอื่น"
    is_known = project is not None
    return ToldDoubt(
        str(doubt["code"]), words_of_doubt(doubt, other=other), False, twin if is_known else None
    )


def _spots_of(projects: set[int]) -> dict[int, list[Spot]]:
    found: dict[int, list[Spot]] = {}
    for place in ProjectPlace.objects.filter(project__in=projects).order_by("pk"):
        ring = place.outline if isinstance(place.outline, list) else []
        found.setdefault(place.project_id, []).append(
            Spot(
                place.name,
                place.latitude_e6,
                place.longitude_e6,
                ring,
                place.kind == PlaceKind.VILLAGE,
            )
        )
    return found
