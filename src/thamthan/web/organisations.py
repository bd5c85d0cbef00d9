"""The tree of organisations: looking in it, one organisation, and what its keeper may change."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.organisations.actions import (
    Particulars,
    change_organisation,
    close_organisation,
    create_organisation,
)
from thamthan.organisations.queries import (
    ancestors_of,
    check_keeps,
    children_of,
    in_dictionary_order,
    may_keep,
    organisation_for,
    organisations_seen_by,
    posts_at,
    spans_of,
)
from thamthan.organisations.rules import Duty, LaoKind, Level, may_stand_under
from thamthan.records.queries import history_of
from thamthan.thai.dates import format_date
from thamthan.thai.digits import to_arabic
from thamthan.web.doors import PostRequest, acting
from thamthan.web.sheets import Field, Sheet

if TYPE_CHECKING:
    from thamthan.organisations.models import Organisation, Post

A_PAGE = 50
HISTORY_SHOWN = 20
_LAO_KINDS = (("", "– ไม่ใช่ อปท. –"), *((kind.value, kind.label) for kind in LaoKind))


@dataclass(frozen=True, slots=True)
class Branch:
    """หนึ่งกิ่งของต้นไม้ที่แสดง, with those below it that are shown."""

    organisation: "Organisation"
    below: tuple["Branch", ...] = ()
    is_mine: bool = False


@acting
@require_safe
def organisations(request: PostRequest) -> HttpResponse:
    """หน่วยงาน: one's own place in the tree, or what was searched for."""
    text = request.GET.get("q", "")[:200].strip()
    level = request.GET.get("level", "")
    level = level if level in Level.values else ""
    page = tree = None
    if text or level:
        found = organisations_seen_by(request.post, text=to_arabic(text), level=level)
        rows = in_dictionary_order(found.select_related("parent"))
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    else:
        tree = _own_tree(request.post)
    return render(
        request,
        "organisations/organisations.html",
        {
            "text": text,
            "level": level,
            "levels": Level.choices,
            "page": page,
            "tree": tree,
            "previous": _address(text, level, page.number - 1) if page else "",
            "next": _address(text, level, page.number + 1) if page else "",
        },
    )


def _address(text: str, level: str, page: int) -> str:
    asked = {"q": text, "level": level, "page": page}
    return urlencode({name: value for name, value in asked.items() if value != ""})


def _own_tree(post: "Post") -> Branch:
    """From the root down to one's own organisation; beside that its neighbours, below it all."""
    own = post.organisation
    above = ancestors_of(post, own)
    branch = Branch(own, tuple(Branch(each) for each in _open(post, own)), is_mine=True)
    for place, parent in enumerate(reversed(above)):
        if place == 0:
            beside = _open(post, parent)
            below = tuple(branch if each == own else Branch(each) for each in beside)
        else:
            below = (branch,)
        branch = Branch(parent, below)
    return branch


def _open(post: "Post", organisation: "Organisation") -> Iterator["Organisation"]:
    return (each for each in children_of(post, organisation) if each.closed_on is None)


@acting
@require_safe
def organisation(request: PostRequest, code: str) -> HttpResponse:
    """หน่วยงานหนึ่ง."""
    row = organisation_for(request.post, code)
    today = timezone.localdate()
    keeps = may_keep(request.post, row)
    posts = list(posts_at(request.post, row))
    children = list(children_of(request.post, row))
    return render(
        request,
        "organisations/organisation.html",
        {
            "organisation": row,
            "ancestors": ancestors_of(request.post, row),
            "children": [each for each in children if each.closed_on is None],
            "closed_children": [each for each in children if each.closed_on is not None],
            "spans": list(spans_of(request.post, row))[::-1],
            "held": [post for post in posts if post.is_in_force(today)],
            "held_otherwise": [post for post in posts if not post.is_in_force(today)],
            "keeps": keeps,
            "may_set_chains": row.path == request.post.organisation.house_path
            and request.post.has_duty(Duty.KEEP_CHAINS),
            "may_add": keeps and row.closed_on is None and bool(_levels_under(row)),
            "history": history_of(row).order_by("-at", "-pk")[:HISTORY_SHOWN] if keeps else (),
        },
    )


def _levels_under(parent: "Organisation") -> list[Level]:
    return [
        level
        for level in Level
        if may_stand_under(level, parent.level, parent_kind=parent.lao_kind)
    ]


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: PostRequest, code: str) -> HttpResponse:
    """เพิ่มหน่วยงาน under one that is kept."""
    parent = organisation_for(request.post, code)
    check_keeps(request.post, parent)
    levels = _levels_under(parent)
    sheet = Sheet(
        (
            Field(
                "level",
                "ระดับ",
                levels[-1].value if levels else "",
                kind="choice",
                choices=tuple((level.value, level.label) for level in levels),
            ),
            Field(
                "code",
                "รหัสหน่วยงาน",
                hint="เลข A–Z หรือขีด ไม่เกิน 20 ตัว ตั้งแล้วแก้ไม่ได้ กองหรือสำนักใช้รหัสหน่วยงานต่อด้วยขีด เช่น "
                f"{parent.code}-01",
                most=20,
            ),
            *_particular_fields(None),
            Field("from_on", "ตั้งขึ้นเมื่อ", hint="ไม่ทราบให้เว้นว่าง", is_needed=False, most=60),
        ),
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST":
        from_on = sheet.typed.day("from_on")
        sheet.need("code", "name")
        if not sheet.is_wrong:
            try:
                made = create_organisation(
                    parent,
                    code=to_arabic(sheet.words("code")),
                    level=sheet.words("level"),
                    particulars=_particulars(sheet),
                    from_on=from_on,
                    by=request.post,
                )
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"เพิ่ม{made.name}แล้ว")
                return redirect("organisation", made.code)
    return _sheet_page(request, sheet, parent, "new")


