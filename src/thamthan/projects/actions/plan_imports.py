"""นำเข้าแผนจากไฟล์: read first, looked at by a person, and only then written, all at once."""

from collections.abc import Collection
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import check_works
from thamthan.projects.actions.plans import (
    add_rows,
    budgets_of,
    checked,
    keep_plan,
    locked_plan,
    put_words,
)
from thamthan.projects.models import DevelopmentPlan, ImportLine, PlanBudget, PlanImport, PlanRow
from thamthan.projects.queries import imports_of, line_read, plan_rows, plans_of, words_of_row
from thamthan.projects.rules import (
    ImportState,
    LineChoice,
    LineStanding,
    PlanMode,
    PlanShape,
    PlanWords,
)
from thamthan.projects.rules.plans import (
    Matched,
    carried_over,
    match_lines,
    plan_period,
    words_of_line,
)
from thamthan.reading.jsonform import to_plain
from thamthan.reading.plans import PlanReading, read_plan
from thamthan.reading.plans.model import PlanLine, SheetReading
from thamthan.records.actions import record, store_file
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

_AT_ONCE = 500
_FIRST_OF_ISSUES = 2571
_MOST_NAME = 300
_TAKEN = (LineChoice.TAKE, LineChoice.ADD)
# A line with these is left out unless somebody wants it: its own words say that it is no more.
_LEFT_OUT = frozenset({"gone", "before_change", "double"})


def begin_plan_import(content: bytes, name: str, *, by: Post) -> PlanImport:
    """เริ่มนำเข้าแผน: the file is kept and read, and its lines wait to be looked at.

    Writes nothing into any plan. A file that waits already is that import; one without a single
    line of a project is refused, and not kept.
    """
    check_works(by)
    house = house_of(by)
    reading = read_plan(content, name=name)
    period = plan_period(reading.lines)
    if not reading.lines or period is None:
        raise Refused(_nothing_found(reading), code="no_lines", status=422)
    try:
        with transaction.atomic():
            file = store_file(content, by=by)
            waiting = imports_of(by).filter(file=file, state=ImportState.WAITING).first()
            if waiting is not None:
                return waiting
            made = PlanImport.objects.create(
                organisation=house,
                be_from=period[0],
                be_to=period[1],
                shape=_shape(reading, period),
                file=file,
                name=squeeze(name)[:_MOST_NAME] or "ไฟล์แผน",
                sheets=[_told(sheet) for sheet in reading.sheets],
                made_by=by,
            )
            _put_lines(made, reading, by=by)
            record(Verb.PLAN_READ, made, by=by, name=made.name, lines=len(reading.lines))
            return made
    except IntegrityError:
        # Two people brought the same file at once; one import is right.
        return imports_of(by).get(file__sha256=file.sha256, state=ImportState.WAITING)


def _nothing_found(reading: PlanReading) -> str:
    reasons = dict.fromkeys(f"แผ่น “{sheet}” {fate.reason}" for sheet, fate in reading.refused)
    shown = " ".join(list(reasons)[:2])
    return f"ไม่พบแถวของโครงการในไฟล์นี้ {shown}".strip()


def _shape(reading: PlanReading, period: tuple[int, int]) -> PlanShape:
    """รูปแบบของแผน: by issues from the period of 2571 on, or where most lines stand under them."""
    under_issues = sum(bool(line.text("issue")) for line in reading.lines)
    is_by_issue = period[0] >= _FIRST_OF_ISSUES or under_issues * 2 > len(reading.lines)
    return PlanShape.ISSUE if is_by_issue else PlanShape.STRATEGY


def _told(sheet: SheetReading) -> dict[str, Any]:
    """What is shown of a sheet beside its lines, which have rows of their own."""
    plain = cast("dict[str, Any]", to_plain(sheet))
    plain["refused"] = [row for row in plain.pop("rows") if row["kind"] == "refused"]
    plain["lines"] = len(sheet.lines)
    plain["row_count"] = len(sheet.rows)
    return plain


