"""What is sent by whichever way, and what a way out has to be able to do."""

from dataclasses import dataclass
from typing import Protocol

from thamthan.notices.rules import Outcome


@dataclass(frozen=True, slots=True)
class Message:
    """ข้อความหนึ่งฉบับ: `ref` is the same at every attempt, so that a receiver can tell them apart.

    `secret` signs it where the channel signs; `link` leads to the page it speaks of.
    """

    ref: str
    address: str
    subject: str
    text: str
    link: str = ""
    secret: str = ""
    kind: str = ""


class Sender(Protocol):
    """ทางส่งออก."""

    def send(self, message: Message) -> Outcome:
        """ส่งหนึ่งฉบับ; what goes wrong is told and not raised."""
        ...

    def close(self) -> None:
        """วางสาย."""
        ...
