"""Proposals: every section in order, money in words, what is missing left blank and told."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.writing.projects import BARE, LONG_NAMED, PARK
from thamthan.errors import NotFound, Refused
from thamthan.thai.digits import to_thai
from thamthan.writing.pages import page_texts
from thamthan.writing.proposal_facts import (
    ProposalFacts,
    ProposedCost,
    ProposedGroup,
    ProposedIndicator,
    ProposedRisk,
    ProposedSource,
    ProposedStanding,
    ProposedStep,
    ProposedSupporter,
    Signature,
    Signer,
)
from thamthan.writing.proposal_forms import proposal_forms
from thamthan.writing.proposals import still_missing, write_proposal, write_proposal_docx

CENTIMETRES = 72 / 2.54
CODES = [form.code for form in proposal_forms()]


def close(text: str) -> str:
    """Without white space, of which a reader of pages finds more or less than was written."""
    return "".join(text.split())


def pdf_text(facts: ProposalFacts, form: str = "standard") -> str:
    return close("".join(page_texts(write_proposal(facts, form=form))))


def docx_text(facts: ProposalFacts, form: str = "standard") -> str:
    """Paragraphs and cells in the order of the file."""
    document: Any = Document(BytesIO(write_proposal_docx(facts, form=form)))
    return close("".join(node.text or "" for node in document.element.body.iter() if node.text))


def told_of(facts: ProposalFacts, form: str = "standard") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for missing in still_missing(facts, form=form):
        found.setdefault(missing.fact, []).append(missing.words)
    return found


@pytest.mark.parametrize("code", CODES)
def test_every_section_of_a_form_stands_in_order(code: str) -> None:
    form = next(form for form in proposal_forms() if form.code == code)
    for text in (pdf_text(PARK, code), docx_text(PARK, code)):
        at = text.index(close(form.title)) + len(close(form.title))
        for number, section in enumerate(form.sections, 1):
            heading = to_thai(f"{number}.") + close(section.heading)
            at = text.index(heading, at)


def test_one_project_goes_to_every_form_in_its_own_words() -> None:
    for code in CODES:
        text = pdf_text(PARK, code)
        for words in (PARK.name, PARK.objectives[0], PARK.results[0], PARK.house):
            assert close(to_thai(words)) in text, code


def test_money_stands_in_figures_and_in_words() -> None:
    for text in (pdf_text(PARK), docx_text(PARK)):
        assert "รวมทั้งสิ้นเป็นเงิน๑,๑๐๐,๐๐๐.๕๐บาท(หนึ่งล้านหนึ่งแสนบาทห้าสิบสตางค์)" in text
        assert "เงินอุดหนุนเฉพาะกิจเป็นเงิน๙๐๐,๐๐๐บาท(เก้าแสนบาทถ้วน)" in text
        assert not set("0123456789") & set(text.replace("Action5", ""))


def test_the_calendar_fills_the_months_of_the_fiscal_year() -> None:
    document: Any = Document(BytesIO(write_proposal_docx(PARK)))
    table = next(table for table in document.tables if table.cell(0, 1).text == "กิจกรรม/ขั้นตอน")
    assert table.cell(0, 2).text == "พ.ศ. ๒๕๖๘"
    assert table.cell(0, 5).text == "พ.ศ. ๒๕๖๙"
    months = [cell.text for cell in table.rows[1].cells][2:14]
    assert months[:4] == ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค."]
    filled = [
        [months[at] for at, cell in enumerate(row.cells[2:14]) if "w:shd" in cell._tc.xml]
        for row in table.rows[2:]
    ]
    assert filled[0] == ["พ.ย.", "ธ.ค."]
    assert filled[3] == ["พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค."]
    assert "พ.ย. – ธ.ค. ๒๕๖๘" in table.cell(2, 1).text
    assert table.cell(3, 6).text == "◆"
    assert "พ.ย.–ธ.ค.๒๕๖๘" in pdf_text(PARK)


def test_work_over_two_fiscal_years_has_a_calendar_for_each() -> None:
    long = ProposedStep("ดูแลรักษา", date(2026, 8, 1), date(2026, 11, 30))
    document: Any = Document(BytesIO(write_proposal_docx(replace(PARK, steps=(*PARK.steps, long)))))
    tables = [table for table in document.tables if table.cell(0, 1).text == "กิจกรรม/ขั้นตอน"]
    assert [table.cell(0, 5).text for table in tables] == ["พ.ศ. ๒๕๖๙", "พ.ศ. ๒๕๗๐"]
    assert [row.cells[0].text for row in tables[1].rows[2:]] == ["๖"]


def test_what_is_missing_is_left_blank_and_told() -> None:
    told = told_of(BARE)
    assert told["rationale"] == ["ยังไม่มีหลักการและเหตุผล"]
    assert told["costs"] == ["ยังไม่มีรายละเอียดงบประมาณ"]
    assert "name" not in told
    assert "supporters" not in told
    text = pdf_text(BARE)
    assert "๔.หลักการและเหตุผล......" in text
    assert "บาทถ้วน" not in text


def test_a_form_asks_for_what_is_its_own() -> None:
    told = told_of(PARK, "environment")
    assert told["land"] == ["ยังไม่มีกรรมสิทธิ์ที่ดิน"]
    answered = replace(PARK, extras={"land": "ที่สาธารณประโยชน์ น.ส.ล. เลขที่ 1234"})
    assert "land" not in told_of(answered, "environment")
    assert "น.ส.ล.เลขที่๑๒๓๔" in pdf_text(answered, "environment")
    assert "land" not in told_of(PARK)


def test_half_told_facts_are_told_to_be_so() -> None:
    told = told_of(PARK)
    assert told == {
        "targets": ["กลุ่มเป้าหมาย “ครัวเรือนรอบสวน” ยังไม่ระบุจำนวน"],
        "indicators": ["ตัวชี้วัด “ประชาชนที่พึงพอใจ” ยังไม่มีข้อมูลฐาน"],
    }
    odd = replace(
        PARK,
        fiscal_year=None,
        costs=(ProposedCost("ค่าวิทยากร"), ProposedCost("ค่าอาหาร", 100_00)),
        steps=(ProposedStep("เริ่ม"), ProposedStep("ย้อน", date(2026, 5, 1), date(2026, 1, 1))),
    )
    told = told_of(odd)
    assert told["costs"] == ["รายการ “ค่าวิทยากร” ยังไม่ระบุจำนวนเงิน"]
    assert told["steps"] == ["ขั้นตอน “เริ่ม” ยังไม่ระบุเดือน", "ขั้นตอน “ย้อน” เริ่มหลังวันสิ้นสุด"]
    assert told["fiscal_year"] == ["ยังไม่ระบุปีงบประมาณ"]
    assert "รวมเฉพาะรายการที่ระบุจำนวนเงินแล้วเป็นเงิน๑๐๐บาท" in pdf_text(odd)


def test_sources_that_do_not_make_up_the_budget_are_told() -> None:
    short = replace(PARK, sources=(ProposedSource("เงินสะสม", 1_000_000_50),))
    assert told_of(short)["sources"] == ["เงินจากทุกแหล่งรวมกันน้อยกว่างบประมาณของโครงการ 100,000 บาท"]


def test_a_signer_without_a_name_gets_a_dotted_line() -> None:
    for text in (pdf_text(PARK), docx_text(PARK)):
        assert "(นายวิชัยนายช่างตัวอย่าง)" in text
        for signer in Signer:
            assert signer.label in text
    assert "(……" in docx_text(PARK)


@pytest.mark.parametrize("lines", range(0, 34, 3))
def test_signatures_never_stand_alone_on_a_page(lines: int) -> None:
    facts = replace(PARK, results=PARK.results + ("ประชาชนได้ประโยชน์",) * lines)
    pages = page_texts(write_proposal(facts))
    last = close(pages[-1])
    assert "ประชาชนได้ประโยชน์" in last or "ผลที่คาดว่าจะได้รับ" in last
    assert last.index("ลงชื่อ") > last.index("๑๗")


def test_long_names_stay_within_the_margins() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(write_proposal(LONG_NAMED))
    try:
        for at in range(len(document)):
            page = document[at]
            text = page.get_textpage()
            inked = [
                text.get_charbox(number)[2]
                for number in range(text.count_chars())
                if text.get_text_range(number, 1).strip()
            ]
            assert max(inked) <= page.get_width() - CENTIMETRES * 2 + 1
    finally:
        document.close()


def test_a_long_table_repeats_its_headings() -> None:
    facts = replace(PARK, costs=tuple(ProposedCost(f"รายการที่ {n}", n) for n in range(1, 80)))
    pages = [close(page) for page in page_texts(write_proposal(facts))]
    with_rows = [page for page in pages if "รายการที่๔" in page or "รายการที่๗" in page]
    assert len(with_rows) > 1
    assert all("จำนวนเงิน(บาท)" in page for page in with_rows)
    assert "w:tblHeader" in Document(BytesIO(write_proposal_docx(facts))).element.xml


def test_unknown_forms_and_letters_are_refused() -> None:
    with pytest.raises(NotFound):
        write_proposal(PARK, form="none")
    for write in (write_proposal, write_proposal_docx):
        with pytest.raises(Refused, match="ไม่มีอักขระ"):
            write(replace(PARK, evaluation="ประเมิน 漢"))


def test_the_same_project_gives_the_same_bytes() -> None:
    assert write_proposal(PARK) == write_proposal(PARK)


words = st.text("กขคงเแอาิี่้ ํ0123456789๐๙abc=+-@&<>#*_$\\\"'\n.,/()", max_size=60)
lines = st.lists(words, max_size=4).map(tuple)
days = st.none() | st.dates(date(1900, 1, 1), date(2190, 12, 31))
satang = st.none() | st.integers(0, 10**15)


def listed(of: Any) -> Any:
    return st.lists(of, max_size=3).map(tuple)


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        ProposalFacts,
        name=words,
        house=words,
        unit=words,
        fiscal_year=st.none() | st.integers(2500, 2600),
        plan=st.none() | st.builds(ProposedStanding, words, words),
        answers=lines,
        rationale=words,
        objectives=lines,
        output=words,
        targets=listed(st.builds(ProposedGroup, words, st.none() | st.integers(0, 10**9), words)),
        steps=listed(st.builds(ProposedStep, words, days, days, words, st.booleans())),
        starts_on=days,
        ends_on=days,
        places=lines,
        costs=listed(st.builds(ProposedCost, words, satang, words)),
        sources=listed(st.builds(ProposedSource, words, satang)),
        asked=st.none() | st.builds(ProposedSource, words, satang),
        indicators=listed(st.builds(ProposedIndicator, words, words, words, words, words)),
        supporters=listed(st.builds(ProposedSupporter, words, words)),
        risks=listed(st.builds(ProposedRisk, words, words, words)),
        evaluation=words,
        results=lines,
        responsible=lines,
        signatures=listed(st.builds(Signature, st.sampled_from(Signer), words, words)),
    ),
    st.sampled_from(CODES),
)
def test_whatever_a_project_says_is_written(facts: ProposalFacts, form: str) -> None:
    assert write_proposal(facts, form=form).startswith(b"%PDF")
    assert write_proposal_docx(facts, form=form).startswith(b"PK")
