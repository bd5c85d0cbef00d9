"""Registers are opened, and their settings changed."""

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty, check_keeps_register
from thamthan.letters.models import Register, RegisterNumber
from thamthan.letters.rules import (
    MOST_NUMBER,
    CircularSeries,
    Direction,
    Series,
    YearKind,
    register_year,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.correspondence import parse_letter_number
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import squeeze


@transaction.atomic
def open_register(
    *,
    by: Post,
    direction: Direction,
    first_year: int,
    first_number: int = 1,
    series: Series = Series.MAIN,
    year_kind: YearKind = YearKind.CALENDAR,
    agency_code: str = "",
    organisation: Organisation | None = None,
) -> Register:
    """เปิดทะเบียน of the house, or of a division that keeps its own, from `first_number` in the
    year `first_year` (ค.ศ.). `agency_code` stands before the stroke of the numbers that are given;
    where it is empty, the organisation's own counts. A book is opened once.
    """
    check_duty(by)
    if not 1 <= first_number <= MOST_NUMBER:
        raise Refused(
            f"เลขแรกต้องอยู่ระหว่าง 1 ถึง {MOST_NUMBER}",
            code="wrong_number",
            status=400,
            field="first_number",
        )
    owner = organisation or Organisation.objects.get(path=by.organisation.house_path)
    check_keeps_register(by, Register(organisation=owner))
    code = _checked_code(agency_code)
    register, is_new = Register.objects.get_or_create(
        organisation=owner,
        direction=direction,
        series=series,
        defaults={
            "year_kind": year_kind,
            "agency_code": code,
            "first_year": first_year,
            "first_number": first_number,
        },
    )
    if not is_new:
        raise Refused("หน่วยงานนี้เปิดทะเบียนนี้ไว้แล้ว", code="register_open")
    record(Verb.REGISTER_OPENED, register, by=by, first_number=first_number, series=register.series)
    return register


def _checked_code(typed: str) -> str:
    code = squeeze(to_arabic(typed)).rstrip("/ ")
    if not code:
        return ""
    number = parse_letter_number(f"{code}/1")
    if number is None or not number.agency_code:
        raise Refused(
            f"“{code}” ไม่เหมือนรหัสหนังสือ ให้ใส่ตัวอักษรและเลขที่อยู่หน้าเครื่องหมาย / เช่น พบ 72401 "
            "หากไม่แน่ใจให้เว้นว่างไว้ก่อน",
            code="wrong_agency_code",
            status=400,
            field="agency_code",
        )
    return number.agency_code[:40]


@transaction.atomic
def change_register(
    register: Register,
    *,
    by: Post,
    agency_code: str,
    year_kind: YearKind,
    circulars: CircularSeries,
    first_circular: int = 1,
) -> Register:
    """แก้ไขทะเบียน: its code, its kind of year, and whether circulars have a series of their own.

    The kind of year stays once a number was given: numbers would come twice. A separate series
    opens at `first_circular`; going back to a shared one leaves what was given in its book.
    """
    check_keeps_register(by, register)
    locked = Register.objects.select_for_update().get(pk=register.pk)
    if locked.series != Series.MAIN:
        raise Refused("ตั้งค่าที่ทะเบียนหนังสือส่งหลัก ชุดหนังสือเวียนใช้ตามนั้น", code="wrong_register")
    books = Register.objects.filter(
        organisation=locked.organisation_id,
        direction=locked.direction,
        series__in=[Series.MAIN, Series.CIRCULAR],
    )
    has_numbers = RegisterNumber.objects.filter(register__in=books).exists()
    if year_kind != locked.year_kind and has_numbers:
        raise Refused(
            "ทะเบียนนี้ออกเลขไปแล้ว จึงเปลี่ยนปีของทะเบียนไม่ได้ เพราะเลขจะซ้ำกัน",
            code="register_used",
            field="year_kind",
        )
    code = _checked_code(agency_code)
    books.update(agency_code=code, year_kind=year_kind)
    locked.agency_code, locked.year_kind = code, year_kind
    if locked.direction == Direction.SENT:
        locked.circulars = circulars
        locked.save(update_fields=["circulars"])
        if circulars == CircularSeries.SEPARATE:
            _open_circulars(locked, by=by, first_number=first_circular)
    record(
        Verb.REGISTER_CHANGED,
        locked,
        by=by,
        agency_code=code,
        year_kind=str(year_kind),
        circulars=str(locked.circulars),
    )
    return locked


def _open_circulars(register: Register, *, by: Post, first_number: int) -> None:
    there = Register.objects.filter(
        organisation=register.organisation_id,
        direction=Direction.SENT,
        series=Series.CIRCULAR,
    )
    if there.exists():
        return
    open_register(
        by=by,
        direction=Direction.SENT,
        series=Series.CIRCULAR,
        first_year=register_year(register.year_kind, timezone.localdate()),
        first_number=first_number,
        year_kind=YearKind(register.year_kind),
        agency_code=register.agency_code,
        organisation=register.organisation,
    )
