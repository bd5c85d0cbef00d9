"""Which ways out this installation has, by its settings."""

import logging

from django.conf import settings

from thamthan.notices.channels.mail import MailChannel
from thamthan.notices.channels.message import Message, Sender
from thamthan.notices.channels.posting import LineChannel, WebhookChannel
from thamthan.notices.queries.channels import channels_set_up
from thamthan.notices.rules import Channel, Outcome

log = logging.getLogger(__name__)
NULL = "null:"


class NullChannel:
    """ทางส่งที่ไม่ส่ง, for development: every message is taken, and the log alone hears of it."""

    def send(self, message: Message) -> Outcome:
        log.debug("not sent, as this channel is null: %s to %s", message.ref, message.address)
        return Outcome(is_sent=True)

    def close(self) -> None:
        """There is nothing to close."""


def sender_for(channel: str) -> Sender | None:
    """ทางส่งของช่องทางนี้, or None where the installation has none."""
    if channel not in channels_set_up():
        return None
    seconds = settings.CHANNEL_SECONDS
    if channel == Channel.EMAIL:
        if settings.SMTP_URL == NULL:
            return NullChannel()
        return MailChannel(settings.SMTP_URL, sender=settings.MAIL_FROM, seconds=seconds)
    if channel == Channel.LINE:
        if settings.LINE_URL == NULL:
            return NullChannel()
        return LineChannel(settings.LINE_URL, token=settings.LINE_TOKEN, seconds=seconds)
    return WebhookChannel(seconds=seconds, private_too=settings.WEBHOOKS_PRIVATE)
