"""รายการงบประมาณ: the house's lines of a year, kept, raised and lowered."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import uuid6
from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.projects.actions.checks import check_decides
from thamthan.projects.actions.money_locks import (
    Sure,
    check_same_press,
    check_seen,
    locked_lines,
)
from thamthan.projects.models import BudgetLine, FundingChannel, FundingRequest
from thamthan.projects.rules import (
    MOST_YEARS_AHEAD,
    AmountDoubt,
    BahtRead,
    check_sure,
    in_baht,
    line_doubts,
)
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.dates import FiscalYear
from thamthan.thai.text import squeeze

_FEWEST_YEAR = 2540
# Of fewer lines than these nothing can be said about a house's whole year.
_LINES_THAT_TELL = 5
MOST_LINES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LineWords:
    """รายการงบประมาณ as a person gives it: what it is, of which year, where it stands."""

    name: str
    be_year: int
    category: str = ""
    reference: str = ""
    channel: FundingChannel | None = None


@transaction.atomic
def keep_line(
    words: LineWords,
    amount: BahtRead,
    *,
    by: Post,
    line: BudgetLine | None = None,
    request: FundingRequest | None = None,
    press: UUID | None = None,
    seen_satang: int | None = None,
    sure_of: Sure = (),
) -> BudgetLine:
    """บันทึกรายการงบประมาณ: a new line, or one worded anew, raised or lowered.

    Never under what projects may use of it already. The same `press` sent twice is one line.
    Whether a council agreed is not checked here.
    """
    check_decides(by)
    house = house_of(by)
    if line is None:
        if kept := _pressed(press, words, amount, house):
            return kept
        row = BudgetLine(organisation=house, made_by=by, ref=press or uuid6.uuid7())
    else:
        (row,) = locked_lines(line, by=by)
        check_seen(seen_satang, row.approved_satang)
    _put(row, words, request, house)
    if amount.satang < row.allotted_satang:
        raise Refused(
            f"รายการนี้จัดสรรให้โครงการไปแล้ว {in_baht(row.allotted_satang)} ลดต่ำกว่านี้ไม่ได้",
            code="line_allotted",
            field="amount",
            allotted_satang=row.allotted_satang,
        )
    check_sure(_doubts(row, amount), sure_of=sure_of)
    before, row.approved_satang = row.approved_satang, amount.satang
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # The same press came twice in the same moment; the first of them made the line.
        twin = _pressed(press, words, amount, house)
        if line is not None or twin is None:
            raise
        return twin
    record(
        Verb.LINE_KEPT,
        row,
        by=by,
        name=row.name,
        be_year=row.be_year,
        before_satang=before,
        approved_satang=row.approved_satang,
    )
    return row


@transaction.atomic
def keep_lines(
    lines: Iterable[tuple[LineWords, BahtRead]], *, by: Post, press: UUID, sure_of: Sure = ()
) -> list[BudgetLine]:
    """บันทึกหลายรายการพร้อมกัน: all of them or none, as pasted from a table; once for a press."""
    check_decides(by)
    given = list(lines)
    if len(given) > MOST_LINES_AT_ONCE:
        raise Refused(
            f"บันทึกได้ครั้งละไม่เกิน {MOST_LINES_AT_ONCE} รายการ", code="too_many_lines", status=400
        )
    kept: list[BudgetLine] = []
    doubts: list[AmountDoubt] = []
    for at, (words, amount) in enumerate(given):
        # A key of its own for each line of the press, the same whenever the press comes again.
        key = UUID(int=(press.int + at) % (1 << 128))
        try:
            kept.append(keep_line(words, amount, by=by, press=key, sure_of=sure_of))
        except Refused as refused:
            if refused.code != "unsure":
                raise Refused(
                    f"แถวที่ {at + 1}: {refused.message}", code=refused.code, status=refused.status
                ) from refused
            doubts += [AmountDoubt(**doubt) for doubt in refused.facts["doubts"]]  # type: ignore[attr-defined]
    check_sure(doubts, sure_of=())
    return kept


def _pressed(
    press: UUID | None, words: LineWords, amount: BahtRead, house: Organisation
) -> BudgetLine | None:
    """The line that this press made already; refused where it says something else by now."""
    kept = BudgetLine.objects.filter(ref=press, organisation=house).first() if press else None
    if kept is not None:
        made = (kept.name, kept.be_year, kept.approved_satang)
        check_same_press(made == (squeeze(words.name), words.be_year, amount.satang))
    return kept


def _put(
    row: BudgetLine, words: LineWords, request: FundingRequest | None, house: Organisation
) -> None:
    fields = {"name": (words.name, 500), "category": (words.category, 300)}
    for field, (text, most) in (fields | {"reference": (words.reference, 300)}).items():
        said = squeeze(text)
        if len(said) > most:
            raise Refused(f"ยาวเกิน {most} ตัวอักษร", code="long_words", status=400, field=field)
        setattr(row, field, said)
    if not row.name:
        raise Refused("โปรดบอกชื่อรายการ", code="no_name", status=400, field="name")
    this_year = FiscalYear.containing(timezone.localdate()).be
    if not _FEWEST_YEAR <= words.be_year <= this_year + MOST_YEARS_AHEAD:
        raise Refused(
            "ปีงบประมาณนี้ไม่น่าใช่ โปรดใส่เป็น พ.ศ.", code="wrong_year", status=400, field="year"
        )
    if row.allotted_satang and row.be_year != words.be_year:
        raise Refused("จัดสรรให้โครงการแล้ว จึงย้ายปีงบประมาณไม่ได้", code="line_allotted", field="year")
    if request is not None and request.organisation_id != house.pk:
        raise Refused("คำขอนี้เป็นของหน่วยงานอื่น", code="foreign_request", status=403)
    if request is not None and BudgetLine.objects.filter(request=request).exclude(pk=row.pk):
        raise Refused("คำขอนี้มีรายการงบประมาณแล้ว", code="request_has_a_line")
    row.be_year, row.channel = words.be_year, words.channel
    row.request = request or row.request


def _doubts(row: BudgetLine, amount: BahtRead) -> list[AmountDoubt]:
    """What of a line needs a look: its amount, and a line of the same name in the same year."""
    others = BudgetLine.objects.filter(
        organisation_id=row.organisation_id, be_year=row.be_year
    ).exclude(pk=row.pk)
    is_new = row._state.adding
    is_changed = is_new or amount.satang != row.approved_satang
    found = line_doubts(amount, house_year=_year_of(row, others)) if is_changed else []
    if is_new:
        twin = others.filter(name=row.name, category=row.category).first()
        if twin is not None:
            words = f"มีรายการ “{row.name}” {in_baht(twin.approved_satang)} ในปีนี้แล้ว"
            found.append(AmountDoubt(f"same_name:{twin.pk}", words))
    return found


def _year_of(row: BudgetLine, others: QuerySet[BudgetLine]) -> int:
    """All money of the house's last year, or this year's where enough of it is there to tell."""
    last = BudgetLine.objects.filter(
        organisation_id=row.organisation_id, be_year=row.be_year - 1
    ).aggregate(whole=Sum("approved_satang"))["whole"]
    this = others.aggregate(whole=Sum("approved_satang"), count=Count("pk"))
    enough = (this["whole"] or 0) if this["count"] >= _LINES_THAT_TELL else 0
    return max(last or 0, enough)
