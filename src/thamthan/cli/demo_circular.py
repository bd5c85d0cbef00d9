"""The demo's Ministry writes a circular to the whole country, by the same doors as a real one."""

from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING
from uuid import UUID

from thamthan.directives.actions import Cascaded, adopt_order, begin_order, cascade_order
from thamthan.directives.rules import OrderState
from thamthan.letters.actions import issue_draft, open_register, sign_draft, start_draft
from thamthan.letters.queries import registers_of, working_calendar
from thamthan.letters.rules import Direction, DraftParts, DraftState
from thamthan.organisations.queries import organisations_below
from thamthan.organisations.rules import Level
from thamthan.thai.dates import format_date
from thamthan.thai.digits import to_thai

if TYPE_CHECKING:
    from thamthan.directives.models import Order
    from thamthan.organisations.models import Post

_BODY = files("thamthan") / "data" / "demo_letters" / "circular.txt"
# One circular an installation: begun again, it is the same draft, the same letter, the same order.
_SUBMISSION = UUID("019ad000-0000-7000-8000-000000000569")
_WEEKS = 5


def circular_order(clerk: "Post", signer: "Post", *, today: date) -> "Order":
    """หนังสือเวียนของกระทรวงสาธิต: written, signed, numbered, taken up; once, however often asked."""
    if not registers_of(clerk).filter(direction=Direction.SENT).exists():
        for direction in Direction:
            open_register(by=clerk, direction=direction, first_year=today.year)
    draft = start_draft(_parts(today), by=clerk, submission=_SUBMISSION)
    if draft.state == DraftState.DRAFTING:
        draft = sign_draft(draft, by=signer, seen_version=draft.version)
    letter = issue_draft(draft, by=clerk, on=today)
    order = begin_order(letter, by=clerk)
    if order.state == OrderState.DRAFTING:
        order = adopt_order(order, by=clerk, seen_version=order.version)
    return order


def cascade_to_all(order: "Order", *, by: "Post") -> Cascaded:
    """ถ่ายทอดถึงทุกหน่วยงานในสังกัด in one run; what was killed in the middle is begun again."""
    everybody = organisations_below(by, by.organisation).filter(closed_on=None)
    return cascade_order(order, everybody.exclude(level=Level.DIVISION), by=by)


def _parts(today: date) -> DraftParts:
    due = working_calendar(today).next_working_day(today + timedelta(weeks=_WEEKS))
    return DraftParts(
        subject="การขับเคลื่อนนโยบาย “ท้องถิ่นทันงาน ประชาชนทันใจ” และแผนปฏิบัติการรายปีของกระทรวง",
        addressee="ผู้ว่าราชการจังหวัด ทุกจังหวัด",
        body=_BODY.read_text(encoding="utf-8").format(due=to_thai(format_date(due))).strip(),
        signatory="นายเอกชัย ปราการสมมุติ",
        position="ปลัดกระทรวงมหาดไทย",
        is_circular=True,
    )
