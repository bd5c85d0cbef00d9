"""People and their posts: who is here, one person, and what their keeper may do for them."""

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.organisations.actions import (
    change_person,
    create_person,
    give_post,
)
from thamthan.organisations.queries import (
    has_control_of,
    organisation_for,
    organisations_kept_by,
    people_seen_by,
    person_for,
    person_with_login,
    posts_seen_by,
)
from thamthan.organisations.rules import Acting, Duty, Role
from thamthan.thai.dates import format_date
from thamthan.thai.digits import to_arabic
from thamthan.web.doors import PostRequest, acting
from thamthan.web.sheets import Field, Sheet

if TYPE_CHECKING:
    from thamthan.organisations.models import Organisation, Person, Post

A_PAGE = 50
# More organisations than this are not chosen from a list but named by their code.
MOST_CHOICES = 60
_ROLES = tuple((role.value, role.label) for role in Role if role != Role.SYSTEM)
# What is told of a password that one person sets for another.
FIRST_HINT = "อย่างน้อย 10 ตัวอักษร ไม่ใช่ตัวเลขล้วน บอกเจ้าตัวเป็นการส่วนตัว แล้วระบบจะให้ตั้งใหม่เมื่อเข้าครั้งแรก"


@acting
@require_safe
def people(request: PostRequest) -> HttpResponse:
    """บุคคลที่เห็นได้, with the posts they hold today."""
    text = request.GET.get("q", "")[:200].strip()
    page = Paginator(people_seen_by(request.post, text=text), A_PAGE).get_page(
        request.GET.get("page")
    )
    today, now = timezone.localdate(), timezone.now()
    held: dict[int | None, list[Post]] = defaultdict(list)
    for post in posts_seen_by(request.post).filter(person__in=list(page.object_list)):
        if post.is_in_force(today):
            held[post.person_id].append(post)
    rows = [
        {"person": person, "posts": held[person.pk], "is_locked": person.is_locked(now)}
        for person in page.object_list
    ]
    return render(
        request,
        "people/people.html",
        {
            "text": text,
            "page": page,
            "rows": rows,
            "keeps": request.post.has_duty(Duty.KEEP_ORGANISATIONS),
            "previous": urlencode({"q": text, "page": page.number - 1}),
            "next": urlencode({"q": text, "page": page.number + 1}),
        },
    )


def _person_fields(row: "Person | None") -> tuple[Field, ...]:
    return (
        Field(
            "name",
            "ชื่อ–สกุล",
            row.name if row else "",
            hint="มีคำนำหน้า เช่น นางสาวมาลี แก้วกระจ่าง",
            most=150,
        ),
        Field("email", "อีเมล", row.email if row else "", kind="email", most=254, is_needed=False),
        Field(
            "telephone",
            "โทรศัพท์",
            row.telephone if row else "",
            kind="tel",
            most=60,
            is_needed=False,
        ),
    )


def _post_fields(request: PostRequest) -> tuple[Field, ...]:
    kept = organisations_kept_by(request.post)
    wanted = request.GET.get("organisation", "")
    nearest = request.post.organisation.code
    if kept.count() <= MOST_CHOICES:
        choices = tuple((each.code, each.name) for each in kept)
        place = Field("organisation", "หน่วยงาน", wanted or nearest, kind="choice", choices=choices)
    else:
        hint = "เช่น 6760607 ดูรหัสได้จากหน้าหน่วยงาน"
        place = Field("organisation", "รหัสหน่วยงาน", wanted, hint=hint, most=20)
    return (
        place,
        Field("role", "บทบาทในระบบ", Role.CLERK.value, kind="choice", choices=_ROLES),
        Field("title", "ชื่อตำแหน่ง", hint="ตามที่ใช้ในหนังสือ เช่น เจ้าพนักงานธุรการ", most=150),
        Field(
            "acting",
            "ดำรงตำแหน่งนี้ในฐานะ",
            "",
            kind="choice",
            choices=(("", "ตำแหน่งของตนเอง"), *Acting.choices),
            hint="ถ้าทำแทน คำนี้จะอยู่ใต้ชื่อเมื่อลงนาม ตามด้วยชื่อตำแหน่งข้างบน",
            is_needed=False,
        ),
        Field("from_on", "ตั้งแต่วันที่", format_date(timezone.localdate(), style="short"), most=60),
    )


