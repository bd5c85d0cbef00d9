import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.letters import EVERY_KIND, EXTERNAL, MEMO, NOTICE, ORDER, STAMPED
from thamthan.reading.layout import lay_out
from thamthan.reading.parts import Part
from thamthan.reading.sheet import Sheet
from thamthan.thai.correspondence import LetterKind

THAI = st.text(
    st.sampled_from("กขคงทนมรสอเแโใไะาำิีุู่้๊๋์ํ็ัๆฯ๐๑๒๓ 0129./-()“”\n\t\u200b\uf70a\u00a0abค"),
    max_size=200,
)


@given(st.lists(THAI, min_size=1, max_size=4), st.data())
def test_every_stretch_of_the_view_leads_back_into_its_page(
    pages: list[str], data: st.DataObject
) -> None:
    sheet = Sheet(pages)
    start = data.draw(st.integers(0, len(sheet.text)))
    end = data.draw(st.integers(start, len(sheet.text)))
    span = sheet.span(start, end)
    page = pages[span.page - 1]
    assert 0 <= span.start <= span.end <= len(page)
    assert sheet.words(span) == page[span.start : span.end]


@given(THAI)
def test_the_view_as_a_whole_leads_back_to_the_whole_page(page: str) -> None:
    sheet = Sheet([page])
    whole = sheet.words(sheet.span(0, len(sheet.text)))
    assert whole in page
    assert not sheet.text.strip() or whole


def test_damaged_marks_are_repaired_in_the_view_and_kept_in_the_words() -> None:
    sheet = Sheet(["เรื่อง การดํา\u200bเนินงาน ปี ๒๕๖๙"])
    assert sheet.text == "เรื่อง การดำเนินงาน ปี 2569"
    start = sheet.text.index("ดำเนิน")
    assert sheet.words(sheet.span(start, start + len("ดำเนิน"))) == "ดํา\u200bเนิน"


def test_what_runs_on_to_the_next_page_is_cut_at_the_end_of_its_page() -> None:
    sheet = Sheet(["ต้นเรื่อง ", "ท้ายเรื่อง"])
    span = sheet.span(0, len(sheet.text))
    assert (span.page, sheet.words(span)) == (1, "ต้นเรื่อง")


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        (EXTERNAL, LetterKind.EXTERNAL),
        (MEMO, LetterKind.MEMO),
        (STAMPED, LetterKind.STAMPED),
        (ORDER, LetterKind.ORDER),
        (NOTICE, LetterKind.NOTICE),
        ("ขอบคุณครับ", LetterKind.OTHER),
    ],
)
def test_each_kind_of_letter_is_known_by_its_form(letter: str, kind: LetterKind) -> None:
    assert lay_out(Sheet([letter])).kind is kind


def test_the_running_text_lies_between_the_head_and_the_closing() -> None:
    layout = lay_out(Sheet([EXTERNAL]))
    body = layout.sheet.text[slice(*layout.body)]
    assert body.strip().startswith("ตามที่จังหวัดเพชรบุรี")
    assert body.strip().endswith("จึงเรียนมาเพื่อพิจารณาดำเนินการ")


def test_a_memo_ends_with_its_purpose_and_not_with_the_last_name() -> None:
    layout = lay_out(Sheet([MEMO]))
    assert layout.sheet.text[slice(*layout.body)].strip().endswith("จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ")


@pytest.mark.parametrize("place", ["top", "beside", "bottom"])
def test_the_stamp_is_found_wherever_it_was_pressed(place: str) -> None:
    stamp = ["อบต.ท่าเสน", "รับที่ 77", "วันที่ 5 มี.ค. 2569", "เวลา 9.45 น."]
    lines = STAMPED.splitlines()
    if place == "top":
        lines = [*stamp, "", *lines]
    elif place == "bottom":
        lines = [*lines, *stamp]
    else:
        lines = [""] * 2 + lines
        lines[:4] = [f"{line:<80}{mark}" for line, mark in zip(lines, stamp, strict=False)]
    layout = lay_out(Sheet(["\n".join(lines)]))
    assert [s.number.text.strip() for s in layout.stamps] == ["77"]
    assert layout.kind is LetterKind.STAMPED
    assert layout.foot.sender and layout.foot.sender.text == "จังหวัดเพชรบุรี"


def test_the_head_may_come_in_any_order() -> None:
    lines = [
        "ที่ พบ ๐๖๑๘/๗๐๑",
        "๒ มีนาคม ๒๕๖๙",
        "เรื่อง การสำรวจ",
        "เรียน นายอำเภอบ้านลาด",
        "อ้างถึง หนังสือจังหวัดเพชรบุรี ที่ พบ ๐๐๑๗/๑ ลงวันที่ ๑ มีนาคม ๒๕๖๙",
    ]
    dice = random.Random(7)
    for _ in range(20):
        dice.shuffle(lines)
        text = "\n\n".join([*lines, "ด้วยอำเภอขอแจ้งผลการสำรวจ", "จึงเรียนมาเพื่อทราบ"])
        layout = lay_out(Sheet([text]))
        assert {Part.NUMBER, Part.SUBJECT, Part.TO, Part.REFERENCES} <= set(layout.head.blocks)
        assert layout.sheet.text[layout.body[0] :].startswith("ด้วยอำเภอ")


@settings(max_examples=60)
@given(st.sampled_from(EVERY_KIND), st.lists(st.integers(0, 10_000), max_size=12), THAI)
def test_any_damage_leaves_a_layout(letter: str, cuts: list[int], noise: str) -> None:
    for cut in cuts:
        at = cut % (len(letter) + 1)
        letter = letter[:at] + noise[: cut % 5] + letter[at + cut % 3 :]
    layout = lay_out(Sheet([letter]))
    assert 0 <= layout.body[0] <= layout.body[1] <= len(layout.sheet.text)
