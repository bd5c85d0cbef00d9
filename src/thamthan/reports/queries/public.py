"""What a citizen reads of a round: totals that whoever asked first published; nobody logs in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from thamthan.directives.queries.secrecy import secret_orders
from thamthan.errors import NotFound
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty, Level
from thamthan.projects.rules import without_private
from thamthan.reports.models import Publication, Question, Report, Round
from thamthan.reports.queries.doors import round_for
from thamthan.reports.queries.paper_words import (
    asked_clauses,
    asked_once,
    letter_of_round,
    period_words,
)
from thamthan.reports.queries.stands import (
    Stand,
    missing_houses,
    reports_below,
    stand_of,
    sum_of_answer,
    told_versions,
)
from thamthan.reports.queries.telling import sentences_in
from thamthan.reports.rules import (
    COUNTED,
    Adding,
    AnswerStanding,
    Covered,
    QuestionKind,
    Sum,
    counts_persons,
    covered,
)
from thamthan.thai.text import squeeze

MOST_SENTENCES = 12
_Cells = Mapping[int, Mapping[str, Sum]]


def may_publish(post: Post, round_: Round) -> bool:
    """เผยแพร่ยอดของรอบนี้ได้หรือไม่: whoever asked first, and decides for that house."""
    is_first = round_.organisation.path == post.organisation.house_path
    return is_first and post.has_duty(Duty.ORDER)


def round_to_publish(post: Post, pk: int) -> Round:
    """รอบที่ตำแหน่งนี้เผยแพร่ได้; to everybody else it does not exist as such."""
    row = round_for(post, pk)
    if not may_publish(post, row):
        raise NotFound("ไม่พบรอบรายงานนี้")
    return row


def is_secret_round(post: Post | None, round_: Round) -> bool:
    """Whether the order, or any letter of its chain, is classed by now."""
    return secret_orders().filter(pk=round_.root_id).exists()


def publication_of(post: Post, round_: Round) -> Publication | None:
    """การเผยแพร่ของรอบนี้, published or taken back, for whoever sees the round."""
    return Publication.objects.filter(round=round_for(post, round_.pk)).first()


def published_round(post: Post | None, ref: UUID) -> Publication:
    """ยอดที่เผยแพร่อยู่: one that is not published, taken back or secret by now does not exist."""
    found = (
        Publication.objects.filter(ref=ref, is_public=True)
        .exclude(round__root__in=secret_orders().values("pk"))
        .first()
    )
    if found is None:
        raise NotFound("ไม่พบข้อมูลนี้ หรือหน่วยงานไม่ได้เผยแพร่แล้ว")
    return found


def public_content(post: Post, round_: Round, *, now: datetime, has_words: bool) -> dict[str, Any]:
    """เนื้อหาที่ประชาชนอ่าน of this round now: totals per organisation and nothing of a person.

    Of the closed total where it is closed, else of what is accepted so far. Small numbers of
    people are covered, and are nowhere in it.
    """
    row = round_for(post, round_.pk)
    stand = stand_of(post, row, now=now)
    house = house_of(post)
    questions = list(row.questions.select_related("directive", "indicator"))
    reports = {report.pk: report for report in _with_places(post, row)}
    places = {pk: _place_of(report, house) for pk, report in reports.items()}
    cells, texts = _gathered(post, stand, questions, reports, places, has_words=has_words)
    as_of = stand.closed_at or now
    return {
        "title": without_private(squeeze(row.root.title)),
        "publisher": {"code": house.code, "name": house.name},
        "letter": without_private(letter_of_round(post, row)),
        "period": period_words(row),
        "as_of": timezone.localtime(as_of).isoformat(timespec="seconds"),
        "is_closed": stand.closed_at is not None,
        "closed_sha256": stand.sha256,
        "least_persons": settings.PUBLIC_LEAST_PERSONS,
        "owed": stand.owed,
        "sent": stand.sent,
        "accepted": stand.accepted,
        "missing": [{"code": one.code, "name": one.name} for one in missing_houses(post, stand)],
        "organisations": _organisations(stand, reports, places),
        "clauses": [
            {
                "heading": without_private(heading),
                "figures": [
                    _figure(one, stand.totals.get(one.pk, Sum()), cells, places)
                    for one in asked
                    if one.kind in COUNTED
                ],
                "asked": [without_private(squeeze(one.text)) for one in asked],
                "words": [_words(one, texts[one.key]) for one in asked if texts.get(one.key)],
            }
            for heading, asked in _groups(questions)
        ],
    }


def _groups(questions: Sequence[Question]) -> Iterator[tuple[str, Sequence[Question]]]:
    yield from ((one.heading, one.questions) for one in asked_clauses(questions))
    yield from asked_once(questions)


def _with_places(post: Post, row: Round) -> Iterator[Report]:
    return (
        reports_below(post, row)
        .select_related("organisation", "district", "province")
        .iterator(2000)
    )


def _place_of(report: Report, house: Organisation) -> Organisation:
    """One level down from whoever publishes: provinces of the country, districts of a province."""
    if house.level in {Level.MINISTRY, Level.DEPARTMENT}:
        return report.province or report.organisation
    if house.level == Level.PROVINCE:
        return report.district or report.organisation
    return report.organisation


def _gathered(
    post: Post,
    stand: Stand,
    questions: Sequence[Question],
    reports: Mapping[int, Report],
    places: Mapping[int, Organisation],
    *,
    has_words: bool,
) -> tuple[_Cells, dict[str, list[tuple[Report, str]]]]:
    """Figures by place and question, and the texts where they are to be published."""
    counted = [one.key for one in questions if one.kind in COUNTED]
    told = [one.key for one in questions if one.kind == QuestionKind.TEXT] if has_words else []
    cells: dict[int, dict[str, Sum]] = defaultdict(lambda: defaultdict(Sum))
    texts: dict[str, list[tuple[Report, str]]] = defaultdict(list)
    for pk, version in told_versions(post, stand):
        if version.is_nil or pk not in reports:
            continue
        answers = version.content["answers"]
        here = cells[places[pk].pk]
        for key in counted:
            if key in answers:
                here[key] = here[key] + sum_of_answer(answers[key])
        for key in told:
            if answers.get(key, {}).get("standing") == AnswerStanding.GIVEN:
                texts[key].append((reports[pk], str(answers[key]["text"])))
    return cells, texts


def _organisations(
    stand: Stand, reports: Mapping[int, Report], places: Mapping[int, Organisation]
) -> list[dict[str, Any]]:
    """Every place with how many of it owe a report, and of how many it stands in the total."""
    rows: dict[int, dict[str, Any]] = {}
    for pk in reports:
        place = places[pk]
        row = rows.setdefault(
            place.pk,
            {"key": place.pk, "code": place.code, "name": place.name, "owed": 0, "accepted": 0},
        )
        row["owed"] += 1
        row["accepted"] += pk in stand.numbers
    return list(rows.values())


def _figure(
    question: Question, total: Sum, cells: _Cells, places: Mapping[int, Organisation]
) -> dict[str, Any]:
    here = {pk: found[question.key] for pk, found in cells.items() if question.key in found}
    is_share = question.kind == QuestionKind.SHARE
    hidden = Covered()
    if counts_persons(question.unit):
        hidden = covered(
            here,
            total,
            least=settings.PUBLIC_LEAST_PERSONS,
            is_share=is_share,
            is_added=question.over_places != Adding.MAX,
        )
    return {
        "key": question.key,
        "text": without_private(squeeze(question.text)),
        "unit": question.unit,
        "kind": question.kind,
        "method": question.over_places,
        **_shown(question, total, is_covered=hidden.is_total),
        # The same event told by two houses is counted once: the sum is less than its parts.
        "less_milli": 0 if hidden.is_total else total.less_milli,
        "organisations": {
            str(pk): _shown(question, one, is_covered=pk in hidden.places)
            for pk, one in sorted(here.items())
        },
    }


def _shown(question: Question, one: Sum, *, is_covered: bool) -> dict[str, Any]:
    """A figure in thousandths, or nothing of it."""
    value = None if is_covered else one.value_milli(question.over_places)
    is_share = question.kind == QuestionKind.SHARE and value is not None
    return {
        "given": one.given,
        "none": one.none,
        "not_applicable": one.not_applicable,
        "value_milli": value,
        "of_milli": one.of_milli if is_share else None,
        "is_covered": is_covered,
    }


def _words(question: Question, texts: Sequence[tuple[Report, str]]) -> dict[str, Any]:
    return {
        "text": without_private(squeeze(question.text)),
        "sentences": [
            {
                "text": without_private(one.text),
                "said_by": [report.organisation.name for report in one.reports],
            }
            for one in sentences_in(texts)[:MOST_SENTENCES]
        ],
    }
