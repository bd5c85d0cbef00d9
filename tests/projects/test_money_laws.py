"""Laws of money: whatever is done in whatever order, no satang is lost and none is spent twice."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.projects.money import AnyDoubt
from tests.projects.projects import approved
from tests.world import World
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    LineWords,
    allot_money,
    commit_money,
    keep_line,
    move_allotment,
    pay_money,
    release_money,
    take_money_back,
)
from thamthan.projects.models import Allotment, BudgetLine, Commitment, Project
from thamthan.projects.queries import budget_lines, budget_totals, money_of, wrong_totals
from thamthan.projects.rules import BahtRead

pytestmark = pytest.mark.django_db
SURE = AnyDoubt()
LINES, PROJECTS, CONTRACTS = 2, 3, 4

# What is done, to which line, other line, project and contract, and with how many satang.
DEED = st.tuples(
    st.sampled_from(
        ["line", "allot", "allot", "move", "commit", "commit", "release", "pay", "pay", "back"]
    ),
    st.integers(0, LINES - 1),
    st.integers(0, PROJECTS - 1),
    st.integers(0, CONTRACTS - 1),
    st.one_of(st.integers(0, 40), st.integers(0, 1_000)),
)
Deed = tuple[str, int, int, int, int]


@dataclass
class Contract:
    """A contract as the ledger has it."""

    place: tuple[int, int]
    amount: int
    released: int = 0
    paid: int = 0

    @property
    def unpaid(self) -> int:
        return self.amount - self.released - self.paid


@dataclass
class Ledger:
    """The same money kept by hand, with no database: it says what each deed must come to."""

    lines: list[int] = field(default_factory=lambda: [600] * LINES)
    allotted: dict[tuple[int, int], int] = field(default_factory=dict)
    contracts: list[Contract] = field(default_factory=list)

    def given(self, line: int) -> int:
        return sum(satang for (of, _), satang in self.allotted.items() if of == line)

    def bound(self, place: tuple[int, int]) -> int:
        return sum(one.amount - one.released for one in self.contracts if one.place == place)

    def paid(self) -> int:
        return sum(one.paid for one in self.contracts)

    def contract(self, at: int) -> Contract | None:
        return self.contracts[at] if at < len(self.contracts) else None

    def do(self, deed: Deed) -> bool | None:
        """Whether the deed is carried out; none where there is nothing to do it to."""
        kind, line, project, contract, satang = deed
        place, other = (line, project), (1 - line, project)
        if kind == "line":
            return self._if(satang >= self.given(line), lambda: self._set_line(line, satang))
        if kind == "allot":
            before = self.allotted.get(place, 0)
            is_right = satang >= self.bound(place) and (
                satang - before <= max(0, self.lines[line] - self.given(line))
            )
            is_right = is_right and (satang > 0 or place in self.allotted)
            return self._if(is_right, lambda: self.allotted.update({place: satang}))
        if kind == "move":
            if place not in self.allotted:
                return None
            is_right = (
                0
                < satang
                <= min(
                    self.allotted[place] - self.bound(place),
                    self.lines[1 - line] - self.given(1 - line),
                )
            )
            return self._if(is_right, lambda: self._move(place, other, satang))
        if kind == "commit":
            if place not in self.allotted or len(self.contracts) == CONTRACTS:
                return None
            is_right = 0 < satang <= self.allotted[place] - self.bound(place)
            return self._if(is_right, lambda: self.contracts.append(Contract(place, satang)))
        one = self.contract(contract)
        if one is None:
            return None
        return self._on_contract(one, kind, satang)

    def _on_contract(self, one: Contract, kind: str, satang: int) -> bool:
        if kind == "release":
            return self._if(
                0 < satang <= one.unpaid, lambda: setattr(one, "released", one.released + satang)
            )
        if kind == "pay":
            return self._if(
                0 < satang <= one.unpaid, lambda: setattr(one, "paid", one.paid + satang)
            )
        return self._if(0 < satang <= one.paid, lambda: setattr(one, "paid", one.paid - satang))

    def _set_line(self, line: int, satang: int) -> None:
        self.lines[line] = satang

    def _move(self, place: tuple[int, int], other: tuple[int, int], satang: int) -> None:
        self.allotted[place] -= satang
        self.allotted[other] = self.allotted.get(other, 0) + satang
        if not self.allotted[place] and all(one.place != place for one in self.contracts):
            del self.allotted[place]

    @staticmethod
    def _if(is_right: bool, act: Callable[[], object]) -> bool:
        if is_right:
            act()
        return is_right


@dataclass
class Kept:
    """The same money through the doors of the room."""

    by: Post
    lines: list[BudgetLine]
    projects: list[Project]
    contracts: list[Commitment] = field(default_factory=list)

    def do(self, deed: Deed) -> bool:
        try:
            self._do(*deed)
        except Refused:
            return False
        return True

    def _do(self, kind: str, line: int, project: int, contract: int, satang: int) -> None:
        amount, by = BahtRead(satang), self.by
        at, of = self.lines[line], self.projects[project]
        if kind == "line":
            keep_line(LineWords(name=at.name, be_year=2569), amount, by=by, line=at, sure_of=SURE)
        elif kind == "allot":
            allot_money(of, at, amount, by=by, sure_of=SURE)
        elif kind == "move":
            row = Allotment.objects.get(project=of, line=at)
            to = self.lines[1 - line]
            move_allotment(row, to, amount, by=by, press=uuid4(), sure_of=SURE)
        elif kind == "commit":
            row = Allotment.objects.get(project=of, line=at)
            self.contracts.append(
                commit_money(row, amount, by=by, on=ON, words="สัญญา", press=uuid4(), sure_of=SURE)
            )
        elif kind == "release":
            release_money(
                self.contracts[contract], amount, by=by, why="ไม่ใช้", press=uuid4(), sure_of=SURE
            )
        else:
            act = pay_money if kind == "pay" else take_money_back
            act(
                self.contracts[contract], amount, by=by, on=ON, words="ฎีกา", press=uuid4(),
                sure_of=SURE,
            )  # fmt: skip


ON = date(2025, 12, 15)


def asked(sql: str) -> dict[object, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0]: int(row[1]) for row in cursor.fetchall()}


PAYMENTS = """
  FROM projects_disbursement d JOIN projects_commitment c ON c.id = d.commitment_id
  JOIN projects_allotment a ON a.id = c.allotment_id
  JOIN projects_budgetline l ON l.id = a.line_id JOIN projects_project p ON p.id = a.project_id
