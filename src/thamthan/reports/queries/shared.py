"""เรื่องที่อาจนับซ้ำ: claims of the reports below that look like one event, and what was decided."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Sum as SumOf

from thamthan.errors import NotFound
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.projects.models import (
    Allotment,
    Evidence,
    Project,
    ProjectAnswer,
    ProjectPlace,
    ProjectSupporter,
    TargetGroup,
)
from thamthan.projects.queries import projects_seen_by
from thamthan.projects.rules import PICTURES, SHOWN_STATES, EvidenceState
from thamthan.reports.knowing import known_for
from thamthan.reports.models import (
    Consolidation,
    Figure,
    Question,
    Report,
    Round,
    SentReport,
    SharedEvent,
)
from thamthan.reports.queries.doors import reports_seen_by, round_for
from thamthan.reports.rules import (
    COUNTED,
    Adding,
    AnswerStanding,
    Claim,
    Fill,
    Pair,
    QuestionKind,
    SharedReason,
    SharedState,
    pairs_of,
)
from thamthan.thai.text import fold, squeeze

# Of so many reports the sentences are read; of more, the projects alone.
MOST_READ = 300
MOST_PAIRS = 100
_NUMBER = re.compile(r"[0-9][0-9,.]*")
_FEWEST_LETTERS = 20


@dataclass(frozen=True, slots=True)
class ClaimSeen:
    """รายการหนึ่งของคู่: of which report, and what is known of it, in words."""

    claim: Claim
    report: Report
    project: Project | None
    pictures: tuple[Evidence, ...]
    place: str


@dataclass(frozen=True, slots=True)
class SharedPair:
    """คู่ที่อาจเป็นเรื่องเดียวกัน, side by side, with the reasons."""

    mark: str
    one: ClaimSeen
    other: ClaimSeen
    reasons: tuple[SharedReason, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """ส่วนที่ซ้ำของคำถามหนึ่ง: what the shared claim itself gave to it, as far as it is known."""

    question: Question
    value_milli: int | None
    of_milli: int | None
    most_milli: int
    most_of_milli: int


def shared_pairs(post: Post, round_: Round) -> list[SharedPair]:
    """คู่ที่รอตัดสิน by this post's house: whose totals are the first that hold both.

    What was decided is not asked again. Reports of nothing claim nothing.
    """
    row = round_for(post, round_.pk)
    house = house_of(post)
    came = list(_came(post, row))
    givers = {one.report: one.giver for one in came}
    cover = _Cover(row)
    decided = set(
        SharedEvent.objects.filter(round=row)
        .exclude(state=SharedState.UNDONE)
        .values_list("mark", flat=True)
    )
    found = [
        pair
        for pair in pairs_of(_claims(row, came))
        if pair.mark not in decided
        and cover.of(givers[pair.one.report], givers[pair.other.report]) == house.pk
    ][:MOST_PAIRS]
    return _seen(post, found)


def shared_pair(post: Post, round_: Round, mark: str) -> SharedPair:
    """คู่หนึ่งที่รอตัดสิน, by its mark."""
    for pair in shared_pairs(post, round_):
        if pair.mark == mark:
            return pair
    raise NotFound("ไม่พบคู่รายการนี้ อาจมีผู้ตัดสินไปแล้ว หรือรายงานเปลี่ยนไป")


def shared_events(post: Post, round_: Round) -> list[SharedEvent]:
    """คำตัดสินของหน่วยงานนี้ในรอบนี้, the newest first; with what each takes out."""
    row = round_for(post, round_.pk)
    return list(
        SharedEvent.objects.filter(round=row, judge=house_of(post))
        .exclude(state=SharedState.UNDONE)
        .select_related("counted__organisation", "shared__organisation")
        .prefetch_related("deductions__question")
    )


def shared_event_for(post: Post, round_: Round, pk: int) -> SharedEvent:
    """คำตัดสินหนึ่ง of this post's own house."""
    for event in shared_events(post, round_):
        if event.pk == pk:
            return event
    raise NotFound("ไม่พบคำตัดสินนี้")


class _Cover:
    """Where the figures of two reports first come together: one house's, a province's, all."""

    def __init__(self, round_: Round) -> None:
        self._round = round_
        self._provinces: dict[int, int | None] = dict(
            Consolidation.objects.filter(round=round_).values_list("organisation", "province")
        )

    def of(self, giver: int, other: int) -> int:
        if giver == other:
            return giver
        province = self._provinces.get(giver)
        if province is not None and province == self._provinces.get(other):
            return province
        return self._round.organisation_id


