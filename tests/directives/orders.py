"""Orders for the tests: letters of invented people that ask things, clause by clause."""

from collections.abc import Sequence
from datetime import date

from tests.letters.drafts import open_books
from tests.world import World
from thamthan.directives.actions import adopt_order, begin_order, cascade_order
from thamthan.directives.models import Assignment, Handing, Order, OwnDeadline
from thamthan.directives.rules import OrderState
from thamthan.letters.actions import issue_draft, sign_draft, start_draft
from thamthan.letters.models import Letter
from thamthan.letters.queries import local_governments_below, registers_of
from thamthan.letters.rules import DraftParts, DraftReference
from thamthan.organisations.models import Organisation, Post

BODY = """ตามที่กระทรวงมหาดไทยได้แจ้งนโยบายสำคัญเร่งด่วนให้ดำเนินการให้แล้วเสร็จภายใน ๓ เดือน นั้น

เพื่อให้การดำเนินงานเป็นไปอย่างมีประสิทธิภาพ จึงขอให้ท่านพิจารณาดำเนินการ ดังนี้

๑. ด้านเศรษฐกิจฐานราก โดยลดรายจ่ายของครัวเรือน ส่งเสริมสินค้า OTOP และการท่องเที่ยวชุมชน

๒. ด้านคุณภาพชีวิต โดยดูแลกลุ่มเปราะบาง ปรับปรุงสวนสาธารณะ และจัดการขยะให้ถูกวิธี

ในการนี้ จึงขอให้ท่านพิจารณาดำเนินการตามข้อสั่งการข้างต้น รวมถึงจัดเตรียมแผนงาน/โครงการ\
เพื่อเสนอขอรับการสนับสนุนงบประมาณจากช่องทางที่เหมาะสม \
พร้อมรายงานผลการดำเนินงานให้อำเภอภายในวันที่ ๒๗ มีนาคม ๒๕๖๙

จึงเรียนมาเพื่อพิจารณาดำเนินการ"""

PARTS = DraftParts(
    subject="การขับเคลื่อนงานตามนโยบายสำคัญเร่งด่วนและแผนปฏิบัติการรายปี (พ.ศ. ๒๕๖๙)",
    addressee="นายกองค์กรปกครองส่วนท้องถิ่น ทุกแห่ง",
    references=(DraftReference("จังหวัดเพชรบุรี", "พบ 0017.2/ว 1640", "23 พฤศจิกายน 2568"),),
    body=BODY,
    signatory="นายสมมุติ ตัวอย่างดี",
    position="นายอำเภอบ้านลาด",
    is_circular=True,
)
DATED_ON = date(2026, 3, 13)


def issued(
    clerk: Post,
    signer: Post,
    *,
    parts: DraftParts = PARTS,
    code: str = "พบ 0618",
    on: date = DATED_ON,
) -> Letter:
    """A sent letter with its number; the books of the house are opened where they are not."""
    if not registers_of(clerk).exists():
        open_books(clerk, code=code)
    draft = start_draft(parts, by=clerk)
    signed = sign_draft(draft, by=signer, seen_version=draft.version)
    return issue_draft(signed, by=clerk, on=on)


def adopted(letter: Letter, by: Post) -> Order:
    """The orders of this letter, taken apart and taken up as they were read."""
    order = begin_order(letter, by=by)
    return adopt_order(order, by=by, seen_version=order.version)


def district_order(world: World) -> Order:
    """The district's own order, taken up and not handed down yet."""
    return adopted(issued(world.district_officer, world.district_chief), world.district_officer)


def cascaded(world: World, to: Sequence[Organisation] = ()) -> Order:
    """The district's order in the hands of its local governments, or of those that are named."""
    order = district_order(world)
    receivers = to or list(local_governments_below(world.district_officer))
    cascade_order(order, receivers, by=world.district_officer)
    order.refresh_from_db()
    return order


def in_hands_of(order: Order, organisation: Organisation) -> Handing:
    return Handing.objects.get(root=order.top_pk, organisation=organisation)


def passed_on(
    world: World, to: Sequence[Organisation], *, days: dict[str, date] | None = None
) -> tuple[Order, Order]:
    """An order of the province, passed on by the district; `days` are the district's, by ask."""
    upper = adopted(
        issued(world.governor_officer, world.governor, code="พบ 0017"), world.governor_officer
    )
    cascade_order(upper, [world.ban_lat], by=world.governor_officer)
    letter = issued(world.district_officer, world.district_chief)
    lower = Order.objects.create(
        organisation=world.ban_lat, upper=upper, root=upper, sent=letter, title=upper.title,
        state=OrderState.ADOPTED, made_by=world.district_officer,
    )  # fmt: skip
    for ask, day in (days or {}).items():
        for obligation in upper.obligations.filter(ask=ask):
            OwnDeadline.objects.create(order=lower, obligation=obligation, due_on=day)
    cascade_order(lower, to, by=world.district_officer)
    return upper, lower


def task_of(order: Order, organisation: Organisation, ask: str = "report") -> Assignment:
    """The first task of this organisation that asks this."""
    tasks = in_hands_of(order, organisation).assignments.filter(obligation__ask=ask)
    return tasks.select_related("handing__organisation", "handing__order").order_by("pk")[0]
