"""Kinds of values that many parts of the API take or tell: a key, an exact number, a moment."""

from datetime import datetime
from typing import Annotated

from django.utils import timezone
from ninja import Field, Path
from pydantic import AfterValidator

from thamthan.projects.rules import in_digits

Key = Annotated[int, Path(ge=1, le=2**63 - 1)]
Number = Annotated[
    str | None,
    Field(
        None, max_length=30, description="decimal, at most three places: 1234.5; exact, no float"
    ),
]


def number_told(milli: int | None) -> str | None:
    """A number in thousandths as programs read it: 1234.5."""
    return None if milli is None else in_digits(milli).replace(",", "")


def moment_told(at: datetime | None) -> datetime | None:
    """A moment by the clock of the country; null of what has not happened."""
    return None if at is None else timezone.localtime(at)


def _without_nul(text: str) -> str:
    return text.replace("\x00", "")


# No database keeps the sign for the end of a string; nobody means it.
Words = Annotated[str, AfterValidator(_without_nul)]
