"""Ways out of the house: e-mail, LINE, a webhook, and a null one; each says how it went."""

from thamthan.notices.channels.mail import MailChannel
from thamthan.notices.channels.message import Message, Sender
from thamthan.notices.channels.posting import LineChannel, WebhookChannel
from thamthan.notices.channels.ways import NullChannel, sender_for

__all__ = [
    "LineChannel",
    "MailChannel",
    "Message",
    "NullChannel",
    "Sender",
    "WebhookChannel",
    "sender_for",
]
