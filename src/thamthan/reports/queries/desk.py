"""What of reports lies on the desk: one's own that are owed, and those that wait to be judged."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, Window

from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.reports.models import Report, Round
from thamthan.reports.queries.doors import own_reports, rounds_seen_by
from thamthan.reports.queries.dues import DueLine, due_line
from thamthan.reports.rules import OWED, ReportState

# So many stand on the desk; the page of each holds the rest.
MOST_ON_DESK = 5


@dataclass(frozen=True, slots=True)
class ReportsOnDesk:
    """รายงานบนโต๊ะ: the nearest of those that are owed, and the rounds with reports to judge.

    The counts are of all of them, also of those beyond `MOST_ON_DESK`.
    """

    owed: tuple[tuple[Report, DueLine], ...] = ()
    owed_count: int = 0
    returned_count: int = 0
    judging: tuple[tuple[Round, int], ...] = ()
    judging_count: int = 0


def reports_on_desk(post: Post, *, now: datetime) -> ReportsOnDesk:
    """รายงานที่ต้องส่งและที่รอพิจารณา of this post's house; not what opens later.

    Those to judge are for whoever may accept them.
    """
    owed = own_reports(post).filter(Q(opens_at=None) | Q(opens_at__lte=now), state__in=OWED)
    nearest = list(
        owed.annotate(
            every=Window(Count("pk")),
            returned_too=Window(Count("pk", filter=Q(state=ReportState.RETURNED))),
        ).order_by(F("due_at").asc(nulls_last=True), "pk")[:MOST_ON_DESK]
    )
    judging = _judging(post)
    return ReportsOnDesk(
        owed=tuple((each, due_line(post, each, now=now)) for each in nearest),
        owed_count=nearest[0].every if nearest else 0,
        returned_count=nearest[0].returned_too if nearest else 0,
        judging=judging[:MOST_ON_DESK],
        judging_count=sum(count for _, count in judging),
    )


def _judging(post: Post) -> tuple[tuple[Round, int], ...]:
    """The rounds in which reports wait for this house, those that waited longest first."""
    if not post.has_duty(Duty.ORDER):
        return ()
    waiting = (
        Report.objects.filter(giver__path=post.organisation.house_path, state=ReportState.SUBMITTED)
        .order_by()
        .values_list("round")
        .annotate(Count("pk"))
    )
    counts: dict[int, int] = dict(waiting)
    if not counts:
        return ()
    rounds = rounds_seen_by(post).filter(pk__in=counts).order_by("due_on", "pk")
    return tuple((each, counts[each.pk]) for each in rounds)
