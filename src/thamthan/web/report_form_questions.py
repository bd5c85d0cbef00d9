"""One question of a form: its kind first, then what that kind can be asked and added up by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from thamthan.directives.queries import indicators_seen_by
from thamthan.errors import Refused
from thamthan.projects.rules import in_digits, milli_of
from thamthan.reports.actions import keep_question
from thamthan.reports.queries import form_for, question_for
from thamthan.reports.rules import (
    FILLS,
    MOST_COLUMNS,
    MOST_WORDS,
    PERIODS,
    PLACES,
    RANGED,
    Adding,
    AskedFor,
    ColumnKind,
    Each,
    Fill,
    QuestionKind,
    TableColumn,
)
from thamthan.web.doors import PostRequest, acting
from thamthan.web.report_forms import check_open, seen_revision
from thamthan.web.sheets import Field, Sheet

if TYPE_CHECKING:
    from thamthan.reports.models import FormQuestion, ReportForm

_Legal = TypeVar("_Legal", Fill, Each, Adding)
_NUMBERS = frozenset({QuestionKind.NUMBER, QuestionKind.SHARE, QuestionKind.MONEY})
# Rows of a table's columns that stand empty at the end, to be filled in.
_EMPTY_ROWS = 2


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """แถวหนึ่งของสดมภ์ as it stands on the page."""

    at: int
    key: str = ""
    text: str = ""
    kind: str = ColumnKind.TEXT
    unit: str = ""
    is_summed: bool = False


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def report_form_question_new(request: PostRequest, pk: int) -> HttpResponse:
    """เพิ่มคำถาม at the end of the form."""
    return _question(request, form_for(request.post, pk), None)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def report_form_question(request: PostRequest, pk: int, question_pk: int) -> HttpResponse:
    """แก้คำถามหนึ่งข้อของแบบที่ยังไม่ใช้."""
    form = form_for(request.post, pk)
    return _question(request, form, question_for(request.post, form, question_pk))


def _question(request: PostRequest, form: "ReportForm", row: "FormQuestion | None") -> HttpResponse:
    check_open(request, form)
    posted = request.POST.dict() if request.method == "POST" else None
    kind = _kind(posted, row)
    sheet, more = _sheet(kind, row, posted), _more_sheet(request, kind, row, posted)
    columns = _columns(row, posted)
    # Another kind, or one more row of columns: the page again, and nothing is wrong yet.
    is_kept = posted is not None and posted.get("deed", "save") == "save"
    if is_kept:
        asked = _asked(kind, posted or {}, sheet, more, columns)
        if not (sheet.is_wrong or more.is_wrong):
            try:
                keep_question(
                    form, asked, by=request.post, seen_revision=seen_revision(request), question=row
                )
            except Refused as refused:
                is_more = str(refused.facts.get("field", "")) in more.typed.values
                (more if is_more else sheet).refuse(refused)
            else:
                messages.success(request, "บันทึกคำถามแล้ว")
                return redirect("report-form", pk=form.pk)
    return render(
        request,
        "reports/form_question.html",
        {
            "form": form,
            "question": row,
            "kind": kind,
            "kinds": QuestionKind.choices,
            "sheet": sheet,
            "more": more,
            "columns": _shown(columns, is_more=posted is not None and posted.get("deed") == "row"),
            "column_kinds": ColumnKind.choices,
            "most_columns": MOST_COLUMNS,
            "only_places": PLACES[kind][0].label if len(PLACES[kind]) == 1 else "",
            "revision": request.POST.get("revision") or form.revision,
        },
        status=422 if is_kept else 200,
    )


def _kind(posted: Mapping[str, str] | None, row: "FormQuestion | None") -> QuestionKind:
    given = posted.get("kind", "") if posted is not None else row.kind if row else ""
    return QuestionKind(given) if given in QuestionKind.values else QuestionKind.NUMBER


def _choice(
    name: str,
    label: str,
    legal: "tuple[Adding, ...] | tuple[Fill, ...] | tuple[Each, ...]",
    value: str,
    *,
    hint: str = "",
) -> Field:
    return Field(
        name, label, value, hint=hint, kind="choice",
        choices=tuple((one.value, str(one.label)) for one in legal),
    )  # fmt: skip


def _sheet(
    kind: QuestionKind, row: "FormQuestion | None", posted: Mapping[str, str] | None
) -> Sheet:
    fields = [
        Field("text", "คำถาม", row.text if row else "", kind="lines", most=MOST_WORDS),
        Field(
            "guidance", "คำอธิบายใต้คำถาม", row.guidance if row else "",
            kind="lines", is_needed=False, most=MOST_WORDS,
        ),
    ]  # fmt: skip
    if kind in _NUMBERS:
        usual = "บาท" if kind == QuestionKind.MONEY else ""
        fields.append(
            Field(
                "unit", "หน่วยนับ", (row.unit if row else "") or usual,
                hint="เช่น คน ครัวเรือน แห่ง", is_needed=kind == QuestionKind.NUMBER, most=60,
            )
        )  # fmt: skip
    fields.append(Field("is_required", "ต้องตอบ", "1" if row is None or row.is_required else "",
                        kind="tick", is_needed=False))  # fmt: skip
    if len(FILLS[kind]) > 1:
        legal = FILLS[kind]
        fields.append(
            _choice(
                "fill", "เติมจาก", legal, row.fill if row else legal[0],
                hint="ที่ระบบรู้จากโครงการ ผู้รายงานเพียงตรวจ",
            )
        )  # fmt: skip
    each = tuple(one for one in Each if one != Each.INDICATOR or kind in _NUMBERS)
    fields.append(_choice("each", "ถามกี่ครั้ง", each, row.each if row else Each.ONCE))
    for name, label, ways in (
        ("over_places", "รวมทุกหน่วยงานอย่างไร", PLACES[kind]),
        ("over_periods", "รวมหลายงวดอย่างไร", PERIODS[kind]),
    ):
        if len(ways) > 1:
            fields.append(_choice(name, label, ways, getattr(row, name) if row else ways[0]))
    return Sheet(fields, posted)


def _more_sheet(
    request: PostRequest,
    kind: QuestionKind,
    row: "FormQuestion | None",
    posted: Mapping[str, str] | None,
) -> Sheet:
    """What most questions do without."""
    fields = [
        Field(
            "heading", "อยู่ใต้หัวข้อ", row.heading if row else "",
            hint="เฉพาะคำถามที่ถามครั้งเดียว คำถามของข้อสั่งการอยู่ใต้ข้อนั้นเอง",
            is_needed=False, most=300,
        )
    ]  # fmt: skip
    if kind in RANGED:
        for name, label in (("least", "ไม่น้อยกว่า"), ("most", "ไม่เกิน")):
            milli = getattr(row, f"{name}_milli") if row else None
            value = in_digits(milli) if milli is not None else ""
            fields.append(Field(name, label, value, is_needed=False, most=30))
    if kind in _NUMBERS:
        names = {one.code: one.name for one in indicators_seen_by(request.post).order_by("code")}
        choices = (("", "ไม่ระบุ"), *((code, f"{code} {name}"[:120]) for code, name in names.items()))
        fields.append(
            Field(
                "indicator_code", "ตัวชี้วัด", row.indicator_code if row else "",
                hint="ใช้เมื่อเติมจากผลตัวชี้วัดและถามครั้งเดียว",
                kind="choice", choices=choices, is_needed=False,
            )
        )  # fmt: skip
    fields.append(
        Field(
            "key", "รหัสคำถาม", row.key if row else "",
            hint="ใช้ในไฟล์ส่งออก เว้นไว้ระบบตั้งให้", is_needed=False, most=40,
        )
    )  # fmt: skip
    return Sheet(fields, posted)


def _asked(
    kind: QuestionKind,
    typed: Mapping[str, str],
    sheet: Sheet,
    more: Sheet,
    columns: list[ColumnRow],
) -> AskedFor:
    sheet.need("text")

    def chosen(name: str, usual: str) -> str:
        # Also what the page of this kind does not ask: the room says why it cannot be.
        return typed.get(name, "") or usual

    places, periods = PLACES[kind][0], PERIODS[kind][0]
    return AskedFor(
        key=more.words("key"),
        text=sheet.words("text"),
        kind=kind,
        heading=more.words("heading"),
        guidance=sheet.typed.values["guidance"].replace("\x00", "").strip(),
        unit=sheet.words("unit"),
        is_required=sheet.typed.is_ticked("is_required"),
        fill=_known(Fill, chosen("fill", FILLS[kind][0]), FILLS[kind][0]),
        each=_known(Each, chosen("each", Each.ONCE), Each.ONCE),
        over_places=_known(Adding, chosen("over_places", places), places),
        over_periods=_known(Adding, chosen("over_periods", periods), periods),
        indicator_code=more.words("indicator_code"),
        least_milli=_milli(more, "least"),
        most_milli=_milli(more, "most"),
        columns=_table(columns) if kind == QuestionKind.TABLE else (),
    )


def _known(of: type[_Legal], given: str, usual: _Legal) -> _Legal:
    return of(given) if given in of.values else usual


def _milli(sheet: Sheet, name: str) -> int | None:
    try:
        return milli_of(sheet.words(name))
    except Refused as refused:
        sheet.typed.problems[name] = refused.message
        return None


def _columns(row: "FormQuestion | None", posted: Mapping[str, str] | None) -> list[ColumnRow]:
    if posted is None:
        return [
            ColumnRow(at, one["key"], one["text"], one["kind"], one["unit"], is_summed=one["sum"])
            for at, one in enumerate(row.columns if row else [])
        ]
    rows: list[ColumnRow] = []
    for at in range(2 * MOST_COLUMNS):
        text = " ".join(posted.get(f"column-text-{at}", "").split())
        if not text:
            # A column whose heading was emptied is taken out.
            continue
        kind = posted.get(f"column-kind-{at}", "")
        rows.append(
            ColumnRow(
                len(rows),
                posted.get(f"column-key-{at}", "")[:60],
                text[:200],
                kind if kind in ColumnKind.values else ColumnKind.TEXT,
                " ".join(posted.get(f"column-unit-{at}", "").split())[:100],
                is_summed=bool(posted.get(f"column-sum-{at}")),
            )
        )
    return rows


def _shown(columns: list[ColumnRow], *, is_more: bool) -> list[ColumnRow]:
    empty = _EMPTY_ROWS + 2 if is_more or not columns else _EMPTY_ROWS
    last = min(len(columns) + empty, max(MOST_COLUMNS, len(columns)))
    return [*columns, *(ColumnRow(at) for at in range(len(columns), last))]


def _table(columns: list[ColumnRow]) -> tuple[TableColumn, ...]:
    taken = {one.key for one in columns}
    told = []
    for one in columns:
        key = one.key
        if not key:
            key = next(name for at in range(1, 99) if (name := f"c{at}") not in taken)
            taken.add(key)
        kind = ColumnKind(one.kind)
        unit = one.unit or ("บาท" if kind == ColumnKind.MONEY else "")
        told.append(TableColumn(key, one.text, kind, unit, is_summed=one.is_summed))
    return tuple(told)
