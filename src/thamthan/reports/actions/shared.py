"""ตัดสินเรื่องที่อาจนับซ้ำ: a person says one event or two; the totals follow, and go back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty, Level
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.consolidation import sum_up
from thamthan.reports.models import Consolidation, Deduction, Report, Round, SharedEvent
from thamthan.reports.queries import (
    ClaimSeen,
    SharedPair,
    overlaps_of,
    shared_event_for,
    shared_pair,
    turned,
)
from thamthan.reports.rules import SharedState

# Digits of a key in the database.
MOST_KEY = 18


@dataclass(frozen=True, slots=True)
class Taken:
    """จำนวนที่ซ้ำของคำถามหนึ่ง, in thousandths; of a share with its part below."""

    value_milli: int
    of_milli: int = 0


@transaction.atomic
def join_events(
    round_: Round,
    mark: str,
    *,
    by: Post,
    counts_first: bool,
    taken: Mapping[int, Taken],
) -> SharedEvent:
    """เรื่องเดียวกัน นับครั้งเดียว: the one counts, the other stands as shared with it.

    `taken` says of each question (by its key in the database) how much stands twice; what it does
    not name stays as it is. Taken out where both first come together, so that each house's own
    report and every other figure stay. Does not check that the numbers are of this event: that is
    what the person said. Refuses where one of both is shared in another decision already.
    """
    _check_judges(by)
    house, consolidation = _locked(round_, _reports_in(mark), by)
    pair = shared_pair(by, round_, mark)
    if not counts_first:
        pair = turned(by, pair)
    counted, shared = pair.one, pair.other
    _check_free(round_, counted, shared)
    possible = {one.question.pk: one for one in overlaps_of(by, round_, shared, counted)}
    for question, amount in taken.items():
        most = possible.get(question)
        if most is None:
            raise Refused("หักได้เฉพาะข้อที่ทั้งสองแห่งมีตัวเลขที่รับรองแล้ว", code="nothing_to_take", status=400)
        if not (
            0 <= amount.value_milli <= most.most_milli
            and 0 <= amount.of_milli <= most.most_of_milli
        ):
            raise Refused(
                f"“{most.question.text}”: จำนวนที่ซ้ำต้องไม่เกินที่แต่ละแห่งรายงาน",
                code="too_much_taken",
                status=400,
            )
    event = _event(round_, house, pair, by=by, state=SharedState.SAME)
    Deduction.objects.bulk_create(
        Deduction(
            event=event,
            consolidation=consolidation,
            question_id=question,
            value_milli=amount.value_milli,
            of_milli=amount.of_milli,
        )
        for question, amount in taken.items()
        if amount.value_milli or amount.of_milli
    )
    sum_up(consolidation)
    record(Verb.EVENT_SHARED, event, by=by, reports=[counted.report.pk, shared.report.pk])
    return event


@transaction.atomic
def part_events(round_: Round, mark: str, *, by: Post) -> SharedEvent:
    """คนละเรื่อง: both stand, and nobody is asked again."""
    _check_judges(by)
    house, _ = _locked(round_, _reports_in(mark), by)
    pair = shared_pair(by, round_, mark)
    event = _event(round_, house, pair, by=by, state=SharedState.APART)
    record(Verb.EVENT_APART, event, by=by, reports=[event.counted_id, event.shared_id])
    return event


@transaction.atomic
def undo_shared_event(round_: Round, pk: int, *, by: Post) -> SharedEvent:
    """ยกเลิกคำตัดสิน: nothing is taken out any more, and the pair is asked again."""
    _check_judges(by)
    seen = shared_event_for(by, round_, pk)
    _, consolidation = _locked(round_, {seen.counted_id, seen.shared_id}, by)
    event = shared_event_for(by, round_, pk)
    event.deductions.all().delete()
    event.state, event.decided_by = SharedState.UNDONE, by
    event.decided_words, event.decided_at = by.words()[:400], timezone.now()
    event.save()
    sum_up(consolidation)
    record(Verb.EVENT_UNDONE, event, by=by, reports=[event.counted_id, event.shared_id])
    return event


def _check_judges(by: Post) -> None:
    if not by.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ตัดสินเรื่องที่นับซ้ำ", code="not_allowed", status=403)


def _reports_in(mark: str) -> set[int]:
    """The reports that a mark names; of one that was made up, none."""
    found = set()
    for part in mark.split("="):
        key = part.split(":", 1)[0]
        if key.isascii() and key.isdigit() and len(key) <= MOST_KEY:
            found.add(int(key))
    return found


def _locked(
    round_: Round, reports: Collection[int], by: Post
) -> tuple[Organisation, Consolidation]:
    """Both reports, then the house's own consolidation, which is there from now on.

    In the order of accepting: whoever accepts one of both meanwhile comes before or after, and
    never sums without what is decided here. A province that judges none itself has its row, too.
    """
    keys = Report.objects.filter(round=round_, pk__in=reports).order_by("pk")
    list(keys.select_for_update(no_key=True).values_list("pk", flat=True))
    house = Organisation.objects.get(path=by.organisation.house_path)
    Consolidation.objects.get_or_create(
        round=round_,
        organisation=house,
        defaults={"province": house if house.level == Level.PROVINCE else None},
    )
    row = Consolidation.objects.select_for_update().get(round=round_, organisation=house)
    return house, row


def _check_free(round_: Round, counted: ClaimSeen, shared: ClaimSeen) -> None:
    """One step only: what counts is shared with nobody, and what is shared counts for nobody."""
    standing = SharedEvent.objects.filter(round=round_, state=SharedState.SAME)
    if standing.filter(shared=counted.report, shared_key=counted.claim.key).exists():
        raise Refused(
            "รายการที่เลือกให้นับถูกหักซ้ำกับรายการอื่นไปแล้ว ให้เลือกอีกรายการ หรือยกเลิกคำตัดสินเดิมก่อน",
            code="shared_already",
        )
    if (
        standing.filter(shared=shared.report, shared_key=shared.claim.key).exists()
        or standing.filter(counted=shared.report, counted_key=shared.claim.key).exists()
    ):
        raise Refused(
            "รายการที่จะหักอยู่ในคำตัดสินอื่นแล้ว ให้เลือกอีกรายการ หรือยกเลิกคำตัดสินเดิมก่อน", code="shared_already"
        )


def _event(
    round_: Round, house: Organisation, pair: SharedPair, *, by: Post, state: SharedState
) -> SharedEvent:
    counted, shared = pair.one, pair.other
    event, _ = SharedEvent.objects.update_or_create(
        round=round_,
        mark=pair.mark,
        defaults={
            "judge": house,
            "state": state,
            "counted": counted.report,
            "counted_key": counted.claim.key,
            "counted_words": counted.claim.words,
            "counted_project": counted.project,
            "shared": shared.report,
            "shared_key": shared.claim.key,
            "shared_words": shared.claim.words,
            "shared_project": shared.project,
            "reasons": [str(reason) for reason in pair.reasons],
            "decided_by": by,
            "decided_words": by.words()[:400],
            "decided_at": timezone.now(),
        },
    )
    return event
