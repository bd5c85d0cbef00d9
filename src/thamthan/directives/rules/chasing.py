"""The words of a letter that chases: exactly those who are late, and each thing that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thamthan.directives.rules.heads import Office, head_of
from thamthan.organisations.rules import Level
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze

# The new day that is proposed, in working days from today.
PROPOSED_DAYS = 5
# So many are named on the line of the addressee; more stand in the list in the letter.
_MOST_NAMED = 3
_MOST_WORDS = 300
_MOST_SUBJECT = 200
# As many dashes as a column takes of the width.
_SHARES = f"| {'-' * 4}: | {'-' * 34} | {'-' * 20} |"


@dataclass(frozen=True, slots=True)
class LateTask:
    """งานที่เลยกำหนด of one organisation."""

    pk: int
    obligation: int
    number: str
    text: str
    due_on: date
    working_days: int


@dataclass(frozen=True, slots=True)
class LateHouse:
    """หน่วยงานที่เลยกำหนด, with everything of this matter that it is late with."""

    handing: int
    organisation: int
    name: str
    code: str
    level: str
    lao_kind: str
    tasks: tuple[LateTask, ...]
    chased_on: date | None = None

    @property
    def worst(self) -> int:
        return max(task.working_days for task in self.tasks)

    @property
    def numbers(self) -> str:
        """The numbers of the clauses that are late."""
        return ", ".join(task.number for task in self.tasks if task.number)

    def is_chased(self, today: date) -> bool:
        """Whether it was chased today already."""
        return self.chased_on == today


def chase_subject(title: str) -> str:
    """เรื่องของหนังสือเร่งรัด: “การขับเคลื่อน…” becomes “เร่งรัดการขับเคลื่อน…”."""
    words = squeeze(title)
    begun = "เร่งรัด" if words.startswith("การ") else "เร่งรัดการดำเนินการ เรื่อง "
    return f"{begun}{words}"[:_MOST_SUBJECT]


def chase_addressee(houses: Sequence[LateHouse]) -> str:
    """ผู้รับหนังสือเร่งรัด: each by name, or all by the list that the letter holds; nobody else."""
    heads = [head_of(Office(one.name, one.level, one.lao_kind)) for one in houses]
    if len(heads) == 1:
        return heads[0]
    if len(heads) <= _MOST_NAMED:
        return f"{' '.join(heads[:-1])} และ{heads[-1]}"
    are_local = all(one.level == Level.LAO for one in houses)
    heads_of = "นายกองค์กรปกครองส่วนท้องถิ่น" if are_local else "หัวหน้าหน่วยงาน"
    return f"{heads_of} ตามรายชื่อในหนังสือนี้"


def chase_body(
    houses: Sequence[LateHouse], *, title: str, own_name: str, today: date, until: date, days: int
) -> str:
    """เนื้อความของหนังสือเร่งรัด: what was asked, what is late and by whom, by when it is wanted."""
    by_task: dict[int, tuple[LateTask, list[LateHouse]]] = {}
    for house in houses:
        for task in house.tasks:
            by_task.setdefault(task.obligation, (task, []))[1].append(house)
    parts = [
        f"ตามหนังสือที่อ้างถึง {own_name}ขอให้ท่านดำเนินการเรื่อง{squeeze(title)} นั้น",
        f"บัดนี้ล่วงเลยกำหนดแล้ว ตรวจสอบ ณ วันที่ {format_date(today)} ยังไม่ได้รับผลการดำเนินการ ดังนี้",
    ]
    for number, (task, late) in enumerate(by_task.values(), start=1):
        clause = f"ข้อ {task.number} " if task.number else ""
        days_over = sorted({one.working_days for house in late for one in house.tasks
                            if one.obligation == task.obligation})  # fmt: skip
        over = str(days_over[0]) if len(days_over) == 1 else f"{days_over[0]}–{days_over[-1]}"
        who = "" if len(houses) == 1 else f" จำนวน {len(late)} แห่ง"
        parts.append(
            f"{number}. {clause}{_cut(task.text)} กำหนดวันที่ {format_date(task.due_on)} "
            f"ล่วงเลยมา {over} วันทำการ{who}"
        )
    if len(houses) > 1:
        parts.append("หน่วยงานที่ยังไม่ได้ส่งผล มีดังนี้")
        parts.append(_table(houses, list(by_task)))
    parts.append(
        f"จึงขอให้เร่งรัดดำเนินการและส่งผลให้{own_name}ภายในวันที่ {format_date(until)} "
        f"(ภายใน {days} วันทำการ) หากได้ส่งผลแล้ว ขออภัยมา ณ ที่นี้"
    )
    parts.append("จึงเรียนมาเพื่อพิจารณาดำเนินการ")
    return "\n\n".join(parts)


def _table(houses: Sequence[LateHouse], obligations: Sequence[int]) -> str:
    """Exactly those who are late, a row each, with the items above that each is late with."""
    at = {obligation: number for number, obligation in enumerate(obligations, start=1)}
    rows = [
        f"| {number} | {house.name.replace('|', '')} "
        f"| {', '.join(str(at[task.obligation]) for task in house.tasks)} |"
        for number, house in enumerate(houses, start=1)
    ]
    return "\n".join(["| ที่ | หน่วยงาน | ยังไม่ได้ส่งผลตามข้อ |", _SHARES, *rows])


def _cut(text: str) -> str:
    words = squeeze(text)
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1].rstrip()}…"
