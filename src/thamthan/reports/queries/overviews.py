"""ภาพรวมของรอบ: who came, who is missing and what it comes to, asked once for a whole page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet

from thamthan.organisations.models import Post
from thamthan.reports.models import Report, Round, SentReport
from thamthan.reports.queries.doors import reports_of_round
from thamthan.reports.queries.totals import (
    Reported,
    missing_reports,
    reported,
    totals_of_seen,
)
from thamthan.reports.rules import ReportState, Sum

# So many are told by name; nobody reads more.
MOST_NAMED = 40
# So few are read as a whole, with what they sent: a district reads them, a province does not.
MOST_IN_HAND = 60
_MISSING = frozenset({ReportState.OPEN, ReportState.RETURNED})


@dataclass(frozen=True, slots=True)
class Overview:
    """ภาพรวมของรอบรายงาน of one house: who came, the first of who is missing, the totals.

    `reports` are those that are seen, for whoever asks on: the door was asked once. `in_hand` are
    the reports of the houses below themselves, where they are few, and `versions` what these sent.
    """

    reports: QuerySet[Report]
    in_hand: tuple[Report, ...] | None
    versions: Mapping[tuple[int, int], SentReport]
    came: Reported
    missing: tuple[Report, ...]
    totals: Mapping[int, Sum]


def overview_of(post: Post, round_: Round, *, now: datetime) -> Overview:
    """ภาพรวมของรอบ, of the houses below this post's; the round came through its door."""
    seen = reports_of_round(post, round_)
    totals = totals_of_seen(post, round_)
    below = seen.exclude(organisation__path=post.organisation.house_path)
    in_hand = tuple(below.order_by("pk")[: MOST_IN_HAND + 1])
    if len(in_hand) <= MOST_IN_HAND:
        sent = SentReport.objects.filter(report__in=in_hand).order_by("sent_at", "pk")
        versions = {(each.report_id, each.number): each for each in sent}
        missing = tuple(sorted(filter(_is_missing, in_hand), key=_longest_first))
        return Overview(seen, in_hand, versions, Reported.of(in_hand, now=now), missing, totals)
    came = reported(post, round_, now=now, among=seen)
    found = missing_reports(post, round_, among=seen)[: MOST_NAMED + 1]
    missing = tuple(found) if came.owed > came.sent else ()
    return Overview(seen, None, {}, came, missing, totals)


def _is_missing(report: Report) -> bool:
    return report.state in _MISSING


def _longest_first(report: Report) -> tuple[bool, datetime, str, int]:
    """In the order of `missing_reports`; one without a due time stands last."""
    due_at = report.due_at
    never = datetime.max.replace(tzinfo=UTC)
    return due_at is None, due_at or never, report.organisation.sort_key, report.pk
