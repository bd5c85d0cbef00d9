"""แก้ค่าที่อ่านผิดในไฟล์แผน: in place, before anything is written; the file's own words stay beside."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.plan_imports import check_waiting, locked_import
from thamthan.projects.actions.plans import checked
from thamthan.projects.models import ImportLine, PlanImport
from thamthan.projects.queries import line_as_read, plan_rows, plans_of, words_of_row
from thamthan.projects.rules import LineChoice, LineStanding
from thamthan.projects.rules.plan_corrections import (
    YEAR,
    Corrected,
    corrected,
    read_corrected,
    read_value,
)
from thamthan.projects.rules.plans import Matched, match_lines, words_of_line
from thamthan.reading.plans.model import PlanLine
from thamthan.records.actions import record
from thamthan.records.rules import Verb

_AT_ONCE = 500
_TAKEN = (LineChoice.TAKE, LineChoice.ADD)


@transaction.atomic
def correct_line(
    plan_import: PlanImport, pk: int, given: Mapping[str, str], *, by: Post
) -> ImportLine:
    """แก้ค่าในแถวของไฟล์แผน: each cell by its field, as typed; what is as the file says is taken back.

    Checked at once and held against the plan again. A line that is still doubtful, or stands
    otherwise than when it was taken, waits to be decided on anew.
    """
    locked = locked_import(plan_import, by=by)
    check_waiting(locked)
    line = locked.lines.select_related("matched").filter(pk=pk).first()
    if line is None:
        raise NotFound("ไม่พบแถวนี้ในไฟล์")
    read = line_as_read(by, line)
    wanted = {field: read_corrected(field, typed) for field, typed in given.items()}
    changed = _put(line, read, wanted, by=by)
    if changed:
        _settle(locked, line, read, _Plan(locked, by=by))
        line.save()
        record(
            Verb.PLAN_READ, locked, by=by, deed="corrected", line=line.position,
            name=line.name[:200], changed=changed,
        )  # fmt: skip
    return line


@transaction.atomic
def correct_year(plan_import: PlanImport, sheet: str, *, was: int, now: str, by: Post) -> int:
    """แก้ปีของคอลัมน์ทั้งแผ่น: in every line of the sheet that has this year; says in how many."""
    locked = locked_import(plan_import, by=by)
    check_waiting(locked)
    year = read_corrected(f"{YEAR}.0", now)
    plan = _Plan(locked, by=by)
    found = []
    for line in locked.lines.filter(sheet=sheet).order_by("position"):
        read = line_as_read(by, line)
        at = next((at for at, one in enumerate(read.budgets) if one.be_year == was), None)
        if at is not None and _put(line, read, {f"{YEAR}.{at}": year}, by=by):
            _settle(locked, line, read, plan)
            found.append(line)
    ImportLine.objects.bulk_update(
        found,
        ["corrections", "doubt_count", "standing", "matched", "differs", "choice"],
        batch_size=_AT_ONCE,
    )
    if found:
        record(
            Verb.PLAN_READ, locked, by=by, deed="corrected", sheet=sheet, was=was, now=year,
            lines=len(found),
        )  # fmt: skip
    return len(found)


def _put(
    line: ImportLine, read: PlanLine, wanted: Mapping[str, Corrected], *, by: Post
) -> dict[str, Any]:
    """The corrections of the line, each with who and when; gives what changed, before and after."""
    kept: dict[str, dict[str, Any]] = dict(line.corrections)
    changed: dict[str, Any] = {}
    at = timezone.now().isoformat()
    for field, value in wanted.items():
        said = read_value(read, field)
        before = kept[field]["value"] if field in kept else said
        if value == before:
            continue
        changed[field] = [before, value]
        if value == said:
            del kept[field]
        else:
            kept[field] = {"value": value, "by": by.words(), "at": at}
    line.corrections = kept
    return changed


class _Plan:
    """The rows of the plan that a line may be, and which line each is held against already."""

    def __init__(self, locked: PlanImport, *, by: Post) -> None:
        plan = plans_of(by).filter(be_from=locked.be_from).first()
        rows = plan_rows(by, plan) if plan is not None else ()
        self._rows = {row.pk: words_of_row(by, row) for row in rows}
        matched = locked.lines.exclude(matched=None).values_list("pk", "matched")
        self._held = dict(matched)

    def match(self, pk: int, line: PlanLine) -> Matched:
        """The line against what no other line is held against."""
        self._held.pop(pk, None)
        free = self._rows.keys() - self._held.values()
        rows = {key: self._rows[key] for key in self._rows if key in free}
        (found,) = match_lines([(words_of_line(line), line.spoken)], rows)
        if found.row is not None:
            self._held[pk] = found.row
        return found


def _settle(locked: PlanImport, line: ImportLine, read: PlanLine, plan: _Plan) -> None:
    """What follows of a line's corrections: name, doubts, how it stands, what is decided."""
    now = corrected(read, {field: one["value"] for field, one in line.corrections.items()})
    _check(now, set(line.corrections))
    line.name, line.doubt_count = now.text("name"), len(now.doubts)
    before = line.standing, line.matched_id
    found = plan.match(line.pk, now)
    line.standing, line.matched_id, line.differs = found.standing, found.row, [*found.differs]
    in_period = all(locked.be_from <= one.be_year <= locked.be_to for one in now.budgets)
    if line.standing == LineStanding.SAME:
        line.choice = LineChoice.LEAVE
    elif line.choice in _TAKEN and (
        now.doubts or not in_period or (line.standing, line.matched_id) != before
    ):
        line.choice = LineChoice.OPEN
    elif before[0] == LineStanding.SAME:
        # It is left out no more because it is there already.
        line.choice = LineChoice.OPEN


def _check(line: PlanLine, fields: set[str]) -> None:
    """Refuse what no row of a plan may hold, where it is of what was corrected."""
    try:
        checked(words_of_line(line))
    except Refused as refused:
        field = refused.facts.get("field")
        if field is None or field in fields:
            raise
