"""Notices of reports that no task tells of: rounds that repeat, and what waits for agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from thamthan.notices.actions.recipients import People, people_of
from thamthan.notices.actions.telling import notices_to
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
    speakers_of,
    told_of,
    waiting_proposals,
)
from thamthan.notices.queries.slices import slices
from thamthan.notices.rules import (
    Holder,
    NoticeKind,
    proposal_words,
    report_said_words,
    round_opened_words,
)
from thamthan.records.rules import Verb
from thamthan.reports.models import Agreement, Proposal
from thamthan.reports.rules import Agrees, ProposalState


@dataclass(frozen=True, slots=True)
class _Told:
    """What a house's desk is told of its report; of `number`, a later one is told anew."""

    kind: NoticeKind
    matter: ReportMatter
    cause: str
    words: str
    done_by: int | None
    number: int | None = None


def told_of_rounds(since: datetime, *, now: datetime) -> Iterator[Notice]:
    """รอบที่ซ้ำ: a round that opened, a report sent back, one accepted; each to its house's desk."""
    found = [*_opened(since, now=now), *_returned(), *_accepted(since)]
    people = people_of((one.matter.organisation for one in found), today=timezone.localdate(now))
    for one in found:
        yield from notices_to(
            people.at_desk(one.matter.organisation),
            one.kind,
            one.matter,
            cause=one.cause,
            words=one.words,
            now=now,
            done_by={one.done_by},
            due_on=one.matter.due_on,
            last_remark=one.number,
        )


def told_of_proposals(since: datetime, *, now: datetime) -> Iterator[Notice]:
    """เห็นชอบก่อนส่ง: what waits, to whoever agrees; what was decided, to whoever proposed it."""
    yield from _proposed(now=now)
    yield from _decided(since, now=now)


def _opened(since: datetime, *, now: datetime) -> Iterator[_Told]:
    matters = opened_reports(since, now=now)
    openers = speakers_of(Verb.ROUND_OPENED, (one.round for one in matters.values()), kind=ROUND)
    for pk, one in matters.items():
        words = round_opened_words(one.named)
        by = openers.get(one.round)
        yield _Told(NoticeKind.ROUND_OPENED, one, f"round_opened:{pk}", words, by)


def _returned() -> Iterator[_Told]:
    matters = returned_reports()
    speakers = speakers_of(Verb.REPORT_RETURNED, matters, kind=REPORT)
    kind = NoticeKind.RETURNED
    for pk, one in matters.items():
        words = report_said_words(kind, one.named, said=one.return_words or "ดูหมายเหตุในรายงาน")
        cause = f"{kind.value}:report:{pk}:{one.returns}"
        yield _Told(kind, one, cause, words, speakers.get(pk), one.returns)


def _accepted(since: datetime) -> Iterator[_Told]:
    matters = accepted_reports(since)
    speakers = speakers_of(Verb.REPORT_ACCEPTED, matters, kind=REPORT)
    kind = NoticeKind.ACCEPTED
    for pk, one in matters.items():
        words = report_said_words(kind, one.named)
        cause = f"{kind.value}:report:{pk}:{one.accepted_number}"
        yield _Told(kind, one, cause, words, speakers.get(pk), one.accepted_number)


def _proposed(*, now: datetime) -> Iterator[Notice]:
    kind = NoticeKind.PROPOSED
    rows = _untold(waiting_proposals(), kind)
    matters = matters_by_key(one.report_id for one in rows)
    houses = {one.organisation for one in matters.values()}
    people = people_of(houses, today=timezone.localdate(now))
    agreements = dict(
        Agreement.objects.filter(organisation__in=houses).values_list("organisation_id", "agrees")
    )
    for proposal in rows:
        matter = matters.get(proposal.report_id)
        if matter is None:
            continue
        agrees = agreements.get(matter.organisation, Agrees.NOBODY)
        who = proposal.proposed_by.person
        words = proposal_words(kind, matter.named, who=who.name if who is not None else "")
        told = people.who_decide(matter.organisation, agrees)
        by = proposal.proposed_by.person_id
        yield from _of_proposal(told, kind, proposal, matter, words=words, now=now, done_by=by)


def _decided(since: datetime, *, now: datetime) -> Iterator[Notice]:
    rows = _untold(decided_proposals(since), NoticeKind.AGREED, NoticeKind.NOT_AGREED)
    matters = matters_by_key(one.report_id for one in rows)
    houses = {one.organisation for one in matters.values()}
    houses |= {one.proposed_by.organisation_id for one in rows}
    people = people_of(houses, today=timezone.localdate(now))
    sent_by = speakers_of(Verb.REPORT_SENT, matters, kind=REPORT)
    not_agreed_by = speakers_of(Verb.REPORT_NOT_AGREED, matters, kind=REPORT)
    for proposal in rows:
        matter = matters.get(proposal.report_id)
        if matter is None:
            continue
        is_agreed = proposal.state == ProposalState.AGREED
        kind = NoticeKind.AGREED if is_agreed else NoticeKind.NOT_AGREED
        by = (sent_by if is_agreed else not_agreed_by).get(matter.report)
        words = proposal_words(kind, matter.named, said=proposal.note)
        told = _proposers(proposal, matter, people)
        yield from _of_proposal(told, kind, proposal, matter, words=words, now=now, done_by=by)


def _proposers(proposal: Proposal, matter: ReportMatter, people: People) -> list[Holder]:
    """Whoever proposed; the desk of their house where they are there no more."""
    post = proposal.proposed_by
    there = people.in_post(post.pk, post.organisation_id)
    return [there] if there is not None else people.at_desk(matter.organisation)


def _of_proposal(
    holders: list[Holder], kind: NoticeKind, proposal: Proposal, matter: ReportMatter, *,
    words: str, now: datetime, done_by: int | None,
) -> Iterator[Notice]:  # fmt: skip
    return notices_to(
        holders,
        kind,
        matter,
        cause=f"{kind.value}:{proposal.pk}",
        words=words,
        now=now,
        about=(PROPOSAL, proposal.pk),
        done_by={done_by},
        due_on=matter.due_on,
    )


def _untold(proposals: QuerySet[Proposal], *kinds: NoticeKind) -> list[Proposal]:
    keys = set(proposals.order_by().values_list("pk", flat=True))
    fresh = keys - told_of(kinds, keys, kind=PROPOSAL).keys()
    rows: list[Proposal] = []
    for some in slices(fresh):
        # What was put up is a whole report and is not needed to tell of it.
        found = Proposal.objects.filter(pk__in=some).defer("content").order_by("pk")
        rows += found.select_related("proposed_by__person")
    return rows
