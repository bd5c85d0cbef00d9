"""Pictures of evidence: found again among all others, shown small, and shown to the public."""

from collections.abc import Sequence

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Coalesce

from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.projects.models import Evidence, PictureMark, Project
from thamthan.projects.queries.doors import projects_seen_by
from thamthan.projects.rules import PICTURES, SHOWN_STATES, EvidenceState
from thamthan.projects.rules.evidence import near_parts, parts_of, unsigned
from thamthan.reading.picture_marks import LIKE
from thamthan.records.models import StoredFile
from thamthan.records.photographs import SmallSide, small_photograph
from thamthan.records.pictures import Picture

_PART_NAMES = ("part_a", "part_b", "part_c", "part_d")
# More than these say no more.
MOST_TOLD = 5


def same_pictures(post: Post, file: StoredFile, *, but: int) -> list[Evidence]:
    """ภาพเดียวกันทุกไบต์ทั้งระบบ, of whichever house: a shell tells of other houses' no name."""
    rows = Evidence.objects.filter(file=file, kind__in=PICTURES).exclude(
        state=EvidenceState.WITHDRAWN
    )
    return list(rows.exclude(pk=but).select_related("project").order_by("pk")[:MOST_TOLD])


def like_pictures(
    post: Post, project: Project, marks: Sequence[int], *, but: int
) -> list[tuple[Evidence, int]]:
    """ภาพที่แทบเหมือนกัน in the house and its district, the nearest first, with the bits between.

    Of two pictures within the limit, one part of four differs in one bit at most: those are looked
    up in an index, and only what is found there is compared whole.
    """
    if not marks:
        return []
    nearest = {pk: apart for pk, apart in _candidates(marks).items() if apart <= LIKE and pk != but}
    rows = _in_reach(project).filter(pk__in=nearest).select_related("project")
    return sorted(
        ((row, nearest[row.pk]) for row in rows), key=lambda found: (found[1], found[0].pk)
    )[:MOST_TOLD]


def _candidates(marks: Sequence[int]) -> dict[int, int]:
    """By the index alone, of all houses: who they belong to is asked of the few that are like."""
    whole, found = marks[0], dict[int, int]()
    parts = [parts_of(mark) for mark in marks]
    for at, name in enumerate(_PART_NAMES):
        of_whole = near_parts(parts[0][at])
        of_windows = set[int]().union(*(near_parts(each[at]) for each in parts))
        rows = PictureMark.objects.filter(
            Q(**{f"{name}__in": of_whole}) | Q(**{f"{name}__in": of_windows}, window=0)
        ).order_by()
        for pk, window, kept in rows.values_list("evidence", "window", "bits"):
            other = unsigned(kept)
            apart = (whole ^ other).bit_count()
            if window == 0:
                apart = min((mark ^ other).bit_count() for mark in marks)
            found[pk] = min(apart, found.get(pk, apart))
    return found


def _in_reach(project: Project) -> QuerySet[Evidence]:
    near = Q(project__organisation=project.organisation_id)
    if project.district_id is not None:
        near |= Q(project__district=project.district_id)
    return Evidence.objects.filter(near).exclude(state=EvidenceState.WITHDRAWN)


def small_picture(post: Post, evidence: Evidence, side: SmallSide) -> Picture:
    """ภาพย่อของหลักฐาน, upright and without a word of the camera's.

    The evidence came through its own door. Raises `NotFound` for what is no photograph.
    """
    if evidence.kind not in PICTURES or evidence.file is None:
        raise NotFound("หลักฐานนี้ไม่มีภาพ", code="no_picture")
    return small_photograph(evidence.file, side, is_kept=True)


def public_pictures(post: Post | None, project: Project) -> QuerySet[Evidence]:
    """ภาพที่ประชาชนเห็นได้: judged adequate, of a project that its house shows; for nobody too.

    In the order of the work: before, during, after; within each as they were taken.
    """
    shown = Evidence.objects.filter(
        project=project.pk,
        project__is_public=True,
        project__state__in=SHOWN_STATES,
        kind__in=PICTURES,
        state=EvidenceState.ADEQUATE,
    )
    stage = Case(*(When(kind=kind, then=at) for at, kind in enumerate(PICTURES)), default=9)
    return shown.select_related("file").order_by(stage, Coalesce("taken_at", "made_at"), "pk")


def public_picture(post: Post | None, project: Project, pk: int, side: SmallSide) -> Picture:
    """ภาพหนึ่งภาพสำหรับประชาชน: small, and without place, time or camera. `NotFound` for others."""
    evidence = public_pictures(post, project).filter(pk=pk).first()
    if evidence is None or evidence.file is None:
        raise NotFound("ไม่พบภาพนี้", code="no_picture")
    return small_photograph(evidence.file, side, is_kept=True)


def projects_named_to(post: Post, keys: set[int]) -> dict[int, Project]:
    """Of these projects those that the post may know by name."""
    return projects_seen_by(post).in_bulk(keys) if keys else {}