@dataclass(frozen=True, slots=True)
class _Came:
    """A report that says something, as far as it matters here: thousands are read."""

    report: int
    house: int
    giver: int
    number: int


def _came(post: Post, round_: Round) -> Iterator[_Came]:
    rows = (
        reports_seen_by(post)
        .filter(round=round_, sent_number__gt=0, is_nil=False)
        .exclude(organisation__path=post.organisation.house_path)
        .order_by()
        .values_list("pk", "organisation", "giver", "accepted_number", "sent_number")
    )
    for pk, house, giver, accepted, sent in rows:
        yield _Came(pk, house, giver, accepted or sent)


def _claims(round_: Round, came: Sequence[_Came]) -> list[Claim]:
    """What these reports claim: projects that answer the order, and sentences with numbers."""
    claims = _of_projects(round_, {one.house: one.report for one in came})
    return claims + (_of_sentences(round_, came) if len(came) <= MOST_READ else [])


def _of_projects(round_: Round, of_house: Mapping[int, int]) -> list[Claim]:
    answers = ProjectAnswer.objects.filter(
        root=round_.root_id,
        project__state__in=SHOWN_STATES,
    )
    found = Project.objects.filter(pk__in=answers.values("project")).order_by("pk")
    projects = [one for one in found if one.organisation_id in of_house]
    keys = [one.pk for one in projects]
    spots: dict[int, list[tuple[int, int]]] = defaultdict(list)
    places = ProjectPlace.objects.filter(project__in=keys, latitude_e6__isnull=False)
    for pk, latitude, longitude in places.values_list("project", "latitude_e6", "longitude_e6"):
        if latitude is not None and longitude is not None:
            spots[pk].append((latitude, longitude))
    people: dict[int, int | None] = dict(
        TargetGroup.objects.filter(project__in=keys, unit="คน")
        .order_by()
        .values_list("project")
        .annotate(SumOf("reached"))
    )
    money: dict[int, int | None] = dict(
        Allotment.objects.filter(project__in=keys)
        .order_by()
        .values_list("project")
        .annotate(SumOf("approved_satang"))
    )
    pictures, alike = _pictures(keys)
    named = _supporters(keys)
    return [
        Claim(
            report=of_house[one.organisation_id],
            house=one.organisation_id,
            key=f"p{one.pk}",
            words=squeeze(one.name),
            project=one.pk,
            days=(one.begins_on, one.ends_on) if one.begins_on and one.ends_on else None,
            spots=tuple(spots[one.pk]),
            people=people.get(one.pk),
            money=money.get(one.pk),
            pictures=frozenset(pictures[one.pk]),
            like_projects=frozenset(alike[one.pk]),
            supporters=frozenset(named[one.pk]),
        )
        for one in projects
    ]


