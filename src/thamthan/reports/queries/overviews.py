"""ภาพรวมของรอบ: who came, who is missing and what it comes to, asked once for a whole page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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
from thamthan.reports.rules import Sum

# So many are told by name; nobody reads more.
MOST_NAMED = 40
# So few are read as a whole, with what they sent: a district reads them, a province does not.
MOST_IN_HAND = 60


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
    came = reported(post, round_, now=now, among=seen)
    in_hand, versions = None, {}
    if came.owed <= MOST_IN_HAND:
        in_hand = tuple(seen.exclude(organisation__path=post.organisation.house_path))
        sent = SentReport.objects.filter(report__in=in_hand).order_by("sent_at", "pk")
        versions = {(each.report_id, each.number): each for each in sent}
    missing: tuple[Report, ...] = ()
    if came.owed > came.sent:
        missing = tuple(missing_reports(post, round_, among=seen)[: MOST_NAMED + 1])
    totals = totals_of_seen(post, round_)
    return Overview(seen, in_hand, versions, came, missing, totals)
