"""Notices of reports that no task tells of: rounds that repeat, and what waits for agreement."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from thamthan.notices.actions.recipients import People, people_of
from thamthan.notices.models import Notice
from thamthan.notices.queries.report_matters import (
    PROPOSAL,
    REPORT,
    ROUND,
    ReportMatter,
    accepted_reports,
    decided_proposals,
    matters_by_key,
    opened_reports,
    returned_reports,
    slices,
    speakers_of,
    told_of,
    waiting_proposals,
)
from thamthan.notices.rules import (
    Holder,
    NoticeKind,
    is_digested,
    proposal_words,
    report_said_words,
    round_opened_words,
)
from thamthan.records.rules import Verb
from thamthan.reports.models import Agreement, Proposal
from thamthan.reports.rules import Agrees, ProposalState


def notice_of_report(
    kind: NoticeKind, matter: ReportMatter, holder: Holder, *, cause: str, words: str,
    now: datetime, **more: object,
) -> Notice:  # fmt: skip
    """A notice of a report to one person, not kept yet."""
    return Notice(
        kind=kind,
        post_id=holder.post,
        person_id=holder.person,
        cause=cause,
        words=words,
        order_id=matter.order,
        about_kind=REPORT,
        about_id=matter.report,
        due_on=matter.due_on,
        # What the calendar brings month after month waits for its hour, however urgent the letter.
        is_urgent=matter.is_urgent and not is_digested(kind),
        made_at=now,
        **more,
    )


def told_of_rounds(since: datetime, *, now: datetime) -> Iterator[Notice]:
    """รอบที่ซ้ำ: a round that opened, a report sent back, one accepted; each to its house's desk."""
    yield from _opened(since, now=now)
    yield from _returned(now=now)
    yield from _accepted(since, now=now)


def told_of_proposals(since: datetime, *, now: datetime) -> Iterator[Notice]:
    """เห็นชอบก่อนส่ง: what waits, to whoever agrees; what was decided, to whoever proposed it."""
    yield from _proposed(now=now)
    yield from _decided(since, now=now)


def _opened(since: datetime, *, now: datetime) -> Iterator[Notice]:
    matters = opened_reports(since, now=now)
    openers = speakers_of(Verb.ROUND_OPENED, (one.round for one in matters.values()), kind=ROUND)
    people = _people(matters.values(), now=now)
    for matter in matters.values():
        for holder in people.at_desk(matter.organisation):
            if holder.person == openers.get(matter.round):
                continue
            yield notice_of_report(
                NoticeKind.ROUND_OPENED,
                matter,
                holder,
                cause=f"round_opened:{matter.report}",
                words=round_opened_words(matter.named),
                now=now,
            )


def _returned(*, now: datetime) -> Iterator[Notice]:
    matters = returned_reports()
    speakers = speakers_of(Verb.REPORT_RETURNED, matters, kind=REPORT)
    people = _people(matters.values(), now=now)
    kind = NoticeKind.RETURNED
    for pk, matter in matters.items():
        note = matter.return_words or "ดูหมายเหตุในรายงาน"
        words = report_said_words(kind, matter.named, said=note)
        for holder in people.at_desk(matter.organisation):
            if holder.person == speakers.get(pk):
                continue
            yield notice_of_report(
                kind,
                matter,
                holder,
                cause=f"{kind.value}:report:{pk}:{matter.returns}",
                words=words,
                now=now,
                last_remark=matter.returns,
            )


def _accepted(since: datetime, *, now: datetime) -> Iterator[Notice]:
    matters = accepted_reports(since)
    speakers = speakers_of(Verb.REPORT_ACCEPTED, matters, kind=REPORT)
    people = _people(matters.values(), now=now)
    kind = NoticeKind.ACCEPTED
    for pk, matter in matters.items():
        words = report_said_words(kind, matter.named)
        for holder in people.at_desk(matter.organisation):
            if holder.person == speakers.get(pk):
                continue
            yield notice_of_report(
                kind,
                matter,
                holder,
                cause=f"{kind.value}:report:{pk}:{matter.accepted_number}",
                words=words,
                now=now,
                last_remark=matter.accepted_number,
            )


