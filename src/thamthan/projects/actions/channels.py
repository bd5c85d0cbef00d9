"""แหล่งงบประมาณ: the list taken over, each changed row a new version; what is said of a project."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.projects.actions.checks import check_live, locked_project
from thamthan.projects.models import (
    Allotment,
    BudgetLine,
    FundingChannel,
    FundingFacts,
    FundingRequest,
    Project,
)
from thamthan.projects.rules import Condition, Shape, Work, channel_of
from thamthan.records.actions import record, record_each
from thamthan.records.rules import Verb


@dataclass(slots=True)
class ChannelsLoaded:
    """ผลการนำเข้าแหล่งงบประมาณ: what is new, what says something else, what stayed as it is."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    missing: list[str] = field(default_factory=list)


@transaction.atomic
def load_channels(
    rows: Sequence[Mapping[str, Any]], *, by: Post, on: date, write_it: bool
) -> ChannelsLoaded:
    """นำเข้าแหล่งงบประมาณ: loaded again unchanged, it writes nothing.

    A changed row is a new version from `on`, and the one before ends the day before: a request
    keeps the words it was made under. What is not in the list stays as it is.
    """
    if not by.has_duty(Duty.LOAD_LISTS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่นำเข้าบัญชีของทางราชการ", code="not_allowed", status=403)
    told = ChannelsLoaded()
    kept = {
        row.code: row
        for row in FundingChannel.objects.select_for_update(no_key=True).filter(until_on=None)
    }
    written = []
    for position, facts in enumerate(rows, start=1):
        channel = channel_of(facts)
        columns = {
            "name": channel.name,
            "facts": dict(facts),
            "is_verified": channel.is_verified,
            "position": position,
        }
        before = kept.pop(channel.code, None)
        label = f"{channel.code} {channel.name}"
        if before is None:
            told.new.append(label)
        elif all(getattr(before, name) == value for name, value in columns.items()):
            told.same += 1
            continue
        else:
            told.changed.append(label)
        if write_it:
            written.append(_kept(before, channel.code, columns, on))
    told.missing = [f"{row.code} {row.name}" for row in kept.values()]
    if write_it:
        facts_of = [(one, {"code": one.code, "from": one.from_on.isoformat()}) for one in written]
        record_each(Verb.CHANNELS_LOADED, facts_of, by=by)
    return told


def _kept(
    before: FundingChannel | None, code: str, columns: Mapping[str, Any], on: date
) -> FundingChannel:
    """The row as it now holds: a place in the list is no new rule, other words are."""
    if before is None:
        return FundingChannel.objects.create(code=code, from_on=on, **columns)
    is_only_moved = all(
        getattr(before, name) == value for name, value in columns.items() if name != "position"
    )
    if not is_only_moved and (before.from_on < on or _is_used(before)):
        # Asked by already since the same day: the other words hold from the day after.
        first = max(on, before.from_on + timedelta(days=1))
        before.until_on = first - timedelta(days=1)
        before.save(update_fields=["until_on"])
        return FundingChannel.objects.create(code=code, from_on=first, **columns)
    for name, value in columns.items():
        setattr(before, name, value)
    before.save()
    return before


def _is_used(channel: FundingChannel) -> bool:
    return any(
        model.objects.filter(channel=channel).exists()
        for model in (FundingRequest, BudgetLine, Allotment)
    )


@dataclass(frozen=True, slots=True)
class FundingTold:
    """สิ่งที่บอกไว้เพื่อหาแหล่งเงิน; a condition that is left out was not answered."""

    works: Collection[str] = ()
    shapes: Collection[str] = ()
    answers: Mapping[str, bool] = field(default_factory=dict)
    needed_satang: int | None = None


@transaction.atomic
def tell_funding_facts(
    project: Project, told: FundingTold, *, by: Post, seen_version: int | None = None
) -> FundingFacts:
    """บอกข้อเท็จจริงเพื่อหาแหล่งเงิน: once of a project, for every channel. Nothing is guessed."""
    locked = locked_project(project, by=by)
    check_live(locked)
    for given, known, words in (
        (told.works, Work.values, "ลักษณะงาน"),
        (told.shapes, Shape.values, "รูปแบบรายจ่าย"),
        (told.answers, Condition.values, "ข้อเท็จจริง"),
    ):
        if set(given) - set(known):
            raise Refused(f"ไม่รู้จัก{words}ที่เลือก", code="unknown_fact", status=400)
    if told.needed_satang is not None and told.needed_satang <= 0:
        raise Refused("จำนวนเงินต้องมากกว่าศูนย์", code="no_amount", status=400, field="needed")
    row = FundingFacts.objects.filter(project=locked).first()
    if seen_version is not None and seen_version != (row.version if row else 0):
        raise Refused("มีผู้บอกข้อเท็จจริงนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ โปรดดูอีกครั้ง", code="changed_meanwhile")
    if row is None:
        row = FundingFacts(project=locked, version=0)
    row.works = [one for one in Work.values if one in told.works]
    row.shapes = [one for one in Shape.values if one in told.shapes]
    row.answers = {one: told.answers[one] for one in Condition.values if one in told.answers}
    row.needed_satang = told.needed_satang
    row.said_by, row.said_at = by, timezone.now()
    row.version += 1
    row.save()
    record(
        Verb.PROJECT_CHANGED,
        locked,
        by=by,
        changed=["funding_facts"],
        works=row.works,
        shapes=row.shapes,
        answers=row.answers,
        needed_satang=row.needed_satang,
    )
    return row
