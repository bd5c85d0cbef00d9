"""Many keys, asked for some thousands at a time."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

# SQLite takes so many values in one question, and PostgreSQL plans no better with more.
_AT_ONCE = 10_000
_Key = TypeVar("_Key", int, str)


def slices(rows: Iterable[_Key]) -> Iterator[list[_Key]]:
    """These keys, each once, some thousands at a time."""
    keys = sorted(set(rows))
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
