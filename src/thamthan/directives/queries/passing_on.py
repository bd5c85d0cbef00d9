"""What a house in the middle sees before it passes an order on: proposed days, words, addressee."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from thamthan.directives.models import Handing, Obligation, Order
from thamthan.directives.passing import (
    Above,
    above_of,
    asked_of,
    downward_of,
    house_days,
    own_order_of,
)
from thamthan.directives.queries.doors import handing_for, orders_seen_by
from thamthan.directives.rules import (
    SHORT_LEVELS,
    Office,
    Pace,
    Plan,
    addressee_of,
    asking_paragraph,
    plan_backwards,
)
from thamthan.directives.taking import chain_down_to
from thamthan.letters.models import Draft
from thamthan.letters.queries import directly_below, working_calendar
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level


@dataclass(frozen=True, slots=True)
class PassOnLine:
    """สิ่งที่ขอหนึ่งข้อ: its upper day, the day proposed to those below, the plan of all levels."""

    obligation: Obligation
    upper_on: date | None
    proposed_on: date | None
    plan: Plan | None


@dataclass(frozen=True, slots=True)
class PassOnSheet:
    """ก่อนร่างหนังสือถ่ายทอด: whose matter it is, what is asked by when, to whom it will go."""

    handing: Handing
    own_order: Order | None
    above: Above
    addressee: str
    below_count: int
    lines: tuple[PassOnLine, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        found = (words for line in self.lines if line.plan for words in line.plan.warnings)
        return tuple(dict.fromkeys(found))

    @property
    def proposed(self) -> dict[int, date]:
        """The proposed days, by obligation: where there is an upper day."""
        return {line.obligation.pk: line.proposed_on for line in self.lines if line.proposed_on}


def pass_on_sheet(post: Post, handing: Handing) -> PassOnSheet:
    """เตรียมถ่ายทอด: the day of each dated obligation, planned backwards; of the others none."""
    seen = handing_for(post, handing.pk)
    chain = list(chain_down_to(seen.order))
    asked = asked_of(chain)
    days = house_days(seen, chain, asked)
    below = list(directly_below(post))
    levels = _levels(seen.level, {one.level for one in below})
    return PassOnSheet(
        handing=seen,
        own_order=own_order_of(seen),
        above=above_of(seen),
        addressee=addressee_of([Office(one.name, one.level, one.lao_kind) for one in below]),
        below_count=len(below),
        lines=tuple(_line(one, days[one.pk], levels) for one in asked),
    )


def paragraph_of(
    post: Post, handing: Handing, *, own_days: Mapping[int, date], addition: Sequence[str]
) -> str:
    """ย่อหน้าที่ขอ as it will stand in the letter, with these days."""
    seen = handing_for(post, handing.pk)
    return asking_paragraph(downward_of(seen, by=post, own_days=own_days, addition=addition))


def orders_of_draft(post: Post, draft: Draft) -> QuerySet[Order]:
    """เรื่องสั่งการที่ร่างนี้จะถ่ายทอด: one, or none."""
    return orders_seen_by(post).filter(draft=draft)


def _line(asked: Obligation, upper_on: date | None, levels: Sequence[str]) -> PassOnLine:
    if upper_on is None:
        return PassOnLine(asked, None, None, None)
    today = timezone.localdate()
    plan = plan_backwards(
        upper_on,
        levels,
        today=today,
        calendar=working_calendar(today),
        pace=Pace(settings.DAYS_PER_LEVEL, settings.LEAST_DAYS_BELOW),
        upper_time=asked.due_time,
    )
    return PassOnLine(asked, upper_on, plan.days[min(1, len(levels) - 1)].due_on, plan)


def _levels(own: str, below: set[str]) -> list[str]:
    """The levels that answer, from one's own down: a district's are อำเภอ and อปท."""
    way = {
        Level.MINISTRY: (Level.PROVINCE, Level.DISTRICT, Level.LAO),
        Level.DEPARTMENT: (Level.PROVINCE, Level.DISTRICT, Level.LAO),
        Level.PROVINCE: (Level.DISTRICT, Level.LAO),
    }.get(Level(own), (Level.LAO,))
    first = next((at for at, level in enumerate(way) if level in below), len(way) - 1)
    return [SHORT_LEVELS[Level(own)], *(SHORT_LEVELS[level] for level in way[first:])]
