"""A draft is saved without loss, signed, and numbered once; what was sent never changes."""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.letters.drafts import PARTS, head_of_welfare, numbered, open_books, plain, signed
from tests.papers import paper
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import (
    IncomingFile,
    attach_to_draft,
    detach_from_draft,
    endorse_draft,
    issue_draft,
    keep_template,
    put_up_draft,
    recall_draft,
    receive_letter,
    save_draft,
    send_draft_back,
    set_letterhead,
    sign_draft,
    start_draft,
)
from thamthan.letters.queries import (
    draft_for,
    draft_step_held,
    draft_steps,
    drafts_waiting_for,
    files_of,
    paper_of,
    parts_of,
    stationery_of,
    templates_for,
    versions_of,
)
from thamthan.letters.rules import DraftParts, DraftState, LetterState, parts_from_json, problems_of
from thamthan.records.queries import content_of
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 14, 5, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(NOW):
        yield


def test_parts_are_kept_as_they_were_typed() -> None:
    assert parts_from_json(PARTS.to_json()) == PARTS
    assert parts_from_json({}) == DraftParts()


def test_every_saved_state_stays(world: World) -> None:
    draft = start_draft(PARTS, by=world.officer)
    changed = replace(PARTS, subject="เรื่องใหม่")
    saved = save_draft(draft, changed, by=world.officer, seen_version=1)
    assert (saved.version, saved.subject) == (2, "เรื่องใหม่")
    # What did not change makes no version.
    assert save_draft(draft, changed, by=world.officer, seen_version=2).version == 2
    kept = versions_of(world.officer, draft)
    assert [parts_from_json(row.parts).subject for row in kept] == ["เรื่องใหม่", PARTS.subject]


def test_two_people_at_once_overwrite_nothing(world: World) -> None:
    draft = start_draft(PARTS, by=world.officer)
    save_draft(draft, replace(PARTS, subject="ของมาลี"), by=world.officer, seen_version=1)
    with pytest.raises(Refused, match=r"นางมาลี แก้วกระจ่าง บันทึกร่างนี้ไปแล้วเมื่อ 14.05"):
        save_draft(draft, replace(PARTS, subject="ของสมใจ"), by=world.clerk, seen_version=1)
    assert parts_of(world.clerk, draft).subject == "ของมาลี"


def test_a_saving_whose_answer_was_lost_may_be_sent_again(world: World) -> None:
    draft = start_draft(PARTS, by=world.officer)
    changed, ref = replace(PARTS, subject="ส่งสองครั้ง"), uuid4()
    for _ in range(2):
        saved = save_draft(draft, changed, by=world.officer, seen_version=1, save_ref=ref)
        assert saved.version == 2
    # The same token from another person proves nothing.
    with pytest.raises(Refused):
        save_draft(draft, PARTS, by=world.clerk, seen_version=1, save_ref=ref)


def test_who_signs_is_frozen(world: World) -> None:
    draft = start_draft(replace(PARTS, signatory="ใครก็ได้", position="ตำแหน่งใด"), by=world.clerk)
    with pytest.raises(Refused, match="ไม่มีอำนาจลงนาม"):
        sign_draft(draft, by=world.officer, seen_version=1)
    done = sign_draft(draft, by=world.executive, seen_version=1)
    parts = parts_of(world.clerk, draft)
    assert parts.signatory == "นายประเสริฐ ทองหนองกะปุ"
    assert parts.position == "นายกองค์การบริหารส่วนตำบล"
    person = world.executive.person
    assert person is not None
    person.name = "ชื่อใหม่"
    person.save()
    assert draft_for(world.clerk, draft.pk).signed_words.startswith("นายประเสริฐ")
    with pytest.raises(Refused, match="แก้ไขไม่ได้"):
        save_draft(done, PARTS, by=world.clerk, seen_version=done.version)


def test_what_is_not_whole_is_not_put_up(world: World) -> None:
    draft = start_draft(DraftParts(subject="มีแต่เรื่อง"), by=world.officer)
    with pytest.raises(Refused, match=r"ยังไม่มีผู้รับ.*ยังไม่มีเนื้อความ"):
        put_up_draft(draft, by=world.officer, seen_version=1)
    whole = save_draft(draft, PARTS, by=world.officer, seen_version=1)
    assert put_up_draft(whole, by=world.officer, seen_version=2).state == DraftState.IN_CHAIN


