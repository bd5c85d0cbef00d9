"""Endorsing through the pages: the desk, two taps, several divisions, the settings."""

from html import unescape

import pytest
from django.test import Client

from tests.letters.endorsed import put_up, registered_letter, waiting_step, waiting_steps
from tests.letters.test_endorsing_signatures import png
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.letters.actions import pass_step
from thamthan.letters.models import Chain, Endorsement, Letter, Phrase
from thamthan.letters.rules import Instruction, StepKind, StepState

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return unescape(answer.content.decode())


def at_executive(world: World) -> Letter:
    letter = put_up(world)
    pass_step(waiting_step(letter), by=world.chief_clerk, instruction=Instruction.AGREE)
    return letter


def tap(client: Client, letter: Letter, words: str) -> int:
    """What one tap on that chip and one on “ลงนาม” send."""
    shown = page(client, f"/letters/{letter.pk}/")
    value = next(
        part.split('"')[0] for part in shown.split('name="phrase" value="') if f'{words}"' in part
    )
    step = waiting_step(letter)
    return client.post(f"/steps/{step.pk}/sign/", {"phrase": value}).status_code


def test_the_clerk_puts_up_and_the_desk_of_the_next_shows_it_first(
    world: World, log_in_as: LogIn
) -> None:
    letter = registered_letter(world)
    clerk = log_in_as(world.clerk)
    assert "เสนอปลัดองค์การบริหารส่วนตำบล" in page(clerk, f"/letters/{letter.pk}/")
    answer = clerk.post(f"/letters/{letter.pk}/put-up/", {"phrase": "own", "opinion": "ด่วน"})
    assert answer.status_code == 302
    shown = page(log_in_as(world.chief_clerk), "/")
    assert "รอท่าน 1 เรื่อง" in shown
    assert shown.index("รอท่านเกษียนหรือรับเรื่อง") < shown.index("มีกำหนดวัน")
    assert "รอท่านเกษียน" not in page(log_in_as(world.executive), "/")
    mine = page(log_in_as(world.officer), f"/letters/{letter.pk}/")
    assert "เส้นทางของหนังสือ" in mine
    assert "เรื่องนี้รอท่านเกษียน" not in mine


def test_the_executive_signs_in_two_taps(world: World, log_in_as: LogIn) -> None:
    letter = at_executive(world)
    executive = log_in_as(world.executive)
    assert tap(executive, letter, "ทราบ มอบปลัดดำเนินการ") == 302
    step = waiting_step(letter)
    assert (step.kind, step.role) == (StepKind.LEAD, "chief_clerk")
    said = Endorsement.objects.get(role="executive")
    assert (said.opinion, said.instruction) == ("ทราบ มอบปลัดดำเนินการ", Instruction.ASSIGN)
    shown = page(log_in_as(world.chief_clerk), f"/letters/{letter.pk}/")
    assert "มอบให้ท่านเป็นเจ้าของเรื่อง" in shown
    assert log_in_as(world.chief_clerk).post(f"/steps/{step.pk}/take/").status_code == 302
    assert waiting_steps(letter) == []


def test_nothing_chosen_or_a_phrase_that_is_gone_signs_nothing(
    world: World, log_in_as: LogIn
) -> None:
    letter = at_executive(world)
    executive = log_in_as(world.executive)
    step = waiting_step(letter)
    address = f"/steps/{step.pk}/sign/"
    for form, status, words in (
        ({}, 400, "โปรดเลือกความเห็น"),
        ({"phrase": "approve end  อนุมัติทุกอย่าง"}, 409, "ถูกแก้ไขไปแล้ว"),
        ({"phrase": "own", "onward": "away"}, 400, "ไปไหนต่อ"),
        ({"phrase": "own", "onward": "end", "instruction": "assign"}, 400, "เลือกคำสั่งการ"),
        ({"phrase": "own", "onward": "assign"}, 400, "ผู้รับมอบอย่างน้อยหนึ่ง"),
    ):
        answer = executive.post(address, form)
        assert (answer.status_code, words in answer.content.decode()) == (status, True), form
    assert waiting_step(letter) == step
    own = {"phrase": "own", "onward": "end", "instruction": "approve", "opinion": "อนุมัติตามเสนอ"}
    assert executive.post(address, own).status_code == 302
    assert Endorsement.objects.get(step=step).opinion == "อนุมัติตามเสนอ"


def test_several_divisions_by_ticks_and_each_takes_its_part(world: World, log_in_as: LogIn) -> None:
    letter = at_executive(world)
    form = {
        "phrase": "own",
        "onward": "assign",
        "to": ["division:6760607-03", "division:6760607-05"],
        "lead": "division:6760607-05",
    }
    step = waiting_step(letter)
    assert log_in_as(world.executive).post(f"/steps/{step.pk}/sign/", form).status_code == 302
    officer, head = log_in_as(world.officer), log_in_as(world.head)
    assert "มอบให้ท่านเป็นเจ้าของเรื่อง" in page(officer, f"/letters/{letter.pk}/")
    assert "มอบให้ท่านร่วมดำเนินการ" in page(head, f"/letters/{letter.pk}/")
    assert "รอท่าน 1 เรื่อง" in page(head, "/")
    for each in waiting_steps(letter):
        client = officer if each.organisation == world.welfare else head
        assert client.post(f"/steps/{each.pk}/take/").status_code == 302
    shown = page(head, f"/letters/{letter.pk}/")
    assert "เจ้าของเรื่อง <strong>กองสวัสดิการสังคม</strong>" in shown


