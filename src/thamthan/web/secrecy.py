"""Secret letters: their own register, the class of one letter, its readers and who looked."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from thamthan.errors import Refused
from thamthan.letters.actions import classify_letter, end_reader, name_reader, open_register
from thamthan.letters.queries import (
    files_of,
    letter_for,
    letters_seen_by,
    posts_to_name,
    reader_for,
    readers_of,
    registers_of,
    secret_letters,
    views_of,
)
from thamthan.letters.rules import Direction, Series
from thamthan.organisations.rules import Duty
from thamthan.thai.correspondence import Secrecy
from thamthan.web.doors import PostRequest, acting
from thamthan.web.letters import seen_version
from thamthan.web.sheets import Field, Sheet

_CLASSES = tuple((one.value, one.label) for one in Secrecy)
VIEWS_SHOWN = 200


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def secrets(request: PostRequest) -> HttpResponse:
    """ทะเบียนข้อมูลข่าวสารลับ: numbers, classes and days; what the letters say stands in them alone."""
    if not request.post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือของหน่วยงาน", code="not_allowed", status=403)
    is_registrar = request.post.has_duty(Duty.KEEP_SECRETS)
    register = registers_of(request.post).filter(series=Series.SECRET).first()
    sheet = Sheet(
        [
            Field(
                "first_number",
                "เลขแรกของปีนี้",
                value="1",
                hint="หากย้ายมาจากสมุดทะเบียน ใส่เลขถัดจากเลขสุดท้าย",
            )
        ],
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and _opened(request, sheet, is_registrar=is_registrar):
        return redirect("secrets")
    return render(
        request,
        "letters/secrets.html",
        {
            "letters": list(secret_letters(request.post)[:500]),
            "is_registrar": is_registrar,
            "has_register": register is not None,
            "sheet": sheet,
            "action": "เปิดทะเบียนข้อมูลข่าวสารลับ",
        },
        status=422 if sheet.is_wrong else 200,
    )


def _opened(request: PostRequest, sheet: Sheet, *, is_registrar: bool) -> bool:
    if not is_registrar:
        raise Refused("หน้านี้เป็นของนายทะเบียนข้อมูลข่าวสารลับ", code="not_allowed", status=403)
    number = sheet.typed.count("first_number")
    sheet.need("first_number")
    if number is None or sheet.is_wrong:
        return False
    try:
        open_register(
            by=request.post,
            direction=Direction.RECEIVED,
            series=Series.SECRET,
            first_year=timezone.localdate().year,
            first_number=number,
        )
    except Refused as refused:
        sheet.refuse(refused)
        return False
    messages.success(request, "เปิดทะเบียนข้อมูลข่าวสารลับแล้ว")
    return True


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def letter_secrecy(request: PostRequest, pk: int) -> HttpResponse:
    """ชั้นความลับและผู้อ่าน."""
    letter = letter_for(request.post, pk)
    is_registrar = request.post.has_duty(Duty.KEEP_SECRETS)
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่เปลี่ยนชั้นความลับ", code="not_allowed", status=403)
    sheet = Sheet(
        [
            Field(
                "secrecy", "ชั้นความลับ", value=letter.secrecy, kind="choice", choices=_CLASSES,
                hint="" if is_registrar else "ท่านยกชั้นให้สูงขึ้นได้ การลดชั้นเป็นของนายทะเบียน",
            ),
            Field("note", "เหตุที่เปลี่ยน", hint="เก็บไว้ในประวัติ", most=500),
        ],
        request.POST if request.method == "POST" else None,
    )  # fmt: skip
    if request.method == "POST" and (done := _classed(request, sheet, letter)) is not None:
        return done
    readers: list[Any] = []
    facts: dict[str, Any] = {"letter": letter, "sheet": sheet, "is_registrar": is_registrar}
    if is_registrar:
        readers = list(readers_of(request.post, letter))
        facts |= {
            "files": list(files_of(request.post, letter)),
            "readers": [one for one in readers if one.ended_at is None],
            "ended": [one for one in readers if one.ended_at is not None],
            "posts_to_name": posts_to_name(request.post, letter),
            "views": list(views_of(request.post, letter)[:VIEWS_SHOWN]),
            "view_count": views_of(request.post, letter).count(),
        }
    return render(request, "letters/secrecy.html", facts, status=422 if sheet.is_wrong else 200)


def _classed(request: PostRequest, sheet: Sheet, letter: Any) -> HttpResponse | None:
    word = sheet.words("secrecy")
    if word not in list(Secrecy):
        sheet.typed.problems["secrecy"] = "โปรดเลือกชั้นความลับ"
        return None
    try:
        changed = classify_letter(
            letter,
            Secrecy(word),
            by=request.post,
            seen_version=seen_version(request),
            reason=sheet.words("note"),
        )
    except Refused as refused:
        sheet.refuse(refused)
        return None
    messages.success(request, f"เปลี่ยนเป็นชั้น “{changed.get_secrecy_display()}” แล้ว มีผลทันที")
    if letters_seen_by(request.post).filter(pk=letter.pk).exists():
        return redirect("letter-secrecy", pk=letter.pk)
    return redirect("desk")


@acting
@require_POST
def letter_reader_new(request: PostRequest, pk: int) -> HttpResponse:
    """กำหนดผู้อ่าน."""
    letter = letter_for(request.post, pk)
    given = request.POST.get("post", "")
    chosen = next(
        (post for post in posts_to_name(request.post, letter) if str(post.pk) == given), None
    )
    if chosen is None:
        raise Refused("โปรดเลือกตำแหน่งที่จะให้อ่าน", code="wrong_post", status=400)
    name_reader(letter, chosen, by=request.post)
    messages.success(request, f"{chosen.words()} อ่านหนังสือนี้ได้แล้ว")
    return redirect("letter-secrecy", pk=pk)


@acting
@require_POST
def letter_reader_end(request: PostRequest, pk: int, reader_pk: int) -> HttpResponse:
    """ยกเลิกผู้อ่าน."""
    reader = reader_for(request.post, letter_for(request.post, pk), reader_pk)
    end_reader(reader, by=request.post)
    messages.success(request, f"{reader.post.words()} อ่านหนังสือนี้ไม่ได้แล้ว")
    return redirect("letter-secrecy", pk=pk)