def _particular_fields(row: "Organisation | None") -> Iterator[Field]:
    yield Field("name", "ชื่อเต็ม", row.name if row else "")
    yield Field(
        "short_name",
        "ชื่อย่อ",
        row.short_name if row else "",
        hint="เว้นว่างได้ จะใช้ชื่อเต็ม",
        most=120,
        is_needed=False,
    )
    yield Field(
        "lao_kind", "ประเภท อปท.", row.lao_kind if row else "", kind="choice", choices=_LAO_KINDS
    )
    yield Field(
        "agency_code",
        "รหัสหนังสือ",
        row.agency_code if row else "",
        hint="ที่อยู่หน้าเครื่องหมาย / ในเลขที่หนังสือของหน่วยงาน เช่น พบ 0618 ไม่แน่ใจให้เว้นว่าง",
        most=40,
        is_needed=False,
    )
    yield Field(
        "covers",
        "รหัสตำบลที่ดูแล",
        " ".join(row.covers) if row else "",
        hint="รหัส 6 หลัก เว้นวรรคระหว่างรหัส",
        most=2000,
        is_needed=False,
    )
    yield Field("english_name", "ชื่ออังกฤษ", row.english_name if row else "", is_needed=False)


def _particulars(sheet: Sheet) -> Particulars:
    return Particulars(
        name=sheet.words("name"),
        short_name=sheet.words("short_name"),
        english_name=sheet.words("english_name"),
        lao_kind=sheet.words("lao_kind"),
        agency_code=to_arabic(sheet.words("agency_code")),
        covers=tuple(to_arabic(sheet.words("covers")).split()),
    )


def _sheet_page(request: PostRequest, sheet: Sheet, row: "Organisation", what: str) -> HttpResponse:
    return render(
        request,
        "organisations/sheet.html",
        {"sheet": sheet, "organisation": row, "what": what},
        status=422 if sheet.is_wrong else 200,
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_change(request: PostRequest, code: str) -> HttpResponse:
    """แก้ไขหน่วยงาน from a day on; what it was before stays for the days before."""
    row = organisation_for(request.post, code)
    check_keeps(request.post, row)
    today = timezone.localdate()
    parent = row.parent
    sheet = Sheet(
        (
            *_particular_fields(row),
            Field(
                "parent",
                "รหัสหน่วยงานที่สังกัด",
                parent.code if parent else "",
                hint=f"ขณะนี้สังกัด{parent.name} หน่วยงานข้างใต้ย้ายตามไปด้วย"
                if parent
                else "เป็นรากของต้นไม้",
                most=20,
                is_needed=parent is not None,
            ),
            Field(
                "on",
                "มีผลตั้งแต่วันที่",
                format_date(today, style="short"),
                hint="หากเปลี่ยนชื่อ ประเภท หรือสังกัด ของเดิมจะยังอยู่สำหรับวันก่อนหน้านี้",
                most=60,
            ),
        ),
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST":
        on = sheet.typed.day("on")
        sheet.need("name", "on")
        above = _named(request.post, sheet, "parent")
        if on is not None and not sheet.is_wrong:
            try:
                changed = change_organisation(
                    row, _particulars(sheet), parent=above, on=on, by=request.post
                )
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"บันทึก{changed.name}แล้ว")
                return redirect("organisation", changed.code)
    return _sheet_page(request, sheet, row, "change")


def _named(post: "Post", sheet: Sheet, field: str) -> "Organisation | None":
    """The organisation whose code was typed in this field; None when it was left empty."""
    code = to_arabic(sheet.words(field)).upper()
    if not code:
        return None
    try:
        return organisation_for(post, code)
    except NotFound:
        sheet.typed.problems[field] = f"ไม่พบหน่วยงานรหัส {code}"
        return None


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_closing(request: PostRequest, code: str) -> HttpResponse:
    """ยุบเลิกหน่วยงาน: what will end with it is said before."""
    row = organisation_for(request.post, code)
    check_keeps(request.post, row)
    today = timezone.localdate()
    sheet = Sheet(
        (
            Field(
                "closed_on",
                "วันสุดท้ายที่มีหน่วยงานนี้",
                format_date(today, style="short"),
                most=60,
            ),
            Field(
                "succeeded_by",
                "รหัสหน่วยงานที่รับช่วง",
                hint="หน่วยงานที่รับหนังสือและงานไปทำต่อ",
                most=20,
                is_needed=False,
            ),
        ),
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST":
        on = sheet.typed.day("closed_on")
        sheet.need("closed_on")
        successor = _named(request.post, sheet, "succeeded_by")
        if on is not None and not sheet.is_wrong:
            try:
                close_organisation(row, on=on, successor=successor, by=request.post)
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"ยุบเลิก{row.name}แล้ว")
                return redirect("organisation", row.code)
    return _sheet_page(request, sheet, row, "closing")
