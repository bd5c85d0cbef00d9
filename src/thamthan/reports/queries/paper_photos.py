"""Photographs of reports: chosen from adequate evidence, before beside after, small for paper."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.models import Evidence
from thamthan.projects.queries import adequate_pictures, places_told, small_picture
from thamthan.projects.rules import EvidenceKind
from thamthan.records.photographs import SmallSide
from thamthan.reports.models import Question
from thamthan.reports.rules import AnswerStanding, QuestionKind
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.writing.photographs import photograph_for_paper
from thamthan.writing.report_facts import ReportPhoto, ReportPhotos

# Of one house's report, and of one clause of many houses' together.
MOST_OF_REPORT, MOST_ROWS_OF_CLAUSE = 12, 2
MOST_LOOKED_AT = 2_000
_MOST_CAPTION = 160
_STAGES = {
    EvidenceKind.BEFORE: "ก่อนดำเนินการ",
    EvidenceKind.DURING: "ระหว่างดำเนินการ",
    EvidenceKind.AFTER: "หลังดำเนินการ",
}
Row = tuple[Evidence, ...]


def evidence_named(questions: Iterable[Question], told: Mapping[str, Any]) -> list[int]:
    """หลักฐานที่รายงานอ้าง, as it was sent, by the questions that ask for evidence."""
    keys: list[int] = []
    for question in questions:
        answer = told.get(question.key, {})
        if question.kind != QuestionKind.EVIDENCE or answer.get("standing") != AnswerStanding.GIVEN:
            continue
        keys += [row["evidence"] for row in answer.get("rows", []) if row.get("evidence")]
    return list(dict.fromkeys(keys))


def photos_of_report(post: Post, keys: Sequence[int]) -> tuple[tuple[ReportPhotos, ...], str]:
    """ภาพของรายงานหนึ่งฉบับ, project by project; and how many were left out, in words.

    Of many projects each shows its first pair before any shows its second.
    """
    found = adequate_pictures(post, keys[:MOST_LOOKED_AT])
    by_project: dict[int, list[Evidence]] = defaultdict(list)
    for one in found:
        by_project[one.project_id].append(one)
    rows = {pk: side_by_side(pictures) for pk, pictures in by_project.items()}
    chosen: dict[int, list[Row]] = {pk: [] for pk in rows}
    count = 0
    for turn in zip_longest(*rows.values()):
        for pk, row in zip(rows, turn, strict=True):
            if row is not None and count + len(row) <= MOST_OF_REPORT:
                chosen[pk].append(row)
                count += len(row)
    groups = [
        (squeeze(by_project[pk][0].project.name), kept) for pk, kept in chosen.items() if kept
    ]
    words = f"เลือกมา {count} จาก {len(found)} ภาพ" if count < len(found) else ""
    return _drawn(post, groups), words


def photos_of_clauses(
    post: Post, groups: Sequence[tuple[str, Sequence[Evidence]]]
) -> tuple[ReportPhotos, ...]:
    """ภาพที่ดีที่สุดของแต่ละข้อ, each with the name of its house: pairs first, no house twice."""
    return _drawn(
        post, [(heading, best_rows(pictures)) for heading, pictures in groups], with_house=True
    )


def side_by_side(pictures: Iterable[Evidence]) -> list[Row]:
    """ก่อนคู่หลัง as they were taken; those that have no other half follow, two by two."""
    stages: dict[str, list[Evidence]] = defaultdict(list)
    for one in sorted(pictures, key=lambda one: (one.taken_at or one.made_at, one.pk)):
        stages[one.kind].append(one)
    before, after = stages[EvidenceKind.BEFORE], stages[EvidenceKind.AFTER]
    pairs: list[Row] = list(zip(before, after, strict=False))
    alone = [*before[len(pairs) :], *stages[EvidenceKind.DURING], *after[len(pairs) :]]
    return [*pairs, *(tuple(alone[at : at + 2]) for at in range(0, len(alone), 2))]


def best_rows(pictures: Iterable[Evidence]) -> list[Row]:
    """แถวที่ควรแสดง of one clause: a pair that shows the change before a single picture."""
    by_project: dict[int, list[Evidence]] = defaultdict(list)
    for one in pictures:
        by_project[one.project_id].append(one)
    rows = [row for found in by_project.values() for row in side_by_side(found)]
    kept: list[Row] = []
    houses: set[int] = set()
    for fresh in (True, False):
        for row in sorted(rows, key=_worth, reverse=True):
            is_fresh = row[0].project.organisation_id not in houses
            if len(kept) < MOST_ROWS_OF_CLAUSE and row not in kept and is_fresh is fresh:
                kept.append(row)
                houses.add(row[0].project.organisation_id)
    return kept


def _worth(row: Row) -> tuple[bool, int, bool, int, int]:
    """Shows a change; two of them; says what it is; nothing doubtful; the first of alike ones."""
    kinds = {one.kind for one in row}
    return (
        {EvidenceKind.BEFORE, EvidenceKind.AFTER} <= kinds,
        len(row),
        all(squeeze(one.caption) for one in row),
        -sum(len(one.doubts) for one in row),
        -row[0].pk,
    )


def _drawn(
    post: Post, groups: Sequence[tuple[str, Sequence[Row]]], *, with_house: bool = False
) -> tuple[ReportPhotos, ...]:
    """The pictures themselves; one whose file cannot be drawn any more is left out."""
    places = places_told(post, [one for _, rows in groups for row in rows for one in row])
    found = []
    for heading, rows in groups:
        made = []
        for row in rows:
            photos = tuple(
                photo
                for one in row
                if (photo := _photo(post, one, places.get(one.pk, ""), with_house=with_house))
            )
            if photos:
                made.append(photos)
        if made:
            found.append(ReportPhotos(heading, tuple(made)))
    return tuple(found)


def _photo(post: Post, one: Evidence, place: str, *, with_house: bool) -> ReportPhoto | None:
    try:
        content = photograph_for_paper(small_picture(post, one, SmallSide.PAGE).content)
    except Refused:
        return None
    caption = squeeze(one.caption)
    if len(caption) > _MOST_CAPTION:
        caption = f"{caption[:_MOST_CAPTION].rstrip()}…"
    if with_house:
        caption = f"{one.project.organisation.name} {caption}".strip()
    return ReportPhoto(content, _STAGES[EvidenceKind(one.kind)], caption, _taken(one, place))


def _taken(one: Evidence, place: str) -> str:
    """Where and when in words: never a position in figures."""
    parts = []
    if one.taken_at is not None:
        here = timezone.localtime(one.taken_at)
        parts.append(f"ถ่ายเมื่อ {format_date(here.date())} เวลา {here:%H.%M} น.")
    if place:
        parts.append(f"ที่{place}" if parts else f"ถ่ายที่{place}")
    return " ".join(parts)
