"""How far a letter has come with each of its receivers; whom it may be sent to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from thamthan.errors import NotFound
from thamthan.letters.models import Letter, RecipientGroup, Sending
from thamthan.letters.queries.letters import (
    check_seen,
    letters_seen_by,
)
from thamthan.letters.rules import (
    Direction,
    LetterState,
    SendingCount,
    SendingState,
    SendingWay,
    counted,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import below_house, in_dictionary_order, next_below
from thamthan.organisations.rules import Level
from thamthan.records.queries import history_of
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze


def sendings_of(
    post: Post, letter: Letter, *, state: str = "", way: str = "", text: str = ""
) -> QuerySet[Sending]:
    """การส่งของหนังสือฉบับหนึ่ง, of one's own house's letter; in the order of being prepared."""
    rows = check_seen(post, letter).sendings.select_related("organisation", "proof")
    if state in SendingState.values:
        rows = rows.filter(state=state)
    if way in SendingWay.values:
        rows = rows.filter(way=way)
    words = squeeze(text).replace("\x00", "")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(receipt__icontains=words))
    return rows.order_by("pk")


def sending_for(post: Post, letter: Letter, pk: int) -> Sending:
    """การส่งหนึ่งรายการ."""
    found = sendings_of(post, letter).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบรายการส่งนี้")
    return found


def sending_count(post: Post, letter: Letter) -> SendingCount:
    """นับการส่งของหนังสือฉบับหนึ่ง by state."""
    rows = sendings_of(post, letter).order_by().values_list("state").annotate(Count("pk"))
    return counted(list(rows))


def sent_letters(post: Post, *, text: str = "") -> QuerySet[Letter]:
    """หนังสือส่งของหน่วยงาน with the counts of its sendings, the newest first."""
    rows = letters_seen_by(post).filter(
        direction=Direction.SENT, state__in=[LetterState.SENT, LetterState.CANCELLED]
    )
    words = squeeze(text).replace("\x00", "")
    if words:
        rows = rows.filter(Q(subject__icontains=words) | Q(number__icontains=words))
    return rows.annotate(
        sent_to=Count("sendings"),
        taken=Count("sendings", filter=Q(sendings__state=SendingState.RECEIVED)),
        came_back=Count("sendings", filter=Q(sendings__state=SendingState.RETURNED)),
    ).order_by("-received_at", "-pk")


def incoming_of(post: Post, letter: Letter) -> Sending | None:
    """การส่งที่ทำให้หนังสือนี้มาถึง, where it came within this installation; else None."""
    return Sending.objects.filter(incoming=check_seen(post, letter)).first()


def is_written_here(post: Post, letter: Letter) -> bool:
    """Whether this letter was written within this installation, so that every word is known."""
    return incoming_of(post, letter) is not None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """การยกเลิกของผู้ส่ง: when the number of a sent letter was cancelled, and why."""

    at: datetime
    reason: str


def withdrawal_of(post: Post, letter: Letter) -> Withdrawal | None:
    """ผู้ส่งยกเลิกหนังสือฉบับนี้หรือไม่: of a letter that the house sent, or that came to it within
    this installation. Of the sender's registry nothing else is told.
    """
    sent = seen = check_seen(post, letter)
    if seen.direction != Direction.SENT:
        sending = Sending.objects.filter(incoming=seen).select_related("letter").first()
        if sending is None:
            return None
        sent = sending.letter
    if sent.state != LetterState.CANCELLED:
        return None
    said = history_of(sent).filter(verb=Verb.NUMBER_CANCELLED).latest("at", "pk")
    return Withdrawal(at=said.at, reason=said.note)


def groups_of(post: Post) -> QuerySet[RecipientGroup]:
    """กลุ่มผู้รับของหน่วยงาน, by name."""
    return RecipientGroup.objects.filter(organisation__path=post.organisation.house_path).annotate(
        count=Count("members")
    )


def group_for(post: Post, pk: int) -> RecipientGroup:
    """กลุ่มผู้รับหนึ่งกลุ่ม."""
    found = groups_of(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบกลุ่มผู้รับนี้")
    return found


def local_governments_below(post: Post) -> QuerySet[Organisation]:
    """อปท. ทุกแห่งในสังกัด of this post's house, at every depth, without those closed."""
    return below_house(post).filter(level=Level.LAO, closed_on=None)


def directly_below(post: Post) -> QuerySet[Organisation]:
    """หน่วยงานชั้นถัดลงไป (จังหวัด อำเภอ), without divisions and those closed.

    Of a department (กรม) those of its ministry, without the other departments.
    """
    return in_dictionary_order(next_below(post).filter(closed_on=None))


def nearest_offices(post: Post) -> QuerySet[Organisation]:
    """หน่วยงานเหนือขึ้นไปและหน่วยงานอื่นในสังกัดเดียวกัน: whom an office with none below writes to."""
    house = Organisation.objects.get(path=post.organisation.house_path)
    beside = Organisation.objects.filter(
        Q(parent=house.parent_id) | Q(pk=house.parent_id), closed_on=None
    )
    return in_dictionary_order(beside.exclude(pk=house.pk).exclude(level=Level.DIVISION))


def may_receive(post: Post, codes: Sequence[str]) -> QuerySet[Organisation]:
    """หน่วยงานที่รับหนังสือได้ among these codes: any house of this installation but one's own."""
    return (
        Organisation.objects.filter(code__in=codes, closed_on=None)
        .exclude(level=Level.DIVISION)
        .exclude(path=post.organisation.house_path)
    )
