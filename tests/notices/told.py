"""What tests of notices share: days, words said in a matter, what a person was told."""

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

from tests.world import World
from thamthan.directives.models import Handing, Remark
from thamthan.directives.rules import RemarkKind
from thamthan.notices.actions import (
    climb_ladder,
    make_notices,
    queue_deliveries,
    send_due,
    set_channel,
)
from thamthan.notices.models import ChannelSetting, Delivery, Notice
from thamthan.notices.rules import Channel
from thamthan.organisations.models import Post
from thamthan.organisations.queries import system_post_of

BANGKOK = ZoneInfo("Asia/Bangkok")
# The order of the tests is due on Friday 27 March 2569.
FRIDAY_BEFORE = datetime(2026, 3, 20, 9, 0, tzinfo=BANGKOK)


def on(day: int, hour: int = 9, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=BANGKOK)


def say(kind: RemarkKind, handing: Handing, *, by: Post, text: str = "") -> Remark:
    """A word in a matter, as the house's own actions write it."""
    remark = Remark(
        handing=handing, kind=kind, text=text, made_by=by, made_words=by.words(),
        made_at=timezone.now(),
    )  # fmt: skip
    remark.save()
    return remark


def make() -> int:
    return make_notices(by=system_post_of(), now=timezone.now())


def climb() -> int:
    return climb_ladder(by=system_post_of(), now=timezone.now())


def told(post: Post, *kinds: str) -> list[Notice]:
    """What the person of this post was told, the oldest first."""
    rows = Notice.objects.filter(person=post.person).order_by("pk")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def steps(friday: time_machine.Traveller, *days: tuple[int, int]) -> list[tuple[int, str, str]]:
    """The ladder climbed on these days of months: on which day what was told to whom."""
    found = []
    for day, month in days:
        friday.move_to(on(day, month=month))
        before = set(Notice.objects.values_list("pk", flat=True))
        climb()
        new = Notice.objects.exclude(pk__in=before).order_by("pk").select_related("person")
        found += [(day, notice.kind, notice.person.login) for notice in new]
    return found


def reached_by(post: Post, channel: Channel, address: str) -> ChannelSetting:
    """A channel of this person that was proved before."""
    setting = set_channel(channel, address, by=post)
    setting.verified_at = timezone.now()
    setting.save()
    return setting


def acting_executive(world: World) -> Post:
    """The officer of the house acts for its executive."""
    assert world.officer.person is not None
    return Post.objects.create(
        person=world.officer.person,
        organisation=world.nong_kapu,
        role="executive",
        title="นายกองค์การบริหารส่วนตำบล",
        acting="in_place",
        from_on=on(1).date(),
    )


def neighbour_administrator(world: World) -> Post:
    assert world.neighbour_clerk.person is not None
    return Post.objects.create(
        person=world.neighbour_clerk.person,
        organisation=world.neighbour,
        role="administrator",
        title="ผู้ดูแลระบบ",
        from_on=on(1).date(),
    )


def go_out() -> int:
    by, now = system_post_of(), timezone.now()
    queue_deliveries(by=by, now=now)
    return send_due(by=by, now=now, address_of=lambda pk: f"https://thamthan.example/n/{pk}/")


def only() -> Delivery:
    return Delivery.objects.get()