def test_back_recalled_and_skipped_from_the_page(world: World, log_in_as: LogIn) -> None:
    letter = put_up(world)
    clerk = log_in_as(world.clerk)
    shown = page(clerk, f"/letters/{letter.pk}/")
    assert "ดึงกลับมาแก้" in shown
    assert "ไม่อยู่ ข้ามขั้นนี้" in shown
    first, step = waiting_step(letter).routing.steps.order_by("number")
    answer = clerk.post(f"/steps/{step.pk}/skip/", {"reason": ""})
    assert "โปรดบอกเหตุที่ข้าม" in answer.content.decode()
    clerk.post(f"/steps/{step.pk}/skip/", {"reason": "ปลัดไปราชการ"})
    executive = log_in_as(world.executive)
    back = {"to": str(first.pk), "reason": "ขอสำเนาหนังสือที่อ้างถึง"}
    assert executive.post(f"/steps/{waiting_step(letter).pk}/return/", back).status_code == 302
    shown = page(clerk, f"/letters/{letter.pk}/")
    assert "ขอสำเนาหนังสือที่อ้างถึง" in shown
    assert "ปลัดไปราชการ" in shown
    assert "เรื่องนี้รอท่านเกษียน" in shown


def test_the_slip_is_a_pdf_with_names_opinions_and_thai_digits(
    world: World, log_in_as: LogIn
) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    letter = at_executive(world)
    answer = log_in_as(world.officer).get(f"/letters/{letter.pk}/slip.pdf")
    assert answer["Content-Type"] == "application/pdf"
    document = pdfium.PdfDocument(answer.content)
    shown = document[0].get_textpage().get_text_range()
    document.close()
    for words in ("ใบเกษียนหนังสือ", "(นายวิชัย พงษ์เพชร)", "เห็นชอบ", "๑/๒๕๖๙", "๒๐ มี.ค.", "รออยู่"):
        assert words in shown, shown


def test_the_chain_is_set_on_its_page_and_letters_under_way_go_on(
    world: World, log_in_as: LogIn
) -> None:
    under_way = put_up(world)
    clerk = log_in_as(world.clerk)
    assert "สายตั้งต้น" in page(clerk, "/chains/")
    form = {
        "holder": ["role:clerk:", "role:head:6760607-03", "role:executive:", ""],
        "words": ["ธุรการ", "ผอ.กองช่าง", "นายก อบต.", ""],
    }
    wrong = {"holder": ["role:clerk:", "role:head:5760601-01"], "words": ["ธุรการ", "กองอื่น"]}
    assert clerk.post("/chains/letter/", wrong).status_code == 400
    assert clerk.post("/chains/letter/", form).status_code == 302
    pass_step(waiting_step(under_way), by=world.chief_clerk, instruction=Instruction.AGREE)
    assert waiting_step(under_way).role == "executive"
    later = put_up(world, registered_letter(world, number="พบ ๐๖๑๘/๗๐๙"))
    assert waiting_step(later).words == "ผอ.กองช่าง"
    assert Chain.objects.filter(organisation=world.nong_kapu).count() == 2
    assert "ผอ.กองช่าง" in page(clerk, "/chains/letter/")


def test_phrases_are_the_offices_own(world: World, log_in_as: LogIn) -> None:
    letter = at_executive(world)
    clerk = log_in_as(world.clerk)
    form = {
        "words": ["ทราบ ให้กองช่างไปดู", "", ""],
        "role": ["executive", "", ""],
        "instruction": ["assign", "acknowledge", "acknowledge"],
        "then": ["assign division:6760607-03", "next", "next"],
    }
    wrong = form | {"then": ["assign division:5760601-01", "next", "next"]}
    assert clerk.post("/chains/phrases/", wrong).status_code == 400
    assert not Phrase.objects.exists()
    assert clerk.post("/chains/phrases/", form).status_code == 302
    executive = log_in_as(world.executive)
    assert tap(executive, letter, "ทราบ ให้กองช่างไปดู") == 302
    assert waiting_step(letter).organisation.code == "6760607-03"
    clerk.post("/chains/phrases/", {name: [] for name in form})
    assert not Phrase.objects.exists()
    assert Endorsement.objects.get(role="executive").opinion == "ทราบ ให้กองช่างไปดู"


def test_a_signature_is_kept_shown_and_frozen_on_the_letter(world: World, log_in_as: LogIn) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    chief = log_in_as(world.chief_clerk)
    picture = SimpleUploadedFile("sign.png", png(ink=9), content_type="image/png")
    assert chief.post("/account/signature/", {"signature": picture}).status_code == 302
    wrong = SimpleUploadedFile("sign.png", b"GIF89a", content_type="image/png")
    assert chief.post("/account/signature/", {"signature": wrong}).status_code == 400
    assert "/account/signature/picture/" in page(chief, "/account/")
    letter = put_up(world)
    step = waiting_step(letter)
    chief.post(
        f"/steps/{step.pk}/sign/", {"phrase": "own", "onward": "next", "instruction": "agree"}
    )
    chief.post("/account/signature/removal/")
    answer = log_in_as(world.officer).get(f"/steps/{step.pk}/signature/")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"\x89PNG")
    assert log_in_as(world.neighbour_clerk).get(f"/steps/{step.pk}/signature/").status_code == 404
    step.refresh_from_db()
    assert step.state == StepState.SIGNED
