"""Drafts for the tests: whole, signed, numbered, of invented people."""

from dataclasses import replace
from datetime import date

from tests.world import World
from thamthan.letters.actions import issue_draft, open_register, sign_draft, start_draft
from thamthan.letters.models import Draft, Letter
from thamthan.letters.rules import Direction, DraftParts
from thamthan.organisations.actions import give_post
from thamthan.organisations.models import Organisation, Post

PARTS = DraftParts(
    subject="ขอเชิญประชุมชี้แจงโครงการจัดการขยะต้นทาง",
    addressee="นายกองค์กรปกครองส่วนท้องถิ่น ทุกแห่ง",
    body="""ด้วยอำเภอบ้านลาดกำหนดจัดประชุมชี้แจงโครงการจัดการขยะต้นทาง

จึงขอให้ท่านดำเนินการ ดังนี้

๑. แจ้งรายชื่อผู้เข้าร่วมประชุม

๒. รายงานผลให้อำเภอทราบภายในวันที่ ๒๗ มีนาคม ๒๕๖๙

จึงเรียนมาเพื่อพิจารณาดำเนินการ""",
    signatory="นายสมมุติ ตัวอย่างดี",
    position="นายอำเภอบ้านลาด",
    is_circular=True,
)


def open_books(by: Post, *, code: str = "พบ 0618") -> None:
    Organisation.objects.filter(path=by.organisation.house_path).update(agency_code=code)
    by.organisation.refresh_from_db()
    for direction in Direction:
        open_register(by=by, direction=direction, first_year=2026, first_number=100)


def head_of_welfare(world: World) -> Post:
    """Somebody at the head of the officer's own division, where the demo has nobody."""
    assert world.head.person is not None
    return give_post(
        world.head.person,
        world.welfare,
        role="head",
        title="ผู้อำนวยการกองสวัสดิการสังคม",
        from_on=date(2025, 10, 1),
        by=world.administrator,
    )


def signed(world: World, *, parts: DraftParts = PARTS, by: Post | None = None) -> Draft:
    """A draft of the district that its chief has signed."""
    draft = start_draft(parts, by=by or world.district_officer)
    return sign_draft(draft, by=world.district_chief, seen_version=draft.version)


def numbered(world: World, clerk: Post, *, parts: DraftParts = PARTS) -> Letter:
    """A sent letter of the district, of Friday 20 March 2569."""
    return issue_draft(signed(world, parts=parts), by=clerk, on=date(2026, 3, 20))


def plain(parts: DraftParts = PARTS) -> DraftParts:
    return replace(parts, is_circular=False)