def test_a_draft_goes_up_its_chain_and_whoever_holds_it_may_mend_it(world: World) -> None:
    holder = head_of_welfare(world)
    draft = start_draft(PARTS, by=world.officer)
    put_up_draft(draft, by=world.officer, seen_version=1, opinion="เพื่อโปรดพิจารณา")
    assert len(draft_steps(world.officer, draft, now=NOW)) == 2
    # Whoever does not have it on their desk changes nothing.
    with pytest.raises(Refused, match="แก้ไขไม่ได้"):
        save_draft(draft, plain(), by=world.officer, seen_version=1)
    mended = save_draft(draft, plain(), by=holder, seen_version=1)
    assert drafts_waiting_for(holder, now=NOW) == [draft]
    back = send_draft_back(mended, by=holder, seen_version=2, reason="แก้วันที่")
    assert draft_step_held(world.officer, draft, now=NOW) is not None
    again = save_draft(back, PARTS, by=world.officer, seen_version=2)
    endorse_draft(again, by=world.officer, seen_version=3)
    recall_draft(again, by=world.officer)
    endorse_draft(again, by=world.officer, seen_version=3)
    endorse_draft(again, by=holder, seen_version=3)
    endorse_draft(again, by=world.chief_clerk, seen_version=3, opinion="เห็นควรลงนาม")
    with pytest.raises(Refused, match="ไม่ได้รอตำแหน่งของท่าน"):
        sign_draft(again, by=world.chief_clerk, seen_version=3)
    done = sign_draft(again, by=world.executive, seen_version=3)
    assert done.state == DraftState.SIGNED
    said = [line.endorsement for line in draft_steps(world.officer, draft, now=NOW)]
    assert said[-1] is not None
    assert said[-1].name == "นายประเสริฐ ทองหนองกะปุ"


@pytest.mark.parametrize(
    ("parts", "field", "stops"),
    [
        (replace(PARTS, subject=" "), "subject", True),
        (replace(PARTS, opening="กราบเรียน", closing="ขอแสดงความนับถืออย่างยิ่ง"), "opening", False),
        (replace(PARTS, closing="ด้วยรัก"), "opening", True),
        (
            parts_from_json(
                {"references": [{"agency": "ก", "number": "ก", "dated": "32 มีนาคม 2569"}]}
            ),
            "references-0-dated",
            True,
        ),
        (
            parts_from_json({"enclosures": [{"name": "ก", "quantity": "มาก"}]}),
            "enclosures-0-quantity",
            True,
        ),
    ],
)
def test_what_is_missing_or_does_not_fit_is_told(
    parts: DraftParts, field: str, stops: bool
) -> None:
    assert (field, stops) in {(one.field, one.stops) for one in problems_of(parts)}


def test_a_whole_draft_has_no_problem() -> None:
    assert problems_of(PARTS) == []


def test_the_clerk_gives_number_and_date_once(world: World) -> None:
    open_books(world.district_officer)
    draft = signed(world)
    letter = issue_draft(draft, by=world.district_officer, on=date(2026, 3, 20))
    assert letter.number == "พบ 0618/ว 100"
    assert (letter.state, letter.receipt_number) == (LetterState.SENT, 100)
    assert letter.dated_on == date(2026, 3, 20)
    again = issue_draft(draft, by=world.district_officer, on=date(2026, 3, 20))
    assert again.pk == letter.pk
    pdf, docx = files_of(world.district_officer, letter)
    assert content_of(pdf.file).startswith(b"%PDF")
    assert content_of(docx.file).startswith(b"PK")
    assert "/" not in pdf.name
    assert letter.due_on is None, "what we ask of others is no deadline of ours"


def test_without_signature_or_book_there_is_no_number(world: World) -> None:
    draft = start_draft(PARTS, by=world.district_officer)
    with pytest.raises(Refused, match="เปิดทะเบียนหนังสือส่ง"):
        issue_draft(draft, by=world.district_officer, on=date(2026, 3, 20))
    open_books(world.district_officer)
    with pytest.raises(Refused, match="เปลี่ยนเป็น “ออกเลขแล้ว” ไม่ได้"):
        issue_draft(draft, by=world.district_officer, on=date(2026, 3, 20))
    with pytest.raises(Refused, match="ไม่มีหน้าที่"):
        issue_draft(signed(world), by=world.district_chief, on=date(2026, 3, 20))


def test_an_answer_is_filled_in_from_the_letter(world: World) -> None:
    open_books(world.clerk)
    letter = receive_letter(
        [IncomingFile("หนังสือ.txt", paper().encode())],
        by=world.clerk,
        received_at=NOW,
    )
    letter.refresh_from_db()
    draft = start_draft(DraftParts(), by=world.officer, answers=letter)
    parts = parts_of(world.officer, draft)
    assert parts.subject == "การสำรวจผู้สูงอายุที่อาศัยอยู่ลำพัง"
    assert parts.addressee == "นายอำเภอบ้านลาด"
    (reference,) = parts.references
    assert reference.number == "พบ 0618/701"
    assert reference.dated == "2 มีนาคม 2569"
    assert (parts.opening, parts.closing) == ("เรียน", "ขอแสดงความนับถือ")
    assert "ขอรายงานผล" in parts.body
    assert parts.owner_unit == world.officer.organisation.name
    assert draft.answers_id == letter.pk
    with pytest.raises(Refused, match="ของหน่วยงานอื่น"):
        start_draft(DraftParts(), by=world.neighbour_clerk, answers=letter)


