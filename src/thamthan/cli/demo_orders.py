"""The demo's circular on its way: from the Ministry to Ban Lat's offices, and back in part."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from thamthan.cli.demo_circular import circular_order
from thamthan.directives.actions import (
    accept_answers,
    answer_tasks,
    ask_extension,
    ask_question,
    begin_tasks,
    cascade_order,
    hand_to_divisions,
    pass_on_order,
    receive_handed,
    return_answers,
)
from thamthan.directives.queries import (
    divisions_of,
    handings_seen_by,
    letter_of,
    pass_on_sheet,
)
from thamthan.letters.actions import deliver_sendings, issue_draft, open_register, sign_draft
from thamthan.letters.queries import (
    directly_below,
    draft_for,
    local_governments_below,
    registers_of,
)
from thamthan.letters.rules import Direction
from thamthan.organisations.queries import organisation_for

if TYPE_CHECKING:
    from thamthan.directives.models import Handing, Order
    from thamthan.organisations.models import Post

_RESULT = "จัดกิจกรรมในพื้นที่แล้ว ๒ ครั้ง มีผู้เข้าร่วม ๖๔ คน ประชาชนพอใจและขอให้จัดต่อเนื่อง"
_BOOK_NUMBER = 118


def seed_orders(posts: dict[str, "Post"], *, today: date) -> int:
    """ใส่เรื่องสั่งการสาธิต once, by the demo's own people; gives how many local governments have it."""
    clerk, district = posts["phum"], posts["phonthip"]
    if handings_seen_by(district).exists():
        return 0
    order = circular_order(clerk, posts["ekkachai"], today=today)
    province = organisation_for(clerk, "76")
    cascade_order(order, [province], by=clerk)
    _deliver(order, by=clerk)
    order = _passed_on(order, posts["ratree"], posts["phuwa"], today=today)
    cascade_order(
        order, directly_below(posts["ratree"]).filter(level="district"), by=posts["ratree"]
    )
    _deliver(order, by=posts["ratree"])
    order = _passed_on(order, district, posts["naiamphoe"], today=today)
    done = cascade_order(order, local_governments_below(district), by=district)
    _deliver(order, by=district)
    _some_answers(posts, today=today)
    return done.organisations


def _passed_on(upper: "Order", clerk: "Post", signer: "Post", *, today: date) -> "Order":
    if not registers_of(clerk).filter(direction=Direction.SENT).exists():
        for direction in Direction:
            open_register(
                by=clerk, direction=direction, first_year=today.year, first_number=_BOOK_NUMBER
            )
    handing = _own(clerk, upper)
    _received(handing, by=clerk, today=today)
    sheet = pass_on_sheet(clerk, handing)
    order = pass_on_order(handing, by=clerk, own_days=sheet.proposed)
    if order.draft is None:
        raise ValueError("what was passed on has no draft")
    draft = draft_for(clerk, order.draft.pk)
    signed = sign_draft(draft, by=signer, seen_version=draft.version)
    issue_draft(signed, by=clerk, on=today)
    order.refresh_from_db()
    return order


def _deliver(order: "Order", *, by: "Post") -> None:
    order.refresh_from_db()
    if order.sent is not None:
        deliver_sendings(order.sent.pk, by=by)


def _own(post: "Post", order: "Order") -> "Handing":
    house = post.organisation.house_path
    return handings_seen_by(post).get(root=order.top_pk, organisation__path=house)


def _received(handing: "Handing", *, by: "Post", today: date) -> None:
    """One press: the letter in the queue gets its number, and its order is received with it."""
    if not registers_of(by).exists():
        open_register(by=by, direction=Direction.RECEIVED, first_year=today.year, first_number=214)
    letter = letter_of(by, handing)
    if letter is not None:
        receive_handed(letter, by=by, seen_version=letter.version)


def _some_answers(posts: dict[str, "Post"], *, today: date) -> None:
    """One local government is done, one asks, one is at work; the others have not received it."""
    district = posts["phonthip"]
    root = handings_seen_by(district).filter(organisation=district.organisation).get().root
    now = timezone.now()

    town = _own(posts["kanya"], root)
    _received(town, by=posts["kanya"], today=today)
    tasks = list(town.assignments.order_by("pk"))
    answer_tasks(town, tasks, by=posts["kanya"], text=_RESULT, seen_at=timezone.now())
    accept_answers(tasks[:8], by=district, seen_at=timezone.now())
    return_answers(
        tasks[8:9], by=district, note="โปรดระบุจำนวนหมู่บ้านที่ดำเนินการ", seen_at=timezone.now()
    )

    asking = _own(posts["somsak"], root)
    _received(asking, by=posts["somsak"], today=today)
    ask_question(asking, by=posts["somsak"], text="ข้อ ๑.๔ นับโครงการที่ทำร่วมกับโรงเรียนในพื้นที่ได้หรือไม่")
    dated = [task.due_on for task in asking.assignments.all() if task.due_on is not None]
    if dated and min(dated) > today:
        ask_extension(
            asking,
            by=posts["somsak"],
            until=min(dated) + timedelta(days=7),
            reason="อยู่ระหว่างประชุมประชาคมหมู่บ้าน",
        )

    own = _own(posts["somjai"], root)
    _received(own, by=posts["somjai"], today=today)
    tasks = list(own.assignments.order_by("pk"))
    begin_tasks(own, tasks[:4], by=posts["somjai"])
    answer_tasks(own, tasks[:2], by=posts["somjai"], text=_RESULT, seen_at=max(now, timezone.now()))
    division = next(
        (each for each, _ in divisions_of(posts["somjai"], own) if each.code == "6760607-05"), None
    )
    if division is not None:
        hand_to_divisions(
            own,
            {division: True},
            by=posts["somjai"],
            tasks=tasks[6:9],
            note="กองสวัสดิการสังคมดำเนินการและแจ้งผลภายในสัปดาห์นี้",
        )
