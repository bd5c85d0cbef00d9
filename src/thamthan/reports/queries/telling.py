"""Many narratives as one, sentence by sentence, each with the houses that said it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from thamthan.directives.rules import likeness_of, pairs_of
from thamthan.organisations.models import Organisation, Post
from thamthan.reports.models import Question, Report, Round, SentReport
from thamthan.reports.queries.doors import reports_of_round
from thamthan.reports.queries.overviews import Overview
from thamthan.reports.rules import AnswerStanding
from thamthan.thai.text import fold, squeeze

# Two sentences so alike are one matter in other words.
ALIKE = 0.72
MOST_SENTENCES = 400
_NUMBER = re.compile(r"[0-9][0-9,.]*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """ประโยคหนึ่งของร่างรวม: the words as they were sent, and every report that said them."""

    text: str
    reports: tuple[Report, ...]

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        return tuple(report.organisation for report in self.reports)


def told_of_round(
    post: Post,
    round_: Round,
    questions: Sequence[Question],
    *,
    overview: Overview | None = None,
) -> dict[int, list[Sentence]]:
    """คำบอกเล่าจากทุกหน่วยงาน of the accepted versions below, by question: what many said first.

    Nothing is worded anew: a sentence is one that was sent, and names who sent it. Alike ones are
    told once, by the words of whoever was accepted first. Of what the overview has in hand, where
    it was asked for already.
    """
    if not questions:
        return {}
    if overview is not None and overview.in_hand is not None:
        texts = _texts(questions, overview.in_hand, overview.versions.values())
    else:
        texts = _accepted_texts(post, reports_of_round(post, round_), questions)
    return {one.pk: gathered(_lines(texts[one.pk])) for one in questions}


def accepted_texts(post: Post, round_: Round, question: Question) -> list[tuple[Report, str]]:
    """ข้อความของหน่วยงานที่รับรองแล้ว, in the order in which they were accepted."""
    return _accepted_texts(post, reports_of_round(post, round_), [question])[question.pk]


def _accepted_texts(
    post: Post, seen: QuerySet[Report], questions: Sequence[Question]
) -> dict[int, list[tuple[Report, str]]]:
    accepted = seen.filter(accepted_number__isnull=False)
    reports = list(accepted.exclude(organisation__path=post.organisation.house_path))
    versions = SentReport.objects.filter(report__in=reports, is_nil=False)
    return _texts(questions, reports, versions.order_by("sent_at", "pk"))


def _texts(
    questions: Sequence[Question], reports: Iterable[Report], versions: Iterable[SentReport]
) -> dict[int, list[tuple[Report, str]]]:
    """Of these versions, in their order, those that were accepted and say more than nothing."""
    known = {each.pk: each for each in reports}
    texts: dict[int, list[tuple[Report, str]]] = {one.pk: [] for one in questions}
    for version in versions:
        report = known[version.report_id]
        if version.number != report.accepted_number or version.is_nil:
            continue
        for one in questions:
            told = version.content["answers"].get(one.key, {})
            if told.get("standing") == AnswerStanding.GIVEN and squeeze(told.get("text", "")):
                texts[one.pk].append((report, str(told["text"])))
    return texts


def sentences_in(texts: Iterable[tuple[Report, str]]) -> list[Sentence]:
    """ประโยคของข้อความเหล่านี้, alike ones told once."""
    return gathered(_lines(texts))


def _lines(texts: Iterable[tuple[Report, str]]) -> list[tuple[Report, str]]:
    found = [
        (report, squeeze(line).strip("-•* "))
        for report, text in texts
        for line in text.splitlines()
        if squeeze(line).strip("-•* ")
    ]
    return found[:MOST_SENTENCES]


@dataclass(slots=True)
class _Gathering:
    """A sentence that stands for others: what it is compared by, and who said it."""

    text: str
    pairs: frozenset[tuple[str, str, int]]
    said_by: dict[int, Report]


def gathered(lines: Sequence[tuple[Report, str]]) -> list[Sentence]:
    """ประโยคที่เหมือนกันรวมเป็นหนึ่ง; what more houses said stands before what fewer said.

    Never two that differ in a number: the one would take the other's away.
    """
    kept: list[_Gathering] = []
    # By the words as they were written, too: what was copied from house to house is folded once.
    known: dict[str, _Gathering] = {}
    with_numbers: dict[tuple[str, ...], list[_Gathering]] = {}
    for report, line in lines:
        key = line if line in known else fold(line)
        if key not in known:
            pairs, numbers = pairs_of(key), tuple(_NUMBER.findall(key))
            alike = with_numbers.setdefault(numbers, [])
            near = (one for one in alike if likeness_of(one.pairs, pairs) >= ALIKE)
            known[key] = next(near, None) or _Gathering(line, pairs, {})
            if not known[key].said_by:
                kept.append(known[key])
                alike.append(known[key])
        known[line] = known[key]
        known[key].said_by.setdefault(report.pk, report)
    told = [Sentence(one.text, tuple(one.said_by.values())) for one in kept]
    return sorted(told, key=lambda one: -len(one.reports))
