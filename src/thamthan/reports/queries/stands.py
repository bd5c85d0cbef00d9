"""ยอด ณ ขณะหนึ่ง: as it was closed, or as it runs now; the same for papers and for the public."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.reports.models import Question, Report, Round, SentReport
from thamthan.reports.queries.doors import consolidation_of, reports_seen_by, round_for
from thamthan.reports.queries.totals import missing_reports, reported, totals_of
from thamthan.reports.rules import Sum

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Stand:
    """ยอดรวมและรายงานที่อยู่ในยอดนั้น: who owes, who came, who is missing, which version of each.

    A closed one is what was closed, whatever was mended later; its hash can be computed again.
    """

    owed: int
    sent: int
    accepted: int
    totals: Mapping[int, Sum]
    numbers: Mapping[int, int]
    missing: frozenset[int]
    closed_at: datetime | None = None
    closed_words: str = ""
    sha256: str = ""

    @property
    def came_words(self) -> str:
        return f"รายงานแล้ว {self.sent:,} จาก {self.owed:,} แห่ง"


def stand_of(post: Post, round_: Round, *, now: datetime) -> Stand:
    """ยอดของหน่วยงานนี้ในรอบนี้: the closed one where it is closed."""
    row = round_for(post, round_.pk)
    closed = consolidation_of(post, row)
    if closed is not None and closed.closed_at is not None and closed.content is not None:
        content = closed.content
        reports = dict(reports_below(post, row).values_list("organisation__code", "pk"))
        keys = dict(Question.objects.filter(round=row).values_list("key", "pk"))
        return Stand(
            owed=content["owed"],
            sent=content["sent"],
            accepted=content["accepted"],
            totals={keys[key]: Sum(**one) for key, one in content["totals"].items() if key in keys},
            numbers={
                reports[code]: number
                for code, number in content["versions"].items()
                if code in reports
            },
            missing=frozenset(reports[code] for code in content["missing"] if code in reports),
            closed_at=closed.closed_at,
            closed_words=closed.closed_words,
            sha256=closed.sha256,
        )
    came = reported(post, row, now=now)
    accepted = reports_below(post, row).filter(accepted_number__isnull=False)
    return Stand(
        owed=came.owed,
        sent=came.sent,
        accepted=came.accepted,
        totals=totals_of(post, row),
        numbers={pk: number or 0 for pk, number in accepted.values_list("pk", "accepted_number")},
        missing=frozenset(missing_reports(post, row).values_list("pk", flat=True)),
    )


def reports_below(post: Post, round_: Round) -> QuerySet[Report]:
    """รายงานของทุกแห่งใต้หน่วยงานนี้ในรอบนี้, in the order of the tree; not the asker's own."""
    return (
        reports_seen_by(post)
        .filter(round=round_)
        .exclude(organisation=house_of(post))
        .order_by("organisation__path")
    )


def missing_houses(post: Post, stand: Stand) -> list[Organisation]:
    """หน่วยงานที่ยังไม่รายงาน of that stand, in the order of the dictionary."""
    rows = Report.objects.filter(pk__in=stand.missing).values("organisation")
    return list(Organisation.objects.filter(pk__in=rows).order_by("sort_key", "pk"))


def told_versions(post: Post, stand: Stand) -> Iterator[tuple[int, SentReport]]:
    """ฉบับของรายงานที่อยู่ในยอด, by report, some hundreds at a time; first accepted first."""
    keys = sorted(stand.numbers)
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        for version in SentReport.objects.filter(report__in=part).order_by("sent_at", "pk"):
            if version.number == stand.numbers[version.report_id]:
                yield version.report_id, version


def sum_of_answer(told: Mapping[str, Any]) -> Sum:
    """คำตอบของหน่วยงานหนึ่งเป็นยอด, as it is added up."""
    standing = told.get("standing")
    if standing == "none":
        return Sum(none=1)
    if standing == "not_applicable":
        return Sum(not_applicable=1)
    value = told.get("value_milli")
    if standing != "given" or value is None:
        return Sum()
    return Sum(given=1, sum_milli=value, of_milli=told.get("of_milli") or 0, most_milli=value)
