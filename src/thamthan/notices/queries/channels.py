"""The ways by which a person is reached, and when."""

from dataclasses import dataclass

from django.conf import settings

from thamthan.notices.models import ChannelSetting, QuietHours
from thamthan.notices.rules import Channel, Hours
from thamthan.organisations.models import Post


def channels_set_up() -> list[Channel]:
    """ช่องทางที่ผู้ดูแลระบบตั้งค่าไว้แล้ว, by the settings of the installation."""
    found = []
    if settings.SMTP_URL:
        found.append(Channel.EMAIL)
    if settings.LINE_TOKEN:
        found.append(Channel.LINE)
    if settings.WEBHOOKS:
        found.append(Channel.WEBHOOK)
    return found


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """ช่องทางหนึ่งของบุคคล; `setting` is none until an address was given."""

    channel: Channel
    is_set_up: bool
    setting: ChannelSetting | None

    @property
    def is_proved(self) -> bool:
        return self.setting is not None and self.setting.verified_at is not None

    @property
    def is_used(self) -> bool:
        return self.is_set_up and self.is_proved and bool(self.setting and self.setting.is_on)


def channels_of(post: Post) -> list[ChannelLine]:
    """ช่องทางทั้งหมดของบุคคลนี้, those that the installation has not set up too."""
    own = {row.channel: row for row in ChannelSetting.objects.filter(person=post.person_id)}
    there = channels_set_up()
    return [ChannelLine(one, one in there, own.get(one.value)) for one in Channel]


def hours_of(post: Post) -> Hours:
    """เวลาพักและเวลาส่งสรุปของบุคคลนี้."""
    row = QuietHours.objects.filter(person=post.person_id).first()
    return row.hours if row is not None else Hours()
