"""Money for the tests: lines of Nong Kapu, and what its projects do with them."""

from datetime import date
from typing import Any
from uuid import uuid4

from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    LineWords,
    allot_money,
    commit_money,
    keep_line,
    pay_money,
)
from thamthan.projects.models import Allotment, BudgetLine, Commitment, Disbursement, Project
from thamthan.projects.rules import BahtRead

ON = date(2026, 3, 10)


def of(baht: int) -> BahtRead:
    """So many baht, as typed in figures."""
    return BahtRead(baht * 100)


def kept(by: Post, baht: int, **changed: Any) -> BudgetLine:
    """A line of the year 2569, whatever may be doubted of it."""
    given: dict[str, Any] = {"name": "ค่าปรับปรุงสวนสาธารณะ", "be_year": 2569} | changed
    words = LineWords(**given)
    return keep_line(words, of(baht), by=by, sure_of=AnyDoubt())


def allotted(project: Project, line: BudgetLine, baht: int, *, by: Post) -> Allotment:
    return allot_money(project, line, of(baht), by=by, sure_of=AnyDoubt())


def committed(allotment: Allotment, baht: int, *, by: Post, **changed: Any) -> Commitment:
    given: dict[str, Any] = {"on": ON, "words": "สัญญาจ้าง 7/2569", "press": uuid4()}
    return commit_money(allotment, of(baht), by=by, sure_of=AnyDoubt(), **given | changed)


def paid(commitment: Commitment, baht: int, *, by: Post, **changed: Any) -> Disbursement:
    given: dict[str, Any] = {"on": ON, "words": "ฎีกา 112/2569", "press": uuid4()}
    return pay_money(commitment, of(baht), by=by, sure_of=AnyDoubt(), **given | changed)


class AnyDoubt(frozenset[str]):
    """Sure of whatever is asked: for tests that are about something else."""

    def __contains__(self, mark: object) -> bool:
        return True
