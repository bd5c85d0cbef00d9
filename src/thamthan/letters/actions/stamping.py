"""The clerk puts the receipt stamp where there is room on the paper."""

from django.db import transaction

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty
from thamthan.letters.models import Letter, StampPlace
from thamthan.letters.queries import stamp_sheet_of
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@transaction.atomic
def place_stamp(
    letter: Letter, *, by: Post, position: int, page: int, left: float, top: float
) -> StampPlace:
    """วางตรารับ on a page of one of the letter's files, by shares of the page as it is shown.

    The stamp is moved inwards where it would stick out. Only the place is kept: the file stays
    as it came, and every copy is drawn anew.
    """
    check_duty(by)
    sheet = stamp_sheet_of(by, letter, position, page=page)
    if not sheet.pages:
        raise Refused("ไฟล์นี้ประทับตราบนหน้าไม่ได้ ใช้ใบปะหน้าแทน", code="no_pages", status=400)
    if not (left == left and top == top):
        raise Refused("ที่ของตราไม่ถูกต้อง", code="wrong_place", status=400)
    place, _ = StampPlace.objects.update_or_create(
        file=sheet.file,
        defaults={
            "page": page,
            "left": min(max(left, 0.0), 1.0 - sheet.wide),
            "top": min(max(top, 0.0), 1.0 - sheet.high),
        },
    )
    record(Verb.STAMP_PLACED, letter, by=by, position=position, page=page)
    return place