def _proposed(*, now: datetime) -> Iterator[Notice]:
    kind = NoticeKind.PROPOSED
    rows = _untold(waiting_proposals(), kind)
    matters = _of_proposals(rows)
    houses = {one.organisation for one in matters.values()}
    people = _people(matters.values(), now=now)
    agreements = dict(
        Agreement.objects.filter(organisation__in=houses).values_list("organisation_id", "agrees")
    )
    for proposal in rows:
        matter = matters.get(proposal.report_id)
        if matter is None:
            continue
        agrees = agreements.get(matter.organisation, Agrees.NOBODY)
        # Put up while agreement was wanted: the head of the house decides, also when it is no more.
        wanted = Agrees.EXECUTIVE if agrees == Agrees.NOBODY else agrees
        who = proposal.proposed_by.person
        words = proposal_words(kind, matter.named, who=who.name if who is not None else "")
        for holder in people.who_agree(matter.organisation, wanted):
            if who is None or holder.person != who.pk:
                yield _of_proposal(kind, proposal, matter, holder, words=words, now=now)


def _decided(since: datetime, *, now: datetime) -> Iterator[Notice]:
    rows = _untold(decided_proposals(since), NoticeKind.AGREED, NoticeKind.NOT_AGREED)
    matters = _of_proposals(rows)
    houses = {one.organisation for one in matters.values()}
    people = people_of(houses | {one.proposed_by.organisation_id for one in rows}, today=_day(now))
    sent_by = speakers_of(Verb.REPORT_SENT, matters, kind=REPORT)
    not_agreed_by = speakers_of(Verb.REPORT_NOT_AGREED, matters, kind=REPORT)
    for proposal in rows:
        matter = matters.get(proposal.report_id)
        if matter is None:
            continue
        is_agreed = proposal.state == ProposalState.AGREED
        kind = NoticeKind.AGREED if is_agreed else NoticeKind.NOT_AGREED
        decider = (sent_by if is_agreed else not_agreed_by).get(matter.report)
        words = proposal_words(kind, matter.named, said=proposal.note)
        for holder in _proposers(proposal, matter, people):
            if holder.person != decider:
                yield _of_proposal(kind, proposal, matter, holder, words=words, now=now)


def _proposers(proposal: Proposal, matter: ReportMatter, people: People) -> list[Holder]:
    """Whoever proposed; the desk of their house where they are there no more."""
    post = proposal.proposed_by
    there = people.in_post(post.pk, post.organisation_id)
    return [there] if there is not None else people.at_desk(matter.organisation)


def _of_proposal(
    kind: NoticeKind, proposal: Proposal, matter: ReportMatter, holder: Holder, *, words: str,
    now: datetime,
) -> Notice:  # fmt: skip
    cause = f"{kind.value}:{proposal.pk}"
    row = notice_of_report(kind, matter, holder, cause=cause, words=words, now=now)
    row.about_kind, row.about_id = PROPOSAL, proposal.pk
    return row


def _untold(proposals: QuerySet[Proposal], *kinds: NoticeKind) -> list[Proposal]:
    keys = set(proposals.order_by().values_list("pk", flat=True))
    fresh = keys - told_of(kinds, keys, kind=PROPOSAL).keys()
    rows: list[Proposal] = []
    for some in slices(fresh):
        # What was put up is a whole report and is not needed to tell of it.
        found = Proposal.objects.filter(pk__in=some).defer("content").order_by("pk")
        rows += found.select_related("proposed_by__person")
    return rows


def _of_proposals(proposals: Iterable[Proposal]) -> dict[int, ReportMatter]:
    return matters_by_key(proposal.report_id for proposal in proposals)


def _people(matters: Iterable[ReportMatter], *, now: datetime) -> People:
    return people_of((one.organisation for one in matters), today=_day(now))


def _day(now: datetime) -> date:
    return timezone.localtime(now).date()
