"""One matter as one house has it: what is asked clause by clause, by when and whose day, what was
said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from thamthan.directives.models import (
    Assignment,
    Directive,
    Extension,
    Handing,
    Order,
    OwnDeadline,
    Remark,
)
from thamthan.directives.queries.doors import handings_seen_by
from thamthan.directives.queries.tasks import TaskLine, task_line
from thamthan.directives.rules import CountsFrom, ExtensionState, RemarkKind
from thamthan.errors import NotFound
from thamthan.letters.models import Letter
from thamthan.letters.queries import letters_seen_by
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty, Level

_SAID = {RemarkKind.ANSWER, RemarkKind.NIL, RemarkKind.DECLINE}
_BETWEEN_TWO = (RemarkKind.QUESTION, RemarkKind.REPLY)


@dataclass(frozen=True, slots=True)
class Proposal:
    """ผลที่กองเสนอ: what a division answered to its house."""

    task: Assignment
    text: str


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """ข้อหนึ่งข้อของเรื่อง: the task, the clause above it, whose day holds, and the last answer."""

    line: TaskLine
    pillar: Directive | None
    set_by: str
    answer: Remark | None
    returned: Remark | None
    proposals: tuple[Proposal, ...]

    @property
    def task(self) -> Assignment:
        return self.line.task

    @property
    def proposed(self) -> str:
        """ผลของกอง as a first draft of the house's own, the lead's first."""
        if len(self.proposals) == 1:
            return self.proposals[0].text
        return "\n".join(
            f"{one.task.organisation.short_name}: {one.text}" for one in self.proposals
        )


def clause_lines(post: Post, handing: Handing, *, now: datetime) -> list[ClauseLine]:
    """ข้อทั้งหมดของเรื่องที่มอบ, in the order of the letter."""
    check_handing_seen(post, handing)
    tasks = list(
        handing.assignments.select_related(
            "organisation", "obligation__directive__parent", "obligation__order"
        ).order_by("obligation__order_id", "obligation__position", "pk")
    )
    own_house = handing.organisation.house_path == post.organisation.house_path
    proposals = _proposals(tasks) if own_house else {}
    answers, returns = _last_words(handing)
    days = _days_set(handing)
    return [
        ClauseLine(
            line=task_line(task, now=now),
            pillar=task.obligation.directive.parent if task.obligation.directive else None,
            set_by=days.of(task),
            answer=answers.get(task.pk),
            returned=returns.get(task.pk),
            proposals=tuple(proposals.get(task.pk, ())),
        )
        for task in tasks
    ]


def _last_words(handing: Handing) -> tuple[dict[int, Remark], dict[int, Remark]]:
    """Of each task the newest answer, and the newest word with which it was sent back."""
    answers: dict[int, Remark] = {}
    returns: dict[int, Remark] = {}
    kinds = [*_SAID, RemarkKind.RETURN]
    for remark in handing.remarks.filter(kind__in=kinds).order_by("made_at", "pk"):
        if remark.assignment_id is not None:
            found = returns if remark.kind == RemarkKind.RETURN else answers
            found[remark.assignment_id] = remark
    return answers, returns


def _proposals(tasks: Iterable[Assignment]) -> dict[int, list[Proposal]]:
    below = list(
        Assignment.objects.filter(above__in=[task.pk for task in tasks])
        .select_related("organisation")
        .order_by("-is_lead", "organisation__path")
    )
    said: dict[int | None, str] = {}
    for remark in Remark.objects.filter(
        assignment__in=[one.pk for one in below], kind__in=_SAID
    ).order_by("made_at", "pk"):
        said[remark.assignment_id] = remark.text
    found: dict[int, list[Proposal]] = {}
    for one in below:
        if one.above_id is not None and one.pk in said:
            found.setdefault(one.above_id, []).append(Proposal(one, said[one.pk]))
    return found


@dataclass(frozen=True, slots=True)
class _Days:
    """Who set which day of this matter, so that the one that holds can be told."""

    handing: Handing
    own: dict[int, tuple[OwnDeadline, Organisation]]
    granted: tuple[Extension, ...]

    def of(self, task: Assignment) -> str:
        if task.due_on is None:
            return ""
        for given in self.granted:
            is_meant = given.obligation_id in {None, task.obligation_id}
            if is_meant and given.granted_until == task.due_on:
                if given.handing_id is not None:
                    return "ขยายเวลาให้แล้ว"
                return f"{given.order.organisation.name}ขยายเวลาให้ทุกแห่ง"
        day, house = self.own.get(task.obligation_id, (None, None))
        if day is not None and house is not None and day.due_on == task.due_on:
            return f"{house.name}กำหนด"
        asked = task.obligation
        if asked.counts_from == CountsFrom.RECEIPT:
            return f"นับจากวันลงรับ “{asked.due_words}”" if asked.due_words else "นับจากวันลงรับ"
        return f"ตามหนังสือของ{_writer(asked.order)}"


def _writer(order: Order) -> str:
    letter = order.letter
    if letter is not None and order.sent_id is None and letter.sender:
        return letter.sender
    return order.organisation.name


def _days_set(handing: Handing) -> _Days:
    chain = list(handing.order.line())
    at = {order.pk: place for place, order in enumerate(chain)}
    own: dict[int, tuple[OwnDeadline, Organisation]] = {}
    rows = OwnDeadline.objects.filter(order__in=chain).select_related("order__organisation")
    for row in sorted(rows, key=lambda row: at[row.order_id]):
        own[row.obligation_id] = (row, row.order.organisation)
    granted = Extension.objects.filter(
        Q(handing=handing) | Q(handing=None, order__in=chain), state=ExtensionState.GRANTED
    ).select_related("order__organisation")
    return _Days(handing, own, tuple(granted.order_by("-decided_at", "-pk")))


def remarks_of(post: Post, handing: Handing) -> QuerySet[Remark]:
    """ข้อความในเรื่อง, the newest first; questions are between the house and who gave it this."""
    check_handing_seen(post, handing)
    rows = handing.remarks.select_related("assignment__obligation__directive", "answers")
    if post.organisation.house_path not in {handing.organisation.house_path, handing.giver_path}:
        rows = rows.exclude(kind__in=_BETWEEN_TWO)
    return rows.order_by("-made_at", "-pk")


def remark_for(post: Post, handing: Handing, pk: int) -> Remark:
    """ข้อความหนึ่งข้อความ."""
    found = remarks_of(post, handing).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบข้อความนี้")
    return found


def extensions_of(post: Post, handing: Handing) -> QuerySet[Extension]:
    """การขยายเวลาของเรื่องนี้: asked for by this house, and given to all along the chain."""
    check_handing_seen(post, handing)
    chain = [order.pk for order in handing.order.line()]
    return (
        Extension.objects.filter(Q(handing=handing) | Q(handing=None, order__in=chain))
        .select_related("order__organisation", "obligation__directive", "letter")
        .order_by(F("decided_at").desc(nulls_first=True), "-pk")
    )


def extension_for(post: Post, handing: Handing, pk: int) -> Extension:
    """คำขอขยายเวลาหนึ่งคำขอ of this handing."""
    found = extensions_of(post, handing).filter(pk=pk, handing=handing).first()
    if found is None:
        raise NotFound("ไม่พบคำขอขยายเวลานี้")
    return found


def time_given_above(post: Post, order: Order) -> Extension | None:
    """เวลาที่ชั้นบนขยายให้ทุกแห่ง and this order has not passed on: its own earlier days still hold."""
    above = [one for one in order.line() if one.pk != order.pk]
    general = Extension.objects.filter(handing=None, state=ExtensionState.GRANTED)
    given = general.filter(order__in=above).select_related("order__organisation")
    longest = given.order_by("-granted_until").first()
    if (
        longest is None
        or not OwnDeadline.objects.filter(order=order, due_on__lt=longest.granted_until).exists()
    ):
        return None
    own = general.filter(order=order, granted_until__gte=longest.granted_until)
    return None if own.exists() else longest


def letter_of(post: Post, handing: Handing) -> Letter | None:
    """หนังสือที่พาเรื่องนี้มา, as it stands in the registry of whoever asks; None where it has none."""
    sending = handing.sending
    keys = [
        sending.incoming_id if sending is not None else None,
        handing.order.sent_id,
        handing.order.letter_id,
    ]
    known = [key for key in keys if key is not None]
    found = letters_seen_by(post).in_bulk(known)
    return next((found[key] for key in known if key in found), None)


def divisions_of(post: Post, handing: Handing) -> list[tuple[Organisation, Handing | None]]:
    """กองของหน่วยงานนี้ with what each has of the matter; none for who is not of the house."""
    if handing.organisation.path != post.organisation.house_path:
        return []
    there = {
        one.organisation_id: one
        for one in Handing.objects.filter(above=handing, level=Level.DIVISION)
    }
    rows = Organisation.objects.filter(
        parent=handing.organisation, level=Level.DIVISION, closed_on=None
    ).order_by("path")
    return [(one, there.get(one.pk)) for one in rows]


def may_act_for(post: Post, handing: Handing) -> bool:
    """ตอบเรื่องนี้ได้หรือไม่: a division's own, or the house's by the house itself."""
    if not post.has_duty(Duty.ANSWER_ORDERS):
        return False
    if handing.organisation.house_path != post.organisation.house_path:
        return False
    return handing.organisation_id == post.organisation_id or post.has_duty(Duty.ORDER)


def may_judge(post: Post, handing: Handing) -> bool:
    """พิจารณาผลของเรื่องนี้ได้หรือไม่: the house that gave it, nearest."""
    return post.has_duty(Duty.ORDER) and handing.giver_path == post.organisation.house_path


def check_handing_seen(post: Post, handing: Handing) -> None:
    if not handings_seen_by(post).filter(pk=handing.pk).exists():
        raise NotFound("ไม่พบเรื่องที่มอบนี้")
