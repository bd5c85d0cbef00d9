"""What an order asks is worked over before it is taken up: of whom, by what means, by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from thamthan.directives.actions.checks import locked_proposal, proposal_changed
from thamthan.directives.models import Directive, Obligation, Order
from thamthan.directives.rules import CountsFrom
from thamthan.errors import Refused
from thamthan.letters.rules import clock
from thamthan.organisations.models import Post
from thamthan.reading.model import Ask
from thamthan.thai.text import repair, squeeze

OWN_REASON = "ผู้แยกข้อสั่งการกำหนดวันนี้เอง"
NO_DATE_REASON = "ผู้แยกข้อสั่งการเลือกไม่กำหนดวัน"
RECEIPT_REASON = "นับจากวันที่แต่ละหน่วยงานลงรับหนังสือ"
UNITS = {"day": "วัน", "week": "สัปดาห์", "month": "เดือน", "year": "ปี"}


@dataclass(frozen=True, slots=True)
class Asked:
    """สิ่งที่ขอตามที่แก้. `due` is what was chosen as its deadline, or None to leave it as it is."""

    ask: Ask
    text: str
    to: str = ""
    by_way_of: str = ""
    due: "ByReading | ByOwnDay | ByReceipt | ByNoDay | None" = None


@dataclass(frozen=True, slots=True)
class ByReading:
    """ตามการอ่านแบบหนึ่ง: `at` counts into the readings of the letter's words."""

    at: int


@dataclass(frozen=True, slots=True)
class ByOwnDay:
    """กำหนดวันเอง."""

    on: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class ByReceipt:
    """นับจากวันลงรับของแต่ละหน่วยงาน."""

    amount: int
    unit: str = "day"
    working_days: bool = False


@dataclass(frozen=True, slots=True)
class ByNoDay:
    """ไม่กำหนด."""


@transaction.atomic
def keep_obligation(
    order: Order,
    given: Asked,
    *,
    by: Post,
    seen_version: int,
    obligation: Obligation | None = None,
    directive: Directive | None = None,
) -> Obligation:
    """บันทึกสิ่งที่ขอ: a new one of a clause or of the whole order, or one that is there, changed.

    The letter's words for the deadline and all honest readings of them stay as they were.
    """
    locked = locked_proposal(order, by=by, seen_version=seen_version)
    if obligation is not None:
        row = locked.obligations.get(pk=obligation.pk)
    else:
        last = locked.obligations.order_by("-position").first()
        row = Obligation(order=locked, position=last.position + 1 if last is not None else 1)
        if directive is not None:
            row.directive = locked.directives.get(pk=directive.pk)
    text = squeeze(repair(given.text.replace("\x00", "")))
    if not text or len(text) > 10_000:
        raise _wrong_field("โปรดใส่สิ่งที่ขอให้ดำเนินการ", "text")
    row.ask, row.text = given.ask.value, text
    row.to, row.by_way_of = squeeze(given.to)[:300], squeeze(given.by_way_of)[:300]
    if given.due is not None:
        for name, value in _due_columns(row, given.due).items():
            setattr(row, name, value)
    row.save()
    clause = row.directive.number if row.directive is not None else ""
    proposal_changed(locked, by=by, clause=clause, deed="ask", ask=row.ask)
    return row


def _due_columns(
    row: Obligation, due: "ByReading | ByOwnDay | ByReceipt | ByNoDay"
) -> Mapping[str, Any]:
    columns: dict[str, Any] = {
        "opens_on": None,
        "due_on": None,
        "due_time": None,
        "due_rule": "",
        "counts_from": CountsFrom.FIXED,
        "counts_amount": None,
        "counts_unit": "",
        "counts_working_days": False,
    }
    match due:
        case ByReading(at):
            if not 0 <= at < len(row.readings):
                raise _wrong_field("ไม่มีการอ่านกำหนดแบบที่เลือก โปรดเลือกใหม่", "due")
            chosen = row.readings[at]
            columns |= {
                "opens_on": _day(chosen.get("opens")),
                "due_on": _day(chosen.get("closes")),
                "due_time": clock(chosen.get("time")),
                "due_rule": (chosen.get("rule") or "")[:200],
                "due_reason": chosen.get("reason", ""),
            }
        case ByOwnDay(on, at_time):
            columns |= {"due_on": on, "due_time": at_time, "due_reason": OWN_REASON}
        case ByReceipt(amount, unit, working_days):
            if not 1 <= amount <= 3650 or unit not in UNITS:
                raise _wrong_field("โปรดใส่จำนวนวันนับจากวันลงรับ 1 ถึง 3650", "amount")
            columns |= {
                "counts_from": CountsFrom.RECEIPT,
                "counts_amount": amount,
                "counts_unit": unit,
                "counts_working_days": working_days and unit == "day",
                "due_reason": RECEIPT_REASON,
            }
        case ByNoDay():
            columns["due_reason"] = NO_DATE_REASON
    return columns


@transaction.atomic
def drop_obligation(obligation: Obligation, *, by: Post, seen_version: int) -> None:
    """เอาสิ่งที่ขอออก; it can be taken back."""
    order = locked_proposal(obligation.order, by=by, seen_version=seen_version)
    order.obligations.filter(pk=obligation.pk, dropped_at=None).update(dropped_at=timezone.now())
    proposal_changed(order, by=by, deed="drop_ask", ask=obligation.ask)


@transaction.atomic
def restore_obligation(obligation: Obligation, *, by: Post, seen_version: int) -> None:
    """นำสิ่งที่ขอกลับมา, where its clause stands."""
    order = locked_proposal(obligation.order, by=by, seen_version=seen_version)
    row = order.obligations.select_related("directive").get(pk=obligation.pk)
    if row.directive is not None and row.directive.dropped_at is not None:
        raise Refused(
            f"ข้อ {row.directive.number} เอาออกไปแล้ว โปรดนำข้อนั้นกลับก่อน", code="clause_dropped"
        )
    order.obligations.filter(pk=row.pk).update(dropped_at=None)
    proposal_changed(order, by=by, deed="restore_ask", ask=row.ask)


def _day(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None


def _wrong_field(message: str, name: str) -> Refused:
    return Refused(message, code="wrong_field", status=400, field=name)
