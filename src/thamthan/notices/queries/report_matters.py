"""What a notice has to know of a report, looked up for many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from thamthan.directives.queries.secrecy import secret_orders
from thamthan.directives.rules import OrderState
from thamthan.notices.models import Notice
from thamthan.notices.queries.slices import slices
from thamthan.notices.rules import LADDER, NoticeKind, is_digested
from thamthan.notices.rules.report_words import ReportNamed
from thamthan.organisations.models import Post
from thamthan.records.models import HistoryEntry
from thamthan.records.rules import Verb
from thamthan.reports.models import Consolidation, Proposal, Report, Round
from thamthan.reports.rules import OWED, ProposalState, ReportState
from thamthan.thai.correspondence import Urgency

REPORT = Report._meta.label_lower
ROUND = Round._meta.label_lower
PROPOSAL = Proposal._meta.label_lower


def told_reports() -> QuerySet[Report]:
    """รายงานที่บอกได้: none of a letter that is secret, also where it was classed later."""
    return Report.objects.exclude(handing__order__in=secret_orders().values("pk"))


def repeating_reports() -> QuerySet[Report]:
    """รายงานของรอบที่ซ้ำ: their task never moves, so nothing but the report itself tells of them."""
    return told_reports().exclude(round__obligation__due_rule="")


def asked_reports() -> QuerySet[Report]:
    """รายงานของรอบที่ซ้ำซึ่งยังรอ: not of an order or round that is closed, or a total closed."""
    closed = Consolidation.objects.filter(
        round=OuterRef("round"), organisation=OuterRef("giver"), closed_at__isnull=False
    )
    return (
        repeating_reports()
        .filter(~Exists(closed), round__closed_at=None, round__obligation__dropped_at=None)
        .exclude(round__root__state=OrderState.CLOSED)
    )


def owed_reports(*, now: datetime) -> QuerySet[Report]:
    """รายงานที่ต้องส่ง, of those that open later none yet."""
    return asked_reports().filter(Q(opens_at=None) | Q(opens_at__lte=now), state__in=OWED)


@dataclass(frozen=True, slots=True)
class ReportMatter:
    """รายงานของหน่วยงานหนึ่ง, as its notices tell it; due in local time."""

    report: int
    round: int
    order: int
    organisation: int
    giver: int
    state: str
    returns: int
    return_words: str
    accepted_number: int | None
    is_urgent: bool
    named: ReportNamed

    @property
    def due_on(self) -> date | None:
        return self.named.due_at.date() if self.named.due_at else None

    @property
    def about(self) -> tuple[str, int]:
        return REPORT, self.report

    def is_urgent_as(self, kind: NoticeKind) -> bool:
        """What the calendar brings month after month waits for its hour, however urgent."""
        return self.is_urgent and not is_digested(kind)


def matters_of_reports(reports: QuerySet[Report]) -> dict[int, ReportMatter]:
    """เรื่องของรายงานเหล่านี้, by report, in the order in which they fall due."""
    rows = reports.order_by("due_at", "pk").values_list(
        "pk", "round_id", "handing__order_id", "organisation_id", "giver_id", "giver__name",
        "state", "returns", "return_words", "accepted_number", "due_at",
        "round__number", "round__root__title", "round__obligation__due_rule",
        "handing__order__sent__urgency", "round__root__letter__urgency",
    )  # fmt: skip
    found = {}
    for (
        pk, round_, order, organisation, giver, giver_name, state, returns, return_words, accepted,
        due_at, number, title, rule, *urgencies,
    ) in rows:  # fmt: skip
        found[pk] = ReportMatter(
            report=pk,
            round=round_,
            order=order,
            organisation=organisation,
            giver=giver,
            state=state,
            returns=returns,
            return_words=return_words,
            accepted_number=accepted,
            is_urgent=Urgency.MOST_URGENT in urgencies,
            named=ReportNamed(
                title=title,
                number=number if rule else 0,
                giver=giver_name if giver != organisation else "",
                due_at=timezone.localtime(due_at) if due_at else None,
            ),
        )
    return found


def speakers_of(verb: Verb, rows: Iterable[int], *, kind: str) -> dict[int, int | None]:
    """ผู้กระทำครั้งล่าสุด: the person who did this last to each of these rows."""
    posts: dict[int, int] = {}
    for some in slices(rows):
        entries = HistoryEntry.objects.filter(
            row_kind=kind,
            row_id__in=some,
            verb=verb,
            post_id__isnull=False,
        )
        for row, post in entries.order_by("at", "pk").values_list("row_id", "post_id"):
            if post is not None:
                posts[row] = post
    people = dict(Post.objects.filter(pk__in=set(posts.values())).values_list("pk", "person_id"))
    return {row: people.get(post) for row, post in posts.items()}


def stale_of_reports(notices: Sequence[Notice], *, now: datetime) -> set[int]:
    """แจ้งเตือนของรายงานที่ไม่เป็นความจริงแล้ว: sent since, mended, decided, closed, or another day."""
    about: dict[str, list[Notice]] = {REPORT: [], ROUND: [], PROPOSAL: []}
    for one in notices:
        if one.about_kind in about:
            about[one.about_kind].append(one)
    return (
        _stale_reports(about[REPORT], now=now)
        | _stale_rounds(about[ROUND], now=now)
        | _stale_but_for(
            waiting_proposals(), [one for one in about[PROPOSAL] if one.kind == NoticeKind.PROPOSED]
        )
    )


def _stale_reports(notices: Sequence[Notice], *, now: datetime) -> set[int]:
    called = [one for one in notices if one.kind in LADDER | {NoticeKind.ROUND_OPENED}]
    returned = [one for one in notices if one.kind == NoticeKind.RETURNED]
    stale = _stale_but_for(Report.objects.filter(state=ReportState.RETURNED), returned)
    if called:
        owed = owed_reports(now=now).filter(pk__in={one.about_id for one in called})
        due = {pk: (state, at) for pk, state, at in owed.values_list("pk", "state", "due_at")}
        stale |= {one.pk for one in called if not _is_called_for(one, due.get(one.about_id or 0))}
    return stale


def _stale_but_for(
    rows: QuerySet[Report] | QuerySet[Proposal], notices: Sequence[Notice]
) -> set[int]:
    if not notices:
        return set()
    still = set(rows.filter(pk__in={one.about_id for one in notices}).values_list("pk", flat=True))
    return {one.pk for one in notices if one.about_id not in still}


def _is_called_for(notice: Notice, owed: tuple[str, datetime | None] | None) -> bool:
    if owed is None:
        return False
    state, due_at = owed
    if notice.kind == NoticeKind.LATE and state != ReportState.OPEN:
        return False
    if due_at is None or notice.due_on is None:
        return due_at is None and notice.due_on is None
    return timezone.localdate(due_at) <= notice.due_on


def _stale_rounds(notices: Sequence[Notice], *, now: datetime) -> set[int]:
    if not notices:
        return set()
    late = owed_reports(now=now).filter(
        round__in={one.about_id for one in notices}, state=ReportState.OPEN, due_at__lt=now
    )
    still = set(late.values_list("round_id", "giver_id").order_by().distinct())
    return {one.pk for one in notices if (one.about_id or 0, one.post.organisation_id) not in still}


def told_proposals() -> QuerySet[Proposal]:
    """รายงานที่เสนอซึ่งบอกได้."""
    return Proposal.objects.exclude(report__handing__order__in=secret_orders().values("pk"))


def waiting_proposals() -> QuerySet[Proposal]:
    """รายงานที่รอเห็นชอบ and can still be sent."""
    return (
        told_proposals()
        .filter(state=ProposalState.WAITING, report__round__closed_at=None)
        .exclude(report__round__root__state=OrderState.CLOSED)
    )


def decided_proposals(since: datetime) -> QuerySet[Proposal]:
    """รายงานที่เห็นชอบแล้วหรือให้แก้ไข since then; what was withdrawn tells nothing."""
    decided = {ProposalState.AGREED, ProposalState.RETURNED}
    return told_proposals().filter(state__in=decided, decided_at__gte=since)


def untold(
    reports: QuerySet[Report], kind: NoticeKind, *, numbered: str = ""
) -> dict[int, ReportMatter]:
    """รายงานเหล่านี้ที่ยังไม่มีใครได้รับแจ้ง; `numbered`, what a later time is told anew by."""
    number = F(numbered) if numbered else Value(0)
    numbers: dict[int, int] = dict(reports.order_by().values_list("pk", number))
    told = told_of([kind], numbers, kind=REPORT)
    return matters_by_key(pk for pk, last in numbers.items() if pk not in told or told[pk] < last)


def matters_by_key(reports: Iterable[int]) -> dict[int, ReportMatter]:
    """เรื่องของรายงานเหล่านี้ that may be told of, however many they are."""
    found: dict[int, ReportMatter] = {}
    for some in slices(reports):
        found |= matters_of_reports(told_reports().filter(pk__in=some))
    return found


def told_of(
    kinds: Sequence[NoticeKind], rows: Iterable[int], *, kind: str, since: datetime | None = None
) -> dict[int, int]:
    """แถวเหล่านี้ที่แจ้งแล้ว, each with the highest number told of it.

    By their keys and not in one question with them: a planner that knows nothing yet of notices
    just made would read all of them for each row.
    """
    found: dict[int, int] = {}
    for some in slices(rows):
        notices = Notice.objects.filter(about_kind=kind, about_id__in=some, kind__in=kinds)
        if since is not None:
            notices = notices.filter(made_at__gte=since)
        for row, number in notices.order_by().values_list("about_id", "last_remark"):
            if row is not None:
                found[row] = max(found.get(row, 0), number or 0)
    return found


def accepted_reports(since: datetime) -> dict[int, ReportMatter]:
    """รายงานของรอบที่ซ้ำซึ่งรับรองแล้ว since then, that nobody was told of yet."""
    accepted = repeating_reports().filter(state=ReportState.ACCEPTED, accepted_at__gte=since)
    return untold(accepted, NoticeKind.ACCEPTED, numbered="accepted_number")


def returned_reports() -> dict[int, ReportMatter]:
    """รายงานของรอบที่ซ้ำซึ่งถูกส่งกลับ, that nobody was told of this time."""
    returned = repeating_reports().filter(state=ReportState.RETURNED, round__closed_at=None)
    return untold(returned, NoticeKind.RETURNED, numbered="returns")


def opened_reports(since: datetime, *, now: datetime) -> dict[int, ReportMatter]:
    """รายงานที่เปิดรับ since then: those of rounds that opened, and of houses that came to the matter.

    Two questions, as each has an index and both together have none. What is due already is late
    and not new.
    """
    owed = owed_reports(now=now).filter(Q(due_at=None) | Q(due_at__gte=now), state=ReportState.OPEN)
    since_on, today = timezone.localdate(since), timezone.localdate(now)
    opens = Q(opens_on__gte=since_on, opens_on__lte=today)
    rounds = Round.objects.filter(opens | Q(made_at__gte=since)).exclude(obligation__due_rule="")
    # A house that took up its own matter knows of its first round.
    first = Q(round__number=1, organisation=F("giver"))
    of_rounds = owed.filter(round__in=list(rounds.values_list("pk", flat=True))).exclude(first)
    of_houses = owed.filter(handing__handed_at__gte=since).exclude(first)
    kind = NoticeKind.ROUND_OPENED
    return untold(of_rounds, kind) | untold(of_houses, kind)