def _check_may_add(request: PostRequest) -> None:
    if not request.post.has_duty(Duty.KEEP_ORGANISATIONS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูแลบุคคล", code="not_allowed", status=403)


def _place(request: PostRequest, sheet: Sheet) -> "Organisation | None":
    code = to_arabic(sheet.words("organisation")).upper()
    try:
        return organisation_for(request.post, code)
    except NotFound:
        sheet.typed.problems["organisation"] = "ไม่พบหน่วยงานรหัสนี้"
        return None


def sheet_page(
    request: PostRequest, sheet: Sheet, what: str, row: "Person | None" = None
) -> HttpResponse:
    return render(
        request,
        "people/sheet.html",
        {"sheet": sheet, "what": what, "person": row},
        status=422 if sheet.is_wrong else 200,
    )


@acting
@sensitive_post_parameters("new")
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: PostRequest) -> HttpResponse:
    """เพิ่มบุคคล with a first post and a password for the first log-in."""
    _check_may_add(request)
    sheet = Sheet(
        (
            *_person_fields(None),
            Field("login", "ชื่อผู้ใช้", hint="a–z ตัวเลข . _ @ - อย่างน้อย 3 ตัว ตั้งแล้วแก้ไม่ได้", most=60),
            Field("new", "รหัสผ่านครั้งแรก", hint=FIRST_HINT, most=256),
            *_post_fields(request),
        ),
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST":
        from_on = sheet.typed.day("from_on")
        sheet.need("name", "login", "new", "title", "from_on")
        place = _place(request, sheet)
        if place is not None and from_on is not None and not sheet.is_wrong:
            try:
                made = create_person(
                    sheet.words("login"),
                    name=sheet.words("name"),
                    password=sheet.typed.values["new"],
                    must_change_password=True,
                    organisation=place,
                    role=sheet.words("role"),
                    title=sheet.words("title"),
                    acting=sheet.words("acting"),
                    from_on=from_on,
                    email=sheet.words("email"),
                    telephone=sheet.words("telephone"),
                    by=request.post,
                )
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"เพิ่ม{made.name}แล้ว เข้าใช้ด้วยชื่อ {made.login}")
                return redirect("person", made.pk)
    return sheet_page(request, sheet, "new")


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def new_post(request: PostRequest) -> HttpResponse:
    """แต่งตั้งบุคคลที่มีชื่อผู้ใช้อยู่แล้ว, also one of another organisation."""
    _check_may_add(request)
    sheet = Sheet(
        (
            Field(
                "login",
                "ชื่อผู้ใช้ของผู้ได้รับแต่งตั้ง",
                request.GET.get("login", "")[:60],
                hint="ผู้ที่อยู่หน่วยงานอื่นก็ได้ ถามชื่อผู้ใช้จากเจ้าตัว",
                most=60,
            ),
            *_post_fields(request),
            Field("until_on", "ถึงวันที่", hint="ไม่มีกำหนดให้เว้นว่าง", most=60, is_needed=False),
        ),
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST":
        from_on, until_on = sheet.typed.day("from_on"), sheet.typed.day("until_on", is_ahead=True)
        sheet.need("login", "title", "from_on")
        place, holder = _place(request, sheet), _holder(request, sheet)
        if place and holder and from_on is not None and not sheet.is_wrong:
            try:
                post = give_post(
                    holder,
                    place,
                    role=sheet.words("role"),
                    title=sheet.words("title"),
                    acting=sheet.words("acting"),
                    from_on=from_on,
                    until_on=until_on,
                    by=request.post,
                )
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"แต่งตั้ง{holder.name}เป็น{post.title}แล้ว")
                return redirect("person", holder.pk)
    return sheet_page(request, sheet, "post")


def _holder(request: PostRequest, sheet: Sheet) -> "Person | None":
    try:
        return person_with_login(request.post, sheet.words("login"))
    except NotFound as nobody:
        sheet.typed.problems.setdefault("login", nobody.message)
        return None


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def person_change(request: PostRequest, pk: int) -> HttpResponse:
    """แก้ไขข้อมูลบุคคล."""
    row = controlled(request, pk)
    can_log_in = Field(
        "is_active",
        "ใช้งานระบบได้",
        "1" if row.is_active else "",
        hint="เอาเครื่องหมายออกเมื่อไม่ให้เข้าระบบอีก ประวัติและหนังสือที่เคยทำยังอยู่",
        kind="tick",
    )
    sheet = Sheet(
        (*_person_fields(row), can_log_in), request.POST if request.method == "POST" else None
    )
    if request.method == "POST":
        sheet.need("name")
        if not sheet.is_wrong:
            try:
                change_person(
                    row,
                    name=sheet.words("name"),
                    email=sheet.words("email"),
                    telephone=sheet.words("telephone"),
                    is_active=sheet.typed.is_ticked("is_active"),
                    by=request.post,
                )
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, "บันทึกแล้ว")
                return redirect("person", row.pk)
    return sheet_page(request, sheet, "change", row)


def controlled(request: PostRequest, pk: int) -> "Person":
    row = person_for(request.post, pk)
    if not has_control_of(request.post, row, today=timezone.localdate()):
        raise Refused("บุคคลนี้มีตำแหน่งในหน่วยงานที่ท่านไม่ได้ดูแล", code="not_allowed", status=403)
    return row