def _put_lines(made: PlanImport, reading: PlanReading, *, by: Post) -> None:
    plan = plans_of(by).filter(be_from=made.be_from).first()
    lines = reading.lines
    matched = _matched(plan, lines, by=by)
    ImportLine.objects.bulk_create(
        [
            ImportLine(
                plan_import=made,
                position=at,
                sheet=line.sheet[:100],
                first_row=line.rows[0],
                form=line.form,
                name=line.text("name"),
                reading=to_plain(line),
                doubt_count=len(line.doubts),
                standing=found.standing,
                matched_id=found.row,
                differs=list(found.differs),
                choice=_first_choice(line, found, made),
            )
            for at, (line, found) in enumerate(zip(lines, matched, strict=True), start=1)
        ],
        batch_size=_AT_ONCE,
    )


def _matched(
    plan: DevelopmentPlan | None, lines: Collection[PlanLine], *, by: Post
) -> list[Matched]:
    rows = {} if plan is None else {row.pk: words_of_row(by, row) for row in plan_rows(by, plan)}
    return match_lines([(words_of_line(line), line.spoken) for line in lines], rows)


def _first_choice(line: PlanLine, found: Matched, made: PlanImport) -> LineChoice:
    """What is proposed: a plain line is taken, a doubtful one waits for eyes, one whose own words
    say that it is no more, or that is there already, is left out."""
    if found.standing == LineStanding.SAME:
        return LineChoice.LEAVE
    if any(doubt.code in _LEFT_OUT for doubt in line.doubts):
        return LineChoice.LEAVE
    in_period = all(made.be_from <= one.be_year <= made.be_to for one in line.budgets)
    if line.doubts or found.standing == LineStanding.CHANGED or not in_period:
        return LineChoice.OPEN
    return LineChoice.TAKE


@transaction.atomic
def choose_lines(plan_import: PlanImport, pks: Collection[int], choice: str, *, by: Post) -> int:
    """ตัดสินแถวในไฟล์: take these lines, leave them out, or look later; says how many changed."""
    locked = locked_import(plan_import, by=by)
    check_waiting(locked)
    if choice not in LineChoice.values:
        raise Refused("ไม่รู้จักการตัดสินนี้", code="wrong_choice", status=400)
    lines = locked.lines.filter(pk__in=pks).exclude(choice=choice)
    if choice in _TAKEN:
        # What stands in the plan already adds nothing, whatever is pressed.
        lines = lines.exclude(standing=LineStanding.SAME)
    return lines.update(choice=choice)


def agree_plan_import(plan_import: PlanImport, *, by: Post, leave_rest: bool = False) -> PlanImport:
    """ตกลงนำเข้า: the lines that were taken become rows of the plan, all or none.

    A second press adds nothing. Where the plan changed since the lines were held against it, they
    are held against it anew and nothing is written. Lines that nobody decided on are refused,
    unless the rest is to be left out.
    """
    with transaction.atomic():
        locked = locked_import(plan_import, by=by)
        if locked.state == ImportState.AGREED:
            return locked
        check_waiting(locked)
        open_lines = locked.lines.filter(choice=LineChoice.OPEN)
        if leave_rest:
            open_lines.update(choice=LineChoice.LEAVE)
        elif count := open_lines.count():
            raise Refused(
                f"ยังมี {count:,} แถวที่ต้องดูและตัดสินก่อน หรือเลือกไม่นำเข้าแถวที่เหลือ", code="lines_open"
            )
        plan = keep_plan(locked.be_from, locked.be_to, locked.shape, by=by)
        plan = locked_plan(plan, by=by)
        if _is_still_true(locked, plan, by=by):
            _write(locked, plan, by=by)
            return locked
    raise Refused(
        "แผนเปลี่ยนไปจากตอนที่เทียบไว้ ระบบเทียบใหม่ให้แล้ว ยังไม่ได้นำเข้า โปรดดูอีกครั้ง", code="plan_changed"
    )


def _is_still_true(locked: PlanImport, plan: DevelopmentPlan, *, by: Post) -> bool:
    """Holds the lines against the plan again; one that is taken and stands otherwise, waits."""
    lines = list(locked.lines.order_by("position"))
    found = _matched(plan, [line_read(by, line) for line in lines], by=by)
    changed = []
    is_true = True
    for line, now in zip(lines, found, strict=True):
        if (line.standing, line.matched_id, line.differs) == (
            now.standing,
            now.row,
            [*now.differs],
        ):
            continue
        line.standing, line.matched_id, line.differs = now.standing, now.row, [*now.differs]
        if line.choice in _TAKEN and now.standing != LineStanding.SAME:
            is_true = False
            line.choice = LineChoice.OPEN
        changed.append(line)
    ImportLine.objects.bulk_update(
        changed, ["standing", "matched", "differs", "choice"], batch_size=_AT_ONCE
    )
    return is_true