"""


def paid_by(column: str) -> dict[object, int]:
    return asked(f"SELECT {column}, SUM(d.amount_satang) {PAYMENTS} GROUP BY {column}")


def check_sums(ledger: Ledger, kept: Kept) -> None:
    """However it is grouped, and by whomever it is asked, it is the same money."""
    assert not list(wrong_totals(kept.by))
    for column in ("l.id", "p.id", "c.id", "a.id", "l.be_year", "p.be_year", "d.paid_on"):
        assert sum(paid_by(column).values()) == ledger.paid(), column
    by_project, by_line = paid_by("p.id"), paid_by("l.id")
    for project in kept.projects:
        found = money_of(kept.by, project).amounts
        assert found.paid == by_project.get(project.pk, 0)
        assert 0 <= found.paid <= found.committed <= found.approved
    lines = budget_lines(kept.by).filter(pk__in=[line.pk for line in kept.lines])
    totals = budget_totals(kept.by, lines)
    assert (totals.approved, totals.paid) == (sum(ledger.lines), ledger.paid())
    assert totals.allotted == sum(ledger.allotted.values())
    for at, line in enumerate(lines.order_by("pk")):
        assert (line.approved_satang, line.allotted_satang) == (ledger.lines[at], ledger.given(at))
        assert line.paid_satang == by_line.get(line.pk, 0)  # type: ignore[attr-defined]
        assert line.paid_satang <= line.committed_satang <= line.allotted_satang  # type: ignore[attr-defined]


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(DEED, min_size=5, max_size=30))
def test_no_sequence_of_deeds_loses_a_satang_or_spends_one_twice(
    world: World, deeds: list[Deed]
) -> None:
    with transaction.atomic():
        by = world.clerk
        lines = [
            keep_line(LineWords(name=f"เงิน {n}", be_year=2569), BahtRead(600), by=by, sure_of=SURE)
            for n in range(LINES)
        ]
        kept = Kept(by, lines, [approved(by, name=f"โครงการ {n}") for n in range(PROJECTS)])
        ledger = Ledger()
        for deed in deeds:
            must = ledger.do(deed)
            if must is not None:
                assert kept.do(deed) is must, deed
        check_sums(ledger, kept)
        transaction.set_rollback(True)
