"""One way to say that something cannot go from one state to another."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from django.db import models

from thamthan.errors import Refused

State = TypeVar("State", bound=models.TextChoices)


def check_next(
    following: Mapping[State, Collection[State]], now: State, to: State, *, words: str, code: str
) -> None:
    """Refuse unless `to` may follow; `words` begin the sentence (“ร่างนี้อยู่ใน”)."""
    if to not in following[now]:
        raise Refused(
            f"{words}สถานะ “{now.label}” เปลี่ยนเป็น “{to.label}” ไม่ได้", code=code, state=now.value
        )