def _pictures(projects: Sequence[int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """The files of pictures by project, and the projects with a picture nearly the same.

    What is like was found when a picture was attached, and stands in its doubts.
    """
    rows = (
        Evidence.objects.filter(project__in=projects, kind__in=PICTURES)
        .exclude(state=EvidenceState.WITHDRAWN)
        .values_list("project", "file", "doubts")
    )
    files: dict[int, set[int]] = defaultdict(set)
    twins: dict[int, set[int]] = defaultdict(set)
    for project, file, doubts in rows:
        files[project].add(file)
        twins[project] |= {doubt["evidence"] for doubt in doubts if "evidence" in doubt}
    known = dict(
        Evidence.objects.filter(pk__in=set().union(*twins.values()))
        .exclude(state=EvidenceState.WITHDRAWN)
        .values_list("pk", "project")
    )
    alike: dict[int, set[int]] = defaultdict(set)
    for project, found in twins.items():
        alike[project] = {known[pk] for pk in found if pk in known} - {project}
    return files, alike


def _supporters(projects: Sequence[int]) -> dict[int, set[int]]:
    """Whom a project names as supporting it: of the tree, or written by a name of the tree."""
    rows = list(
        ProjectSupporter.objects.filter(project__in=projects).values_list(
            "project", "organisation", "name"
        )
    )
    names = {name for _, pk, name in rows if pk is None}
    known = dict(Organisation.objects.filter(name__in=names).values_list("name", "pk"))
    found: dict[int, set[int]] = defaultdict(set)
    for project, pk, name in rows:
        house = pk if pk is not None else known.get(name)
        if house is not None:
            found[project].add(house)
    return found


def _of_sentences(round_: Round, came: Sequence[_Came]) -> list[Claim]:
    """Sentences that people wrote of results, with a number in them: others say nothing of one."""
    asked = list(
        Question.objects.filter(
            round=round_, kind=QuestionKind.TEXT, fill=Fill.RESULTS_TEXT
        ).values_list("key", flat=True)
    )
    wanted = {(one.report, one.number): one for one in came}
    keys = [one.report for one in came]
    claims = []
    for version in SentReport.objects.filter(report__in=keys, is_nil=False):
        report = wanted.get((version.report_id, version.number))
        if report is not None:
            claims += list(_sentences(report, version.content["answers"], asked))
    return claims


def _sentences(
    came: _Came, answers: Mapping[str, Mapping[str, Any]], asked: Iterable[str]
) -> Iterator[Claim]:
    told: dict[str, Claim] = {}
    for key in asked:
        answer = answers.get(key, {})
        if answer.get("standing") != AnswerStanding.GIVEN or not answer.get("typed"):
            continue
        for line in str(answer.get("text", "")).splitlines():
            words = squeeze(line).strip("-•* ")
            folded = fold(words)
            numbers = tuple(_NUMBER.findall(folded))
            if numbers and len(folded) >= _FEWEST_LETTERS:
                mark = "s" + hashlib.sha256(folded.encode("utf-8")).hexdigest()[:16]
                claim = Claim(came.report, came.house, mark, words, numbers=numbers)
                told.setdefault(mark, claim)
    yield from told.values()


def _seen(post: Post, pairs: Sequence[Pair]) -> list[SharedPair]:
    reports = Report.objects.select_related("organisation", "round").in_bulk(
        {claim.report for pair in pairs for claim in (pair.one, pair.other)}
    )
    keys = {claim.project for pair in pairs for claim in (pair.one, pair.other)} - {None}
    # What the asker may not open is told by its words alone.
    projects = projects_seen_by(post).in_bulk([key for key in keys if key is not None])
    pictures: dict[int, list[Evidence]] = defaultdict(list)
    rows = Evidence.objects.filter(project__in=projects, kind__in=PICTURES).exclude(
        state=EvidenceState.WITHDRAWN
    )
    for row in rows.order_by("pk"):
        pictures[row.project_id].append(row)

    def seen(claim: Claim) -> ClaimSeen:
        project = projects.get(claim.project) if claim.project is not None else None
        shown = tuple(pictures[project.pk][:3]) if project is not None else ()
        place = squeeze(project.place_words) if project is not None else ""
        return ClaimSeen(claim, reports[claim.report], project, shown, place)

    return [SharedPair(one.mark, seen(one.one), seen(one.other), one.reasons) for one in pairs]


def overlaps_of(post: Post, round_: Round, shared: ClaimSeen, counted: ClaimSeen) -> list[Overlap]:
    """ส่วนที่ซ้ำรายคำถาม: of what both gave a number for; proposed from the project's own results.

    A highest value holds nothing twice. Where a sentence alone is shared, or the project has no
    figure of its own, nothing is proposed.
    """
    questions = [
        one
        for one in round_.questions.select_related("indicator", "directive")
        if one.kind in COUNTED and one.over_places in {Adding.SUM, Adding.SHARE}
    ]
    figures = {
        (one.report_id, one.question_id): one
        for one in Figure.objects.filter(
            report__in=[shared.report, counted.report],
            question__in=questions,
            standing=AnswerStanding.GIVEN,
            value_milli__isnull=False,
        )
    }
    known = (
        known_for(shared.report, questions, only=shared.project.pk)
        if shared.project is not None
        else {}
    )
    found = []
    for question in questions:
        mine = figures.get((shared.report.pk, question.pk))
        there = figures.get((counted.report.pk, question.pk))
        if mine is None or there is None:
            continue
        most = min(mine.value_milli or 0, there.value_milli or 0)
        most_of = min(mine.of_milli or 0, there.of_milli or 0)
        told = known.get(question.pk)
        value = told.value_milli if told is not None else None
        of = told.of_milli if told is not None else None
        found.append(
            Overlap(
                question,
                None if value is None else min(value, most),
                None if of is None else min(of, most_of),
                most,
                most_of,
            )
        )
    return found


def turned(post: Post, pair: SharedPair) -> SharedPair:
    """คู่เดียวกันที่สลับข้าง."""
    return replace(pair, one=pair.other, other=pair.one)
