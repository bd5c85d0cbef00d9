"""Kinds of values that many parts of the API take: the key of a row, an exact number."""

from typing import Annotated

from ninja import Field, Path
from pydantic import AfterValidator

Key = Annotated[int, Path(ge=1, le=2**63 - 1)]
Number = Annotated[
    str | None,
    Field(
        None, max_length=30, description="decimal, at most three places: 1234.5; exact, no float"
    ),
]


def _without_nul(text: str) -> str:
    return text.replace("\x00", "")


# No database keeps the sign for the end of a string; nobody means it.
Words = Annotated[str, AfterValidator(_without_nul)]
