"""Many narratives as one, sentence by sentence, each with the houses that said it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thamthan.directives.rules import likeness
from thamthan.organisations.models import Organisation, Post
from thamthan.reports.models import Question, Report, Round, SentReport
from thamthan.reports.queries.doors import reports_seen_by
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


def told_together(post: Post, round_: Round, question: Question) -> list[Sentence]:
    """คำบอกเล่าจากทุกหน่วยงาน of the accepted versions below: what many said stands first.

    Nothing is worded anew: a sentence is one that was sent, and names who sent it. Alike ones are
    told once, by the words of whoever was accepted first.
    """
    return sentences_in(accepted_texts(post, round_, question))


def accepted_texts(post: Post, round_: Round, question: Question) -> list[tuple[Report, str]]:
    """ข้อความของหน่วยงานที่รับรองแล้ว, in the order in which they were accepted."""
    house = post.organisation.house_path
    reports = {
        each.pk: each
        for each in reports_seen_by(post)
        .filter(round=round_, accepted_number__isnull=False)
        .exclude(organisation__path=house)
    }
    texts = []
    for version in SentReport.objects.filter(report__in=reports).order_by("sent_at", "pk"):
        report = reports[version.report_id]
        if version.number != report.accepted_number or version.is_nil:
            continue
        told = version.content["answers"].get(question.key, {})
        if told.get("standing") == AnswerStanding.GIVEN and squeeze(told.get("text", "")):
            texts.append((report, str(told["text"])))
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


def _is_same_matter(one: str, other: str) -> bool:
    return _NUMBER.findall(one) == _NUMBER.findall(other) and likeness(one, other) >= ALIKE


def gathered(lines: Sequence[tuple[Report, str]]) -> list[Sentence]:
    """ประโยคที่เหมือนกันรวมเป็นหนึ่ง; what more houses said stands before what fewer said.

    Never two that differ in a number: the one would take the other's away.
    """
    kept: list[tuple[str, str, dict[int, Report]]] = []
    for report, line in lines:
        key = fold(line)
        for other, _, said_by in kept:
            if other == key or _is_same_matter(other, key):
                said_by.setdefault(report.pk, report)
                break
        else:
            kept.append((key, line, {report.pk: report}))
    told = [Sentence(line, tuple(said_by.values())) for _, line, said_by in kept]
    return sorted(told, key=lambda one: -len(one.reports))