def _write(locked: PlanImport, plan: DevelopmentPlan, *, by: Post) -> None:
    taken = list(
        locked.lines.filter(choice__in=_TAKEN)
        .exclude(standing=LineStanding.SAME)
        .select_related("matched")
    )
    kept = {
        row.pk: row
        for row in plan_rows(by, plan).filter(pk__in=[line.matched_id for line in taken])
    }
    new = [line for line in taken if _is_added(line)]
    rows = add_rows(plan, [_words(line, by=by) for line in new], by=by)
    for line, row in zip(new, rows, strict=True):
        line.row = row
    amended = [line for line in taken if not _is_added(line)]
    for line in amended:
        line.row = _amend(plan, kept[line.matched_id or 0], line, by=by)
    ImportLine.objects.bulk_update([*new, *amended], ["row"], batch_size=_AT_ONCE)
    locked.plan, locked.state = plan, ImportState.AGREED
    locked.added, locked.amended = len(new), len(amended)
    locked.settled_by, locked.settled_at = by, timezone.now()
    locked.save()
    for imported in (plan, locked):
        record(
            Verb.PLAN_IMPORTED,
            imported,
            by=by,
            file=locked.name,
            added=locked.added,
            amended=locked.amended,
        )


def _is_added(line: ImportLine) -> bool:
    return line.standing == LineStanding.NEW or line.choice == LineChoice.ADD


def _words(line: ImportLine, *, by: Post) -> PlanWords:
    return checked(words_of_line(line_read(by, line)))


def _amend(plan: DevelopmentPlan, before: PlanRow, line: ImportLine, *, by: Post) -> PlanRow:
    """A changed line stands in the old row's place, and the old row behind it."""
    read = line_read(by, line)
    words = carried_over(_words(line, by=by), words_of_row(by, before), spoken=read.spoken)
    row = PlanRow(plan=plan, position=before.position)
    put_words(row, words)
    if row.mode == PlanMode.FIRST:
        # The file does not say by what; that it is no longer the first wording is certain.
        row.mode = PlanMode.CORRECTED
    row.save()
    PlanBudget.objects.bulk_create(budgets_of(row, words))
    before.replaced_by = row
    before.save(update_fields=["replaced_by"])
    return row


@transaction.atomic
def drop_plan_import(plan_import: PlanImport, *, by: Post) -> PlanImport:
    """ไม่นำเข้าไฟล์นี้: its lines go; the file stays kept. A second press changes nothing."""
    locked = locked_import(plan_import, by=by)
    if locked.state == ImportState.DROPPED:
        return locked
    check_waiting(locked)
    locked.lines.all().delete()
    locked.state = ImportState.DROPPED
    locked.settled_by, locked.settled_at = by, timezone.now()
    locked.save()
    record(Verb.PLAN_READ, locked, by=by, name=locked.name, deed="dropped")
    return locked


def locked_import(plan_import: PlanImport, *, by: Post) -> PlanImport:
    """The import of one's own house, locked."""
    check_works(by)
    PlanImport.objects.select_for_update(no_key=True).get(pk=plan_import.pk)
    locked = PlanImport.objects.select_related("organisation").get(pk=plan_import.pk)
    if locked.organisation.path != by.organisation.house_path:
        raise Refused("การนำเข้านี้เป็นของหน่วยงานอื่น", code="foreign_import", status=403)
    return locked


def check_waiting(locked: PlanImport) -> None:
    """Refuse one that was agreed on or dropped."""
    if locked.state == ImportState.AGREED:
        raise Refused("ไฟล์นี้นำเข้าแผนไปแล้ว", code="import_agreed")
    if locked.state == ImportState.DROPPED:
        raise Refused("การนำเข้านี้ถูกยกเลิกแล้ว", code="import_dropped")