def test_nobody_else_sees_a_draft(world: World) -> None:
    draft = start_draft(PARTS, by=world.officer)
    for post in (world.neighbour_clerk, world.district_officer, world.administrator):
        with pytest.raises(NotFound):
            draft_for(post, draft.pk)
    secret = start_draft(replace(PARTS, secrecy=Secrecy.SECRET), by=world.executive)
    with pytest.raises(NotFound):
        draft_for(world.officer, secret.pk)
    assert draft_for(world.chief_clerk, secret.pk) == secret


def test_files_come_and_go_while_drafting_alone(world: World) -> None:
    draft = start_draft(PARTS, by=world.officer)
    attach_to_draft(draft, [IncomingFile("แผนที่.txt", "แผนที่".encode())], by=world.officer)
    attach_to_draft(draft, [IncomingFile("กำหนดการ.txt", "กำหนดการ".encode())], by=world.officer)
    detach_from_draft(draft, 1, by=world.officer)
    assert [row.name for row in draft.files.all()] == ["กำหนดการ.txt"]
    with pytest.raises(Refused):
        attach_to_draft(draft, [IncomingFile("เสีย.exe", b"MZ\x90\x00")], by=world.officer)
    there = put_up_draft(draft, by=world.officer, seen_version=1)
    with pytest.raises(Refused, match="ไม่ได้อยู่ระหว่างร่าง"):
        detach_from_draft(there, 2, by=world.officer)


def test_templates_are_shipped_and_kept(world: World) -> None:
    names = [choice.name for choice in templates_for(world.officer)]
    assert names == [
        "รายงานผลการดำเนินงาน",
        "นำส่งเอกสาร",
        "ขอขยายเวลา",
        "ขออนุเคราะห์",
        "ตอบรับ",
        "บันทึกเสนอผู้บริหาร",
    ]
    draft = start_draft(templates_for(world.officer)[0].parts, by=world.officer)
    assert "องค์การบริหารส่วนตำบลหนองกะปุได้ดำเนินการแล้ว" in parts_of(world.officer, draft).body
    keep_template("เชิญประชุม", plain(), by=world.officer)
    keep_template("เชิญประชุม", PARTS, by=world.officer)
    first = templates_for(world.clerk)[0]
    assert (first.name, first.parts) == ("เชิญประชุม", PARTS)
    assert "เชิญประชุม" not in [choice.name for choice in templates_for(world.neighbour_clerk)]


def test_the_letterhead_stands_on_the_paper(world: World) -> None:
    assert not stationery_of(world.officer).is_set
    with pytest.raises(Refused):
        set_letterhead(by=world.officer, agency="ก", address="", contacts="", owner_unit="")
    set_letterhead(
        by=world.clerk,
        agency="ที่ทำการองค์การบริหารส่วนตำบลหนองกะปุ",
        address="หมู่ที่ ๓ ตำบลหนองกะปุ\nอำเภอบ้านลาด พบ ๗๖๑๕๐",
        contacts="โทร. ๐ ๓๒๐๐ ๐๐๐๐",
        owner_unit="สำนักปลัด",
    )
    block = stationery_of(world.officer).block
    assert block.address == ("หมู่ที่ ๓ ตำบลหนองกะปุ", "อำเภอบ้านลาด พบ ๗๖๑๕๐")
    # A division's own letters name the division.
    assert block.owner_unit == world.officer.organisation.name
    assert stationery_of(world.clerk).block.owner_unit == "สำนักปลัด"
    with pytest.raises(Refused, match="PNG"):
        set_letterhead(
            by=world.clerk, agency="ก", address="", contacts="", owner_unit="", emblem=b"text"
        )


def test_a_draft_can_be_seen_on_paper_from_the_first_word_on(world: World) -> None:
    assert paper_of(world.officer, DraftParts()).startswith(b"%PDF")
    assert paper_of(world.officer, replace(PARTS, opening="สวัสดี")).startswith(b"%PDF")


def test_the_sent_letter_keeps_its_reading(world: World) -> None:
    open_books(world.district_officer)
    letter = numbered(world, world.district_officer)
    reading = letter.readings.get()
    assert reading.result["number"]["certainty"] == 1.0
    asked = {one["ask"] for one in reading.result["obligations"]}
    assert "report" in asked
