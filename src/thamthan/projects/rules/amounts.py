"""เงินสี่จำนวน: planned, approved, committed, paid – kept apart, and what each leaves to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from thamthan.projects.rules.states import ProjectState

MoneyStep = Literal["plan", "allot", "approve", "commit", "pay", "release", "done", "none"]


class HasAmounts(Protocol):
    """Whatever keeps the four amounts in satang."""

    @property
    def planned_satang(self) -> int: ...
    @property
    def approved_satang(self) -> int: ...
    @property
    def committed_satang(self) -> int: ...
    @property
    def paid_satang(self) -> int: ...


@dataclass(frozen=True, slots=True)
class FourAmounts:
    """แผน อนุมัติ ผูกพัน เบิกจ่าย in satang; never added to one another."""

    planned: int = 0
    approved: int = 0
    committed: int = 0
    paid: int = 0

    @property
    def to_commit(self) -> int:
        """What may still be bound."""
        return self.approved - self.committed

    @property
    def to_pay(self) -> int:
        """What is bound and not paid."""
        return self.committed - self.paid

    @property
    def whole(self) -> int:
        """The longer of plan and approval: the length of the bar."""
        return max(self.planned, self.approved)


def amounts_of(rows: Iterable[HasAmounts]) -> FourAmounts:
    """ผลรวมของเงินหลายแหล่ง, each amount with its like."""
    planned = approved = committed = paid = 0
    for row in rows:
        planned += row.planned_satang
        approved += row.approved_satang
        committed += row.committed_satang
        paid += row.paid_satang
    return FourAmounts(planned, approved, committed, paid)


def next_money_step(amounts: FourAmounts, *, state: str, has_hoped: bool) -> MoneyStep:
    """ขั้นต่อไปของเงิน: the one thing to do next with a project's money.

    `has_hoped` says that a source is planned which has no line yet.
    """
    if state == ProjectState.CANCELLED:
        return "release" if amounts.to_pay else "none"
    if state == ProjectState.FINISHED:
        return "pay" if amounts.to_pay else "done" if amounts.paid else "none"
    if not amounts.planned and not amounts.approved:
        return "plan"
    if not amounts.approved:
        return "allot"
    if state == ProjectState.DRAFT:
        return "approve"
    if amounts.to_pay:
        return "pay"
    if amounts.to_commit:
        return "commit"
    return "allot" if has_hoped else "done"
