"""Registers are opened."""

from django.db import transaction

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty
from thamthan.letters.models import Register
from thamthan.letters.rules import Direction, Series
from thamthan.organisations.models import Organisation, Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@transaction.atomic
def open_register(
    *,
    by: Post,
    direction: Direction,
    first_year: int,
    first_number: int = 1,
    series: Series = Series.MAIN,
) -> Register:
    """เปิดทะเบียน of the house, from `first_number` in the calendar year `first_year` (ค.ศ.)."""
    check_duty(by)
    if not 1 <= first_number <= 999_999:
        raise Refused("เลขแรกต้องอยู่ระหว่าง 1 ถึง 999999", code="wrong_number", status=400)
    house = Organisation.objects.get(path=by.organisation.house_path)
    register, is_new = Register.objects.get_or_create(
        organisation=house,
        direction=direction,
        series=series,
        defaults={"first_year": first_year, "first_number": first_number},
    )
    if not is_new:
        raise Refused("หน่วยงานนี้เปิดทะเบียนนี้ไว้แล้ว", code="register_open")
    record(Verb.REGISTER_OPENED, register, by=by, first_number=first_number, series=series.value)
    return register
