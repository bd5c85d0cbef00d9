"""Whether a policy still runs, and the numbers of clauses that are put between others."""

from collections.abc import Collection
from datetime import date


def has_ended(until_on: date | None, *, today: date) -> bool:
    """สิ้นสุดแล้ว: the last day lies behind."""
    return until_on is not None and until_on < today


def inserted_number(after: str, taken: Collection[str]) -> str:
    """เลขของข้อที่แทรก: 2/1, 2/2 …, as the law counts what is put in between."""
    base = after.split("/")[0]
    at = 1
    while f"{base}/{at}" in taken:
        at += 1
    return f"{base}/{at}"[:20]


def next_number(above: str, taken: Collection[str]) -> str:
    """เลขของข้อที่ต่อท้าย: the first that is free below a clause, or at the top."""
    lead = f"{above}." if above else ""
    at = 1
    while f"{lead}{at}" in taken:
        at += 1
    return f"{lead}{at}"[:20]
